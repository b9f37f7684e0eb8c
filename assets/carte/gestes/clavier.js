/** @import { Section } from "./touches.js" */

import { isRepeated, named } from "./touches.js";

/** The card that lists the keys. @typedef {{ readonly open: boolean, close(): void, toggle(): void }} FicheTouches */
/** Run by a key; one that returns false leaves the key to others. @typedef {() => unknown} Action */

// The keys of the map.
export class Clavier {
  /** @type {Map<string, string>} names of actions by key */
  #actions;
  #runs;
  #fiche;

  /**
   * @param {Section[]} sections the list of keys
   * @param {Record<string, Action>} runs what each action of the list does
   * @param {FicheTouches} fiche
   */
  constructor(sections, runs, fiche) {
    const lines = sections.flatMap(({ lignes }) => lignes);
    this.#actions = new Map(
      lines.flatMap(({ touches, action }) =>
        action ? touches.map((touche) => /** @type {const} */ ([touche, action])) : [],
      ),
    );
    this.#runs = runs;
    this.#fiche = fiche;
  }

  /**
   * Tells whether the key was ours.
   *
   * @param {KeyboardEvent} event
   */
  press(event) {
    if (this.#fiche.open && !["Escape", "?"].includes(event.key)) return false;
    const action = this.#actions.get(named(event) ?? "");
    if (!action || (event.repeat && !isRepeated(action))) return false;
    return this.#runs[action]() !== false;
  }
}
