// What the person has done that Python has not confirmed yet, in order. The tab keeps it too, so that a cut
// connection, a server started again, a page changed or loaded anew lose none of it.

/** @import { EtatSelection, Operation } from "../messages.js" */

export const CLE = "cpts-geo.attente";

/**
 * What the tab keeps: the operations, the instance of the map that numbered them, the session of Python that it
 * spoke to, and the communes that were there before the first.
 *
 * @typedef {{ instance: string, session: string, base: string[], operations: Operation[] }} Gardee
 */

/** @typedef {{ read(): Partial<Gardee>, write(content: object): void }} MemoireAttente */

/** What Python holds, and in which of its sessions. @typedef {EtatSelection & { session: string }} EtatSession */

/**
 * Of what the tab has kept, what Python has not applied. Python may not know: then its communes tell, when they
 * are those of a moment of what was done. Null when they are those of another territory.
 *
 * @param {Partial<Gardee>} kept
 * @param {EtatSession} held
 * @returns {Operation[] | null}
 */
export function remaining({ instance, session, base = [], operations = [] }, held) {
  if (instance === held.instance) return operations.filter(({ seq }) => seq > held.ack);
  if (!operations.length || session === held.session) return operations;
  const done = moments(base, operations).findIndex((codes) => isSame(codes, held.codes));
  return done < 0 ? null : operations.slice(done);
}

/**
 * The communes before each operation, and after the last; what undo and redo give only Python knows.
 *
 * @param {string[]} base
 * @param {Operation[]} operations
 */
function moments(base, operations) {
  const known = [base];
  for (const operation of operations) {
    if (operation.commande) break;
    known.push([...apply(new Set(known[known.length - 1]), operation)]);
  }
  return known;
}

/**
 * @param {Set<string>} codes which change
 * @param {Operation} operation
 */
export function apply(codes, { ajouter = [], retirer = [] }) {
  for (const code of ajouter) codes.add(code);
  for (const code of retirer) codes.delete(code);
  return codes;
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
function isSame(one, other) {
  const codes = new Set(one);
  return codes.size === other.length && other.every((code) => codes.has(code));
}

export class Attente {
  #memoire;
  /** What was kept before this map, until Python says what became of it. @type {Partial<Gardee> | null} */
  #kept;
  #instance = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  #seq = 0;
  #session = "";
  /** @type {string[]} */
  #base = [];
  /** @type {Operation[]} */
  #operations = [];

  /** @param {MemoireAttente} memoire */
  constructor(memoire) {
    this.#memoire = memoire;
    this.#kept = memoire.read();
  }

  get instance() {
    return this.#instance;
  }

  /** Number of the last operation. */
  get seq() {
    return this.#seq;
  }

  /** @returns {readonly Operation[]} not confirmed yet */
  get operations() {
    return this.#operations;
  }

  /** @param {Omit<Operation, "seq">} content */
  add(content) {
    this.#seq += 1;
    const operation = { seq: this.#seq, ...content };
    this.#operations.push(operation);
    this.#keep();
    return operation;
  }

  /**
   * Forgets what Python has seen, and takes up again what an earlier map had left.
   *
   * @param {EtatSession} held
   * @returns {{ reprises: boolean, perdues: number }} whether Python must be told again what waits, and how many
   *   operations were left by the map of another territory
   */
  confirm(held) {
    const seen = held.instance === this.#instance ? held.ack : 0;
    const isOther = this.#session !== "" && held.session !== this.#session;
    this.#operations = this.#operations.filter(({ seq }) => seq > seen);
    this.#session = held.session;
    this.#base = held.codes;
    const { reprises, perdues } = this.#resume(held);
    this.#keep();
    return { reprises: reprises || (isOther && this.#operations.length > 0), perdues };
  }

  /** @param {EtatSession} held */
  #resume(held) {
    const kept = this.#kept;
    this.#kept = null;
    if (!kept) return { reprises: false, perdues: 0 };
    const left = remaining(kept, held);
    for (const { seq: _, ...content } of left ?? []) this.add(content);
    const changes = kept.operations?.filter(({ commande }) => !commande) ?? [];
    return { reprises: Boolean(left?.length), perdues: left ? 0 : changes.length };
  }

  #keep() {
    if (this.#kept?.operations?.length) return; // not before what it holds is taken up
    const [instance, session, base, operations] = [
      this.#instance,
      this.#session,
      this.#base,
      this.#operations,
    ];
    this.#memoire.write(operations.length ? { instance, session, base, operations } : {});
  }
}
