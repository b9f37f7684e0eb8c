// The selection as the person sees it: what Python last confirmed, then what it has not confirmed yet.
// Each click is shown at once and sent with all those still unconfirmed, so that neither a lost message nor
// an answer that arrives late can undo a newer click. What stays without an answer is sent again, less and less
// often. Undo, redo and lock travel in the same sequence; what undo brings back only Python knows, so it shows
// once Python has answered.

/** @import { Changement, Commande, EtatSelection, Envoi, Historique, Operation } from "../messages.js" */
/** @import { Attente } from "./attente.js" */

import { apply } from "./attente.js";

const DERNIER = "le dernier changement";
/** How long an answer is awaited: longer than any run of the page. */
const PATIENCE_MS = 10_000;
const LONGEST_MS = 80_000;

export class Selection {
  #send;
  #attente;
  #essai = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #relance;
  /** @type {Set<string>} */
  #codes = new Set();
  #verrou = false;
  /** @type {Historique} */
  #historique = { annuler: null, refaire: null };

  /**
   * @param {(envoi: Envoi) => void} send
   * @param {Attente} attente
   */
  constructor(send, attente) {
    this.#send = send;
    this.#attente = attente;
  }

  get codes() {
    return [...this.#codes];
  }

  /** @param {string} code */
  has(code) {
    return this.#codes.has(code);
  }

  get verrou() {
    const last = this.#attente.operations.findLast(({ commande }) => commande?.endsWith("verrouiller"));
    return last ? last.commande === "verrouiller" : this.#verrou;
  }

  /** @returns {Historique} */
  get historique() {
    const drawn = this.#attente.operations.some(({ commande }) => !commande);
    const refaire = drawn ? null : this.#historique.refaire; // a change leaves nothing to redo
    return {
      annuler: drawn || this.#awaits("refaire") ? DERNIER : this.#historique.annuler,
      refaire: this.#awaits("annuler") ? DERNIER : refaire,
    };
  }

  /**
   * The person's own change: applied here first, then sent.
   *
   * @param {Changement} changement
   */
  apply(changement) {
    this.#post(changement);
  }

  /** @param {Commande} commande */
  command(commande) {
    this.#post({ commande });
  }

  /**
   * What Python holds. Returns the codes whose state has changed here, and how many changes of an earlier map
   * could not be taken up again.
   *
   * @param {EtatSelection} selection
   * @param {{ session?: string, verrou?: boolean, historique?: Partial<Historique> }} more
   */
  receive(selection, { session = "", verrou = false, historique = {} } = {}) {
    const before = this.#codes;
    const { reprises, perdues } = this.#attente.confirm({ ...selection, session });
    this.#codes = new Set(selection.codes);
    this.#verrou = verrou;
    this.#historique = { annuler: null, refaire: null, ...historique };
    for (const operation of this.#attente.operations) apply(this.#codes, operation);
    this.#await(PATIENCE_MS);
    if (reprises) this.#sendAgain();
    const both = new Set([...before, ...this.#codes]);
    return { changed: [...both].filter((code) => before.has(code) !== this.#codes.has(code)), perdues };
  }

  /** @param {Commande} wanted */
  #awaits(wanted) {
    return this.#attente.operations.some(({ commande }) => commande === wanted);
  }

  /** @param {Omit<Operation, "seq">} content */
  #post(content) {
    apply(this.#codes, this.#attente.add(content));
    this.#send(this.#envoi());
    this.#await(PATIENCE_MS);
  }

  /** @returns {Envoi} */
  #envoi() {
    const { instance, seq, operations } = this.#attente;
    return { instance, seq, operations: [...operations] };
  }

  /** Numbered, for Streamlit passes on only what differs from what was last said. */
  #sendAgain() {
    this.#essai += 1;
    this.#send({ ...this.#envoi(), essai: this.#essai });
  }

  /** @param {number} delay how long to wait for an answer to what was sent, if one is due */
  #await(delay) {
    clearTimeout(this.#relance);
    if (!this.#attente.operations.length) return;
    this.#relance = setTimeout(() => {
      this.#sendAgain();
      this.#await(Math.min(2 * delay, LONGEST_MS));
    }, delay);
  }
}
