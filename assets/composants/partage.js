// "Copier le lien": the address of the page holds the whole project, save what people wrote.

/** @import { Composant } from "./types.js" */

const SHOWN_MS = 2500;
// Beyond, some mail programs cut the address.
const LONGEST = 2000;
const ICI = ["localhost", "127.0.0.1", "[::1]"];

/**
 * What the person must know before she sends the link.
 *
 * @param {string} manque what the link does not carry, if anything
 * @param {{ hostname: string, href: string }} lieu
 */
export const reserves = (manque, { hostname, href }) => [
  ...(ICI.includes(hostname)
    ? [
        "Cette adresse ne s’ouvre que sur cet ordinateur\u00a0: pour transmettre le projet, " +
          "envoyez le fichier («\u00a0Sauvegarder\u00a0»).",
      ]
    : []),
  ...(manque
    ? [
        `Le lien porte les territoires, pas ${manque}\u00a0; le fichier («\u00a0Sauvegarder\u00a0») porte tout.`,
      ]
    : []),
  ...(href.length > LONGEST
    ? ["Ce lien est long, et certaines messageries le couperaient\u00a0: envoyez plutôt le fichier."]
    : []),
];

class Partage {
  #button = document.createElement("button");
  #status = document.createElement("div");
  #reserves = document.createElement("ul");
  #manque = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#button.type = "button";
    this.#status.setAttribute("role", "status");
    this.#button.addEventListener("click", () => this.#copy());
    root.append(this.#button, this.#status, this.#reserves);
    this.#rest();
  }

  /** @param {string} manque */
  draw(manque) {
    this.#manque = manque;
    const lines = reserves(this.#manque, location).map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    });
    this.#reserves.replaceChildren(...lines);
    this.#reserves.hidden = !lines.length;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#tell("Lien copié");
    } catch {
      // Some browsers only let a person copy: the address bar holds the same link.
      this.#tell("Copiez le lien dans la barre d’adresse");
    }
    this.draw(this.#manque);
  }

  /** @param {string} text */
  #tell(text) {
    this.#button.textContent = text;
    this.#status.textContent = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), SHOWN_MS);
  }

  #rest() {
    this.#button.textContent = "Copier le lien";
    this.#status.textContent = "";
  }
}

/** @type {WeakMap<HTMLElement, Partage>} */
const drawn = new WeakMap();

/** @param {Composant<{ manque: string }>} composant */
export default function ({ data, parentElement }) {
  const partage = drawn.get(parentElement) ?? new Partage(parentElement);
  drawn.set(parentElement, partage);
  partage.draw(data.manque);
}
