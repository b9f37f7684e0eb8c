// Chips: the communes of the territory, each removable by one click. Streamlit hands the browser this text alone,
// which can import nothing: hence a few lines that recherche.js has too.

/** @import { CommuneChoisie, Composant } from "./types.js" */

/** @typedef {{ communes: CommuneChoisie[], compte: string, repliees_au_dela_de: number, verrou: boolean }} Donnees */

const nombre = new Intl.NumberFormat("fr-FR");

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} text never HTML
 */
const element = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
};

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} onClick
 */
const button = (className, text, onClick) => {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
};

class Pastilles {
  #open = false;
  #title = element("h2", "titre");
  #list = element("ul", "pastilles");
  #more = button("suite", "", () => this.#toggle());
  /** @type {Donnees} */
  #data = { communes: [], compte: "", repliees_au_dela_de: 0, verrou: false };

  /** Told the code of a commune to remove. @type {(code: string) => void} */
  send = () => undefined;

  /** @param {HTMLElement} root */
  constructor(root) {
    root.append(this.#title, this.#list, this.#more);
  }

  /** @param {Donnees} data */
  draw(data) {
    this.#data = data;
    const { communes, compte, repliees_au_dela_de: most } = data;
    const shown = this.#open ? communes : communes.slice(0, most);
    this.#title.textContent = `Projet de CPTS sur ${compte}`;
    this.#replace(shown);
    this.#list.hidden = !communes.length;
    this.#more.hidden = communes.length <= most;
    this.#more.textContent = this.#open ? "Réduire la liste" : `Afficher les ${compte}`;
    this.#more.setAttribute("aria-expanded", String(this.#open));
  }

  #toggle() {
    this.#open = !this.#open;
    this.draw(this.#data);
  }

  /**
   * The focus stays on the chip that has it.
   *
   * @param {CommuneChoisie[]} shown
   */
  #replace(shown) {
    const root = /** @type {Document | ShadowRoot} */ (this.#list.getRootNode());
    const focused = root.activeElement?.parentElement?.dataset.code;
    this.#list.replaceChildren(...shown.map((commune) => this.#chip(commune)));
    /** @type {HTMLElement | null} */
    const again = this.#list.querySelector(`[data-code="${focused}"] button`);
    again?.focus();
  }

  /** @param {CommuneChoisie} commune */
  #chip({ code, nom, population }) {
    const chip = element("li", "pastille", nom);
    chip.dataset.code = code;
    chip.title = `${nom} : ${nombre.format(population)} habitants`;
    chip.classList.toggle("verrouillee", this.#data.verrou);
    if (!this.#data.verrou) chip.append(this.#closing(code, nom));
    return chip;
  }

  /**
   * @param {string} code
   * @param {string} nom
   */
  #closing(code, nom) {
    const remove = button("retirer", "×", () => this.#remove(code));
    remove.setAttribute("aria-label", `Retirer ${nom} du territoire`);
    return remove;
  }

  /**
   * The next chip takes the focus, so that several can be removed from the keyboard.
   *
   * @param {string} code
   */
  #remove(code) {
    /** @type {NodeListOf<HTMLElement>} */
    const closings = this.#list.querySelectorAll(".retirer");
    const buttons = [...closings];
    const rank = buttons.findIndex((node) => node.parentElement?.dataset.code === code);
    buttons[rank + 1]?.focus();
    buttons[rank].parentElement?.remove();
    this.send(code);
  }
}

/** @type {WeakMap<HTMLElement, Pastilles>} */
const drawn = new WeakMap();

/** @param {Composant<Donnees, { retrait: string }>} composant */
export default function ({ data, parentElement, setTriggerValue }) {
  const pastilles = drawn.get(parentElement) ?? new Pastilles(parentElement);
  drawn.set(parentElement, pastilles);
  pastilles.send = (code) => setTriggerValue("retrait", code);
  pastilles.draw(data);
}
