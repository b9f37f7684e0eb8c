// The legend of what the map shows besides the territory.

/** @import { CarteIndicateur, TypeStructure } from "../messages.js" */

import { control, element, shield } from "../socle/elements.js";
import { decimal, entier } from "../socle/francais.js";
import { FONDS_COMMUNE } from "../socle/styles.js";

const NARROW = 600; // pixels: a phone, where the legend begins folded

export class Legende {
  #map;
  #control;
  /** @type {HTMLDetailsElement | undefined} */
  #panel;

  /** @param {L.Map} map */
  constructor(map) {
    this.#map = map;
    this.#control = control("bottomright", () => this.#build());
  }

  /**
   * Empty, it goes.
   *
   * @param {HTMLElement[]} content
   */
  show(content) {
    if (!content.length) {
      this.#control.remove();
      return;
    }
    if (!this.#panel?.isConnected) this.#control.addTo(this.#map);
    this.#panel?.replaceChildren(element("summary", "", "Légende"), ...content);
  }

  #build() {
    this.#panel = element("details", "legende");
    this.#panel.open = this.#map.getContainer().clientWidth > NARROW;
    shield(this.#panel);
    return this.#panel;
  }
}

/**
 * The legend of an indicator drawn in classes.
 *
 * @param {Omit<CarteIndicateur, "communes">} drawn
 * @param {{ masquee: boolean, manquante: boolean, sansObjet: boolean }} doubts whether some values are hidden,
 *   not available, or have nothing to divide by
 */
export function describeIndicateur(drawn, { masquee, manquante, sansObjet }) {
  const { titre, unite, classes, source, mention, france, decimales } = drawn;
  const list = element("ul", "classes");
  list.append(...classes.map(({ couleur, libelle }) => line("carre", couleur, libelle)));
  if (masquee) list.append(line("carre", FONDS_COMMUNE.masquee, "Secret statistique"));
  const grey = describeGris(manquante, sansObjet);
  if (grey) list.append(line("carre", FONDS_COMMUNE.manquante, grey));
  const parts = [element("strong", "", titre), element("div", "unite", unite), list];
  if (france !== null) parts.push(element("div", "", `France : ${decimal(france, decimales)}`));
  if (mention) parts.push(element("div", "mention", mention));
  return [...parts, element("div", "source", source)];
}

/**
 * One colour for all that has no figure and is not hidden.
 *
 * @param {boolean} manquante
 * @param {boolean} sansObjet
 */
export function describeGris(manquante, sansObjet) {
  if (manquante && sansObjet) return "Non disponible, ou sans objet";
  if (sansObjet) return "Sans objet";
  return manquante ? "Non disponible" : "";
}

/**
 * The legend of structures shown as marks.
 *
 * @param {TypeStructure[]} types
 */
export function describeStructures(types) {
  if (!types.length) return [];
  const list = element("ul", "classes");
  for (const { nom, couleur, nombre } of types) {
    list.append(line("rond", couleur, nombre === null ? nom : `${nom} (${entier(nombre)})`));
  }
  return [list];
}

/**
 * @param {string} shape
 * @param {string} couleur
 * @param {string} text
 */
function line(shape, couleur, text) {
  const made = element("li", "", text);
  const mark = element("span", shape);
  mark.style.background = couleur;
  made.prepend(mark);
  return made;
}
