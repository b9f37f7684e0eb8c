// "Reprendre": the last projects of this browser, each to open, rename or forget.

import { enFrancais } from "./dates.js";
import { Gardes } from "./gardes.js";

/** @import { Composant, FicheConnue } from "../types.js" */

const ENTIER = new Intl.NumberFormat("fr-FR");
const LONGUEUR_NOM = 120;

/** @param {FicheConnue} fiche */
export const adresse = ({ id, lien }) => `?${lien}${lien ? "&" : ""}id=${id}`;

/** @param {FicheConnue} fiche */
export const nomDe = ({ nom, renomme }) => renomme || nom;

/** @param {FicheConnue} fiche */
export const resume = ({ communes, population }) => {
  const count = `${ENTIER.format(communes)}\u00a0commune${communes > 1 ? "s" : ""}`;
  const people = `${ENTIER.format(population)}\u00a0habitant${population > 1 ? "s" : ""}`;
  return communes ? `${count}, ${people}` : "Aucune commune";
};

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {(string | Node)[]} content texts are never HTML
 */
const element = (tag, className, ...content) => {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...content);
  return node;
};

/**
 * @param {string} nom
 * @param {() => void} action
 * @param {string} label what it is said to do, when its name does not say to what
 */
const bouton = (nom, action, label = nom) => {
  const node = element("button", "", nom);
  node.type = "button";
  node.setAttribute("aria-label", label);
  node.addEventListener("click", action);
  return node;
};

class Reprendre {
  #gardes = new Gardes(() => localStorage);
  #root = element("section", "reprendre");
  #auPlus;
  #whole = false;

  /**
   * @param {HTMLElement} parent
   * @param {number} auPlus how many are shown at first
   */
  constructor(parent, auPlus) {
    this.#auPlus = auPlus;
    parent.append(this.#root);
    for (const event of ["storage", "memoire"]) window.addEventListener(event, () => this.draw());
  }

  draw() {
    const known = this.#gardes.list();
    const shown = this.#whole ? known : known.slice(0, this.#auPlus);
    this.#root.replaceChildren();
    if (!known.length) return;
    const list = element("ul", "", ...shown.map((fiche) => this.#line(fiche)));
    this.#root.append(element("h2", "", "Reprendre"), list);
    const others = known.length - shown.length;
    if (others) this.#root.append(bouton(`Afficher les projets plus anciens (${others})`, () => this.#all()));
    if (known.length > 1) this.#root.append(bouton("Tout oublier", () => this.#forgetAll(known.length)));
  }

  #all() {
    this.#whole = true;
    this.draw();
  }

  /** @param {number} count how many projects there are, those that are not shown included */
  #forgetAll(count) {
    const question =
      `Oublier les ${count}\u00a0projets de ce navigateur, avec leurs données locales et leurs textes\u00a0? ` +
      "Les adresses visitées restent dans l’historique du navigateur.";
    const yes = bouton("Tout oublier", () => {
      this.#gardes.forgetAll();
      this.draw();
    });
    const no = bouton("Garder", () => this.draw());
    const box = element("div", "oubli", element("p", "", question), element("span", "actions", yes, no));
    this.#root.replaceChildren(element("h2", "", "Reprendre"), box);
    no.focus();
  }

  /** @param {FicheConnue} fiche */
  #line(fiche) {
    const nom = nomDe(fiche);
    const said = [resume(fiche), enFrancais(fiche.date)].map((text) => element("small", "", text));
    const line = element("li", "");
    const link = element("a", "", nom);
    link.href = adresse(fiche);
    const actions = element(
      "span",
      "actions",
      bouton("Renommer", () => this.#rename(line, fiche), `Renommer «\u00a0${nom}\u00a0»`),
      bouton("Oublier", () => this.#forget(line, fiche), `Oublier «\u00a0${nom}\u00a0»`),
    );
    line.append(element("span", "projet", link, ...said), actions);
    return line;
  }

  /**
   * @param {HTMLElement} line
   * @param {FicheConnue} fiche
   */
  #rename(line, fiche) {
    const box = element("input", "");
    box.value = nomDe(fiche);
    box.maxLength = LONGUEUR_NOM;
    box.setAttribute("aria-label", "Nouveau nom");
    const form = element("form", "", box, element("button", "", "Renommer"));
    form.append(bouton("Laisser", () => this.draw()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (box.value.trim()) this.#gardes.rename(fiche.id, box.value.trim());
      this.draw();
    });
    line.replaceChildren(form);
    box.select();
  }

  /**
   * @param {HTMLElement} line
   * @param {FicheConnue} fiche
   */
  #forget(line, fiche) {
    const question = `Oublier «\u00a0${nomDe(fiche)}\u00a0», avec ses données locales et ses textes\u00a0?`;
    const yes = bouton("Oublier", () => {
      this.#gardes.forget(fiche.id);
      this.draw();
    });
    const no = bouton("Garder", () => this.draw());
    line.replaceChildren(element("span", "projet", question), element("span", "actions", yes, no));
    no.focus();
  }
}

/** @type {WeakMap<HTMLElement, Reprendre>} */
const drawn = new WeakMap();

/** @param {Composant<{ au_plus: number }>} composant */
export default function ({ data, parentElement }) {
  const reprendre = drawn.get(parentElement) ?? new Reprendre(parentElement, data.au_plus);
  drawn.set(parentElement, reprendre);
  reprendre.draw();
}
