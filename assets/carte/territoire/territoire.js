// What the person does to the territory: communes that come and go, undo, redo, and the lock that forbids them.

/** @import { Annonce } from "../autour/annonce.js" */
/** @import { Changement } from "../messages.js" */
/** @import { Selection } from "./selection.js" */

const VERROUILLE = "Territoire verrouillé\u00a0: touche v pour le déverrouiller";

/**
 * @typedef {object} Hooks
 * @property {(changement: Changement) => void} change communes have come and gone
 * @property {() => void} tell what undo and redo would do, or the lock, has changed
 */

export class Territoire {
  #selection;
  #annonce;
  #hooks;

  /**
   * @param {Selection} selection
   * @param {Pick<Annonce, "sayBriefly">} annonce
   * @param {Hooks} hooks
   */
  constructor(selection, annonce, hooks) {
    this.#selection = selection;
    this.#annonce = annonce;
    this.#hooks = hooks;
  }

  /**
   * One step for undo, however many communes.
   *
   * @param {Changement} changement
   */
  change(changement) {
    const { ajouter, retirer } = changement;
    if (this.refuse() || !(ajouter.length || retirer.length)) return;
    this.#selection.apply(changement);
    this.#hooks.change(changement);
    this.#hooks.tell();
  }

  /** @param {"annuler" | "refaire"} commande */
  command(commande) {
    if (this.refuse() || this.#selection.historique[commande] === null) return;
    this.#selection.command(commande);
    this.#hooks.tell();
  }

  toggleLock() {
    this.#selection.command(this.#selection.verrou ? "deverrouiller" : "verrouiller");
    this.#hooks.tell();
  }

  /** Tells whether the territory is locked, and says so to the person. */
  refuse() {
    if (this.#selection.verrou) this.#annonce.sayBriefly(VERROUILLE);
    return this.#selection.verrou;
  }
}
