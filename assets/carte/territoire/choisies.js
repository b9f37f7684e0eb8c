// The chosen communes, drawn above the ground: alone to be drawn anew at each click.

/** @import { Communes } from "../fond/communes.js" */
/** @import { Couches } from "../fond/couches.js" */
/** @import { Couleurs, Repere } from "../messages.js" */

import { element } from "../socle/elements.js";
import { STYLES } from "../socle/styles.js";

export class Choisies {
  #map;
  #couches;
  #communes;
  #isChosen;
  /** @type {{ color?: string, fillColor?: string }} */
  #colours = {};
  #outlined = false;
  /** @type {Map<string, L.Layer>} */
  #drawn = new Map();
  #reperes;

  /**
   * @param {L.Map} map
   * @param {Couches} couches
   * @param {Communes} communes
   * @param {(code: string) => boolean} isChosen
   */
  constructor(map, couches, communes, isChosen) {
    this.#map = map;
    this.#couches = couches;
    this.#communes = communes;
    this.#isChosen = isChosen;
    this.#reperes = L.layerGroup().addTo(map);
  }

  /**
   * These communes as they now are, chosen or not.
   *
   * @param {string[]} codes
   */
  show(codes) {
    for (const code of codes) this.#show(code);
  }

  /**
   * The colours of the scenario being drawn.
   *
   * @param {Couleurs} couleurs
   */
  colour({ fond, trait }) {
    if (this.#colours.color === trait && this.#colours.fillColor === fond) return;
    this.#colours = { color: trait, fillColor: fond };
    this.#showAgain();
  }

  /**
   * When communes are coloured by an indicator, those chosen only keep their outline, on a white one.
   *
   * @param {boolean} outlined
   */
  outline(outlined) {
    if (this.#outlined === outlined) return;
    this.#outlined = outlined;
    this.#showAgain();
  }

  /**
   * Communes that have no contour: a mark where their mairie stands.
   *
   * @param {Repere[]} reperes
   */
  mark(reperes) {
    this.#reperes.clearLayers();
    for (const { nom, lat, lon } of reperes) {
      const text = element("span", "", `${nom} : contour non disponible`);
      const mark = L.circleMarker([lat, lon], { ...STYLES.repere, ...this.#colours });
      mark.bindTooltip(text, { className: "infobulle" }).addTo(this.#reperes);
    }
  }

  #showAgain() {
    this.show([...this.#drawn.keys()]);
  }

  /** @param {string} code */
  #show(code) {
    this.#drawn.get(code)?.remove();
    this.#drawn.delete(code);
    const commune = this.#communes.get(code);
    if (!(commune && this.#isChosen(code))) return;
    const contour = commune.polygon.getLatLngs();
    const common = { renderer: this.#couches.dessus, interactive: false };
    const parts = this.#styles().map((style) => L.polygon(contour, { ...style, ...common }));
    this.#drawn.set(code, L.layerGroup(parts).addTo(this.#map));
  }

  /** @returns {L.PolylineOptions[]} */
  #styles() {
    const filled = { ...STYLES.choisie, ...this.#colours };
    return this.#outlined ? [STYLES.socle, { ...filled, fill: false }] : [filled];
  }
}
