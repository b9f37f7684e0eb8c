// The selection as the person sees it: what Python last confirmed, then what it has not confirmed yet.
// Each click is shown at once and sent with all those still unconfirmed, so that neither a lost message nor
// an answer that arrives late can undo a newer click. Undo, redo and lock travel in the same sequence; what
// undo brings back only Python knows, so it shows once Python has answered.

/** @import { Changement, Commande, EtatSelection, Envoi, Historique, Operation } from "../messages.js" */

const DERNIER = "le dernier changement";

export class Selection {
  #send;
  #instance = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  /** @type {Operation[]} */
  #pending = [];
  #seq = 0;
  /** @type {Set<string>} */
  #codes = new Set();
  #verrou = false;
  /** @type {Historique} */
  #historique = { annuler: null, refaire: null };

  /** @param {(envoi: Envoi) => void} send */
  constructor(send) {
    this.#send = send;
  }

  get codes() {
    return [...this.#codes];
  }

  /** @param {string} code */
  has(code) {
    return this.#codes.has(code);
  }

  get verrou() {
    const last = this.#pending.findLast(({ commande }) => commande?.endsWith("verrouiller"));
    return last ? last.commande === "verrouiller" : this.#verrou;
  }

  /** @returns {Historique} */
  get historique() {
    const drawn = this.#pending.some(({ commande }) => !commande);
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
   * What Python holds. Returns the codes whose state has changed here.
   *
   * @param {EtatSelection} selection
   * @param {{ verrou?: boolean, historique?: Partial<Historique> }} more
   */
  receive({ instance, ack, codes }, { verrou = false, historique = {} } = {}) {
    const before = this.#codes;
    const seen = instance === this.#instance ? ack : 0;
    this.#pending = this.#pending.filter(({ seq }) => seq > seen);
    this.#codes = new Set(codes);
    this.#verrou = verrou;
    this.#historique = { annuler: null, refaire: null, ...historique };
    for (const operation of this.#pending) this.#replay(operation);
    const both = new Set([...before, ...this.#codes]);
    return [...both].filter((code) => before.has(code) !== this.#codes.has(code));
  }

  /** @param {Commande} wanted */
  #awaits(wanted) {
    return this.#pending.some(({ commande }) => commande === wanted);
  }

  /** @param {Omit<Operation, "seq">} content */
  #post(content) {
    this.#seq += 1;
    const operation = { seq: this.#seq, ...content };
    this.#pending.push(operation);
    this.#replay(operation);
    this.#send({ instance: this.#instance, seq: this.#seq, operations: this.#pending });
  }

  /** @param {Operation} operation */
  #replay({ ajouter = [], retirer = [] }) {
    for (const code of ajouter) this.#codes.add(code);
    for (const code of retirer) this.#codes.delete(code);
  }
}
