// What the person has in hand: what one click takes, the tool, whether shapes add or remove, and whether
// communes are grouped. Kept in the tab, so that it is found again on coming back from another page.

/** @import { Choix, Declarations } from "../messages.js" */

/** @typedef {{ unite: string, outil: string, sens: string, groupe: boolean }} EnMain */

/** @typedef {{ read(): Partial<EnMain>, write(content: EnMain): void }} MemoireOutils */

/** @type {EnMain} */
const PAR_DEFAUT = { unite: "commune", outil: "main", sens: "ajouter", groupe: true };

/** Whether shapes add or remove. */
export const SENS = [
  { code: "ajouter", nom: "Ajouter", bulle: "Le tracé ajoute ses communes", touche: "X" },
  {
    code: "retirer",
    nom: "Retirer",
    bulle: "Le tracé retire ses communes (ou touche Alt en traçant)",
    touche: "X",
  },
];

export class Outils {
  #memoire;
  #onChange;
  /** @type {EnMain} */
  #held;

  /**
   * @param {Pick<Declarations, "unites" | "outils">} declarations
   * @param {MemoireOutils} memoire
   * @param {() => void} onChange
   */
  constructor(declarations, memoire, onChange) {
    this.#memoire = memoire;
    this.#onChange = onChange;
    this.#held = { ...PAR_DEFAUT, ...known(memoire.read(), declarations) };
  }

  get unite() {
    return this.#held.unite;
  }

  get outil() {
    return this.#held.outil;
  }

  get sens() {
    return this.#held.sens;
  }

  get groupe() {
    return this.#held.groupe;
  }

  /** Whether shapes remove. */
  get retire() {
    return this.sens === "retirer";
  }

  /** Whether the tool in hand draws shapes. */
  get trace() {
    return this.outil !== "main";
  }

  /**
   * What one click takes is for clicks: another choice of it gives the hand back.
   *
   * @param {string} unite
   */
  chooseUnite(unite) {
    this.#choose({ unite, outil: "main" });
  }

  /** @param {string} outil */
  chooseOutil(outil) {
    this.#choose({ outil });
  }

  reverse() {
    this.#choose({ sens: this.retire ? "ajouter" : "retirer" });
  }

  toggleGroupe() {
    this.#choose({ groupe: !this.groupe });
  }

  /** @param {Partial<EnMain>} choice */
  #choose(choice) {
    this.#held = { ...this.#held, ...choice };
    this.#memoire.write(this.#held);
    this.#onChange();
  }
}

/**
 * What was remembered, unless it names what is offered no more.
 *
 * @param {Partial<EnMain>} kept
 * @param {Pick<Declarations, "unites" | "outils">} declarations
 */
function known(kept, { unites, outils }) {
  const offered = (/** @type {Choix[]} */ choices, /** @type {string | undefined} */ wanted) =>
    choices.some(({ code }) => code === wanted);
  return offered(unites, kept.unite) && offered(outils, kept.outil) ? kept : {};
}
