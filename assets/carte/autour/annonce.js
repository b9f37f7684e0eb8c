import { button } from "../socle/elements.js";

const BRIEF_MS = 4000;
const MOST_NAMED = 3;

// The message over the map: what is being fetched, what has failed, why nothing happens.
export class Annonce {
  #node;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #silence;

  /** @param {HTMLElement} node */
  constructor(node) {
    this.#node = node;
    node.setAttribute("role", "status");
  }

  /**
   * @param {string} text empty to say no more
   * @param {HTMLElement[]} actions
   */
  say(text, ...actions) {
    this.#node.replaceChildren(text, ...actions);
    this.#node.classList.toggle("attente", text.endsWith("…"));
  }

  /** @param {string} text */
  sayBriefly(text) {
    this.say(text);
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#node.textContent === text && this.say(""), BRIEF_MS);
  }

  /**
   * Resolves when the person asks for another try.
   *
   * @param {string} text
   * @returns {Promise<void>}
   */
  askRetry(text) {
    return new Promise((resolve) => this.say(text, button("reessayer", "Réessayer", resolve)));
  }

  /** Asks for another try, in place of the person. */
  retry() {
    this.#node.querySelector("button")?.click();
  }
}

/**
 * These départements, in a few words.
 *
 * @param {string[]} noms
 */
export const enumerate = (noms) =>
  noms.length > MOST_NAMED ? `${noms.length} départements` : noms.join(", ");
