/** @import { Section } from "../gestes/touches.js" */

import { button, element } from "../socle/elements.js";

// The card that lists the keys and the gestures.
export class Fiche {
  #card;

  /** @param {Section[]} sections */
  constructor(sections) {
    this.#card = card(sections);
    document.body.append(this.#card);
  }

  get open() {
    return this.#card.open;
  }

  close() {
    this.#card.close();
  }

  // The focus goes to the card, and back to where it was, be it on the page around the map.
  toggle() {
    if (this.open) {
      this.close();
      return;
    }
    const outside = /** @type {HTMLElement | null} */ (window.parent.document.activeElement);
    const giveBack = () => outside !== window.frameElement && outside?.focus();
    this.#card.addEventListener("close", giveBack, { once: true });
    this.#card.showModal();
  }
}

/** @param {Section[]} sections */
function card(sections) {
  const made = element("dialog", "fiche");
  made.setAttribute("aria-labelledby", "titre-fiche");
  const title = element("h2", "", "Touches et gestes");
  title.id = "titre-fiche";
  const head = element("div", "entete");
  head.append(
    title,
    button("fermer", "Fermer", () => made.close()),
  );
  const body = element("div", "sections");
  body.append(...sections.map(sectionOf));
  made.append(head, body);
  made.addEventListener("click", ({ target }) => target === made && made.close());
  return made;
}

/** @param {Section} section */
function sectionOf({ titre, lignes }) {
  const section = element("section", "");
  const list = element("dl", "");
  for (const { touches, texte } of lignes) {
    const keys = element("dt", "");
    keys.append(...touches.map((touche) => element("kbd", "", touche)));
    list.append(keys, element("dd", "", texte));
  }
  section.append(element("h3", "", titre), list);
  return section;
}
