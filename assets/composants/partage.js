// "Copier le lien": the address of the page holds the whole project, save the local figures.

/** @import { Composant } from "./types.js" */

const SHOWN_MS = 2500;

class Partage {
  #button = document.createElement("button");
  #status = document.createElement("div");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#button.type = "button";
    this.#status.setAttribute("role", "status");
    this.#button.addEventListener("click", () => this.#copy());
    root.append(this.#button, this.#status);
    this.#rest();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#tell("Lien copié");
    } catch {
      // Some browsers only let a person copy: the address bar holds the same link.
      this.#tell("Copiez le lien dans la barre d’adresse");
    }
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

const drawn = new WeakSet();

/** @param {Composant<null>} composant */
export default function ({ parentElement }) {
  if (drawn.has(parentElement)) return;
  drawn.add(parentElement);
  new Partage(parentElement);
}
