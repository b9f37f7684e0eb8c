// The fetching of contours: what the map waits for, what it says of it, and another try when it has failed.

/** @import { Annonce } from "../autour/annonce.js" */
/** @import { Departements } from "./departements.js" */

import { enumerate } from "../autour/annonce.js";
import { departementOf } from "./communes.js";

/**
 * @typedef {object} Hooks
 * @property {() => string[]} chosen codes of the chosen communes
 * @property {() => void} refresh there may be more to show
 */

export class Chargement {
  #departements;
  #annonce;
  #hooks;

  /**
   * @param {Pick<Departements, "load" | "loadOutlines" | "names" | "forgetFailures">} departements
   * @param {Pick<Annonce, "say" | "askRetry">} annonce
   * @param {Hooks} hooks
   */
  constructor(departements, annonce, hooks) {
    this.#departements = departements;
    this.#annonce = annonce;
    this.#hooks = hooks;
  }

  /** @returns {Promise<void>} once the outlines of départements are drawn, after as many tries as it takes */
  async begin() {
    this.#annonce.say("Chargement de la carte…");
    try {
      await this.#departements.loadOutlines();
    } catch {
      await this.#annonce.askRetry("La carte n’a pas pu être chargée.");
      return this.begin();
    }
    this.#annonce.say("");
    this.loadOf(this.#hooks.chosen());
    this.#hooks.refresh();
  }

  /**
   * Fetches the départements of these communes.
   *
   * @param {string[]} communes
   */
  loadOf(communes) {
    for (const departement of new Set(communes.map(departementOf))) this.#departements.load(departement);
  }

  /** Says what is being fetched, or what could not be had. */
  tell() {
    const loading = this.#departements.names("loading");
    const failed = this.#departements.names("failed");
    if (loading.length) this.#annonce.say(`Chargement des communes : ${enumerate(loading)}…`);
    else if (failed.length) this.#offerRetry(enumerate(failed));
    else this.#annonce.say("");
  }

  /** @param {string} noms */
  async #offerRetry(noms) {
    await this.#annonce.askRetry(`Communes non chargées : ${noms}.`);
    this.#departements.forgetFailures();
    this.loadOf(this.#hooks.chosen());
    this.#hooks.refresh();
  }
}
