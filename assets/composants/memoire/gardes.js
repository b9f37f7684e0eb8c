// What this browser keeps: one record a project, under its identity, and apart what people wrote in it.

/** @import { Fiche, FicheConnue, Garde } from "../types.js" */

const FICHES = "cpts-geo.projet.";
const COMPLEMENTS = "cpts-geo.ecrits.";
// The first versions kept what people wrote under the name of the project.
const ANCIENS = "cpts-geo.complements.";
const PLEIN = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"];

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Memoire */

/** @param {string} id */
export const cleFiche = (id) => FICHES + id;

/**
 * What is in the memory of a browser may have been written by anything.
 *
 * @param {string | null} text
 * @returns {Fiche | null}
 */
const parsed = (text) => {
  try {
    const fiche = JSON.parse(text ?? "null");
    const texts = [fiche?.etats, fiche?.lien, fiche?.nom, fiche?.marque, fiche?.empreinte];
    const numbers = [fiche?.date, fiche?.communes, fiche?.population];
    return texts.every((each) => typeof each === "string") && numbers.every(Number.isFinite) ? fiche : null;
  } catch {
    return null;
  }
};

export class Gardes {
  #open;

  /** @param {() => Memoire} open gives the memory of the browser, or throws when it is forbidden */
  constructor(open) {
    this.#open = open;
  }

  /** @param {string} id */
  read(id) {
    return quietly(() => parsed(this.#open().getItem(cleFiche(id))));
  }

  /** @param {string} id */
  readComplements(id) {
    return quietly(() => this.#open().getItem(COMPLEMENTS + id)) ?? "";
  }

  /** @param {string} nom what the first versions kept, if anything */
  readAncien(nom) {
    return quietly(() => this.#open().getItem(ANCIENS + nom));
  }

  /**
   * All that is kept, the last changed first.
   *
   * @returns {FicheConnue[]}
   */
  list() {
    return (
      quietly(() => {
        const memoire = this.#open();
        const found = keysOf(memoire)
          .filter((key) => key.startsWith(FICHES))
          .flatMap((key) => {
            const fiche = parsed(memoire.getItem(key));
            return fiche ? [{ ...fiche, id: key.slice(FICHES.length) }] : [];
          });
        return found.toSorted((a, b) => b.date - a.date);
      }) ?? []
    );
  }

  /**
   * Keep a project whole, or leave what was kept of it as it was.
   *
   * @param {string} id
   * @param {Garde} garde
   * @param {string} complements
   * @param {{ marque: string, date: number }} signature
   * @returns {"" | "plein" | "interdit"} why it could not be
   */
  write(id, garde, complements, signature) {
    /** @type {string | null} */
    let before = null;
    try {
      const memoire = this.#open();
      before = memoire.getItem(COMPLEMENTS + id);
      put(memoire, COMPLEMENTS + id, complements);
      put(memoire, cleFiche(id), JSON.stringify({ ...garde, ...signature }));
      return "";
    } catch (error) {
      quietly(() => put(this.#open(), COMPLEMENTS + id, before ?? ""));
      return error instanceof Error && PLEIN.includes(error.name) ? "plein" : "interdit";
    }
  }

  /**
   * @param {string} id
   * @param {string} nom name that it will bear once opened
   */
  rename(id, nom) {
    const fiche = this.read(id);
    if (fiche) quietly(() => this.#open().setItem(cleFiche(id), JSON.stringify({ ...fiche, renomme: nom })));
  }

  /** @param {string} id */
  forget(id) {
    for (const key of [cleFiche(id), COMPLEMENTS + id]) quietly(() => this.#open().removeItem(key));
  }

  /** Every project, those that do not read any more and those of the first versions included. */
  forgetAll() {
    quietly(() => {
      const memoire = this.#open();
      const ours = [FICHES, COMPLEMENTS, ANCIENS];
      for (const key of keysOf(memoire)) {
        if (ours.some((each) => key.startsWith(each))) memoire.removeItem(key);
      }
    });
  }

  /** @param {string} nom */
  forgetAncien(nom) {
    quietly(() => this.#open().removeItem(ANCIENS + nom));
  }
}

/** @param {Memoire} memoire */
const keysOf = (memoire) => Array.from({ length: memoire.length }, (_, rank) => memoire.key(rank) ?? "");

/**
 * @param {Memoire} memoire
 * @param {string} key
 * @param {string} value nothing is kept of an empty one
 */
const put = (memoire, key, value) => {
  if (!value) memoire.removeItem(key);
  else if (memoire.getItem(key) !== value) memoire.setItem(key, value);
};

/**
 * A browser may refuse even to be asked.
 *
 * @template Result
 * @param {() => Result} action
 */
const quietly = (action) => {
  try {
    return action();
  } catch {
    return null;
  }
};
