// The names of communes on the map: the most peopled in view, as many as fit without touching one another.

/** @import { Commune, Communes } from "./communes.js" */
/** @import { Boite, Point } from "../socle/geometrie.js" */

import { element } from "../socle/elements.js";
import { overlap } from "../socle/geometrie.js";
import { ETIQUETTES } from "./couches.js";

const MOST = 60;
const WIDE = 1200; // pixels: a projector, where letters are larger
const LETTER = { wide: 5, narrow: 4.2 }; // pixels, half of one
const MARGIN = { x: 14, y: 13 }; // pixels around a name

/**
 * The first names of the list that do not overlap.
 *
 * @template Named
 * @param {Named[]} candidates the most important first
 * @param {(each: Named) => Boite} boxOf
 * @param {number} most
 */
export function choose(candidates, boxOf, most = MOST) {
  /** @type {{ named: Named, box: Boite }[]} */
  const kept = [];
  for (const named of candidates) {
    if (kept.length >= most) break;
    const box = boxOf(named);
    if (!kept.some((other) => overlap(box, other.box))) kept.push({ named, box });
  }
  return kept.map(({ named }) => named);
}

/**
 * Room taken by a name written around a pixel, on a map of this width.
 *
 * @param {Point} pixel
 * @param {string} nom
 * @param {number} width
 * @returns {Boite}
 */
export function room({ x, y }, nom, width) {
  const half = (width > WIDE ? LETTER.wide : LETTER.narrow) * nom.length + MARGIN.x;
  return { west: x - half, east: x + half, north: y - MARGIN.y, south: y + MARGIN.y };
}

export class Etiquettes {
  #map;
  #communes;
  #layer;

  /**
   * @param {L.Map} map
   * @param {Communes} communes
   */
  constructor(map, communes) {
    this.#map = map;
    this.#communes = communes;
    this.#layer = L.layerGroup().addTo(map);
  }

  draw() {
    this.#layer.clearLayers();
    const view = this.#map.getBounds();
    const width = this.#map.getContainer().clientWidth;
    const inView = this.#communes.drawn().filter(({ place }) => view.contains(place));
    inView.sort((a, b) => b.population - a.population);
    const boxOf = (/** @type {Commune} */ { place, nom }) =>
      room(this.#map.latLngToContainerPoint(place), nom, width);
    for (const commune of choose(inView, boxOf)) this.#layer.addLayer(label(commune));
  }
}

/** @param {Commune} commune */
function label({ nom, place }) {
  const icon = L.divIcon({ className: "etiquette", html: element("span", "", nom), iconSize: [0, 0] });
  return L.marker(place, { icon, interactive: false, keyboard: false, pane: ETIQUETTES });
}
