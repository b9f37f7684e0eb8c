// What is under the pointer: named in a bubble, and outlined as a click would take it.

/** @import { Communes } from "../fond/communes.js" */
/** @import { Departements } from "../fond/departements.js" */
/** @import { Place } from "../socle/geometrie.js" */
/** @import { Prises, Trace } from "../territoire/prises.js" */
/** @import { Zones } from "../territoire/zones.js" */

import { element } from "../socle/elements.js";
import { STYLES } from "../socle/styles.js";

/**
 * @typedef {object} Hooks
 * @property {() => boolean} drawing whether a shape is being drawn: the bubble is then its own
 * @property {(then: () => void) => void} loadZones
 */

export class Pointage {
  #map;
  #prises;
  #zones;
  #hooks;
  #halo;
  #highlight;
  #bubble;
  /** @type {string | null} the commune or the département under the pointer */
  #pointed = null;
  /** @type {string | null} what a click there would take */
  #hovered = null;

  /**
   * @param {L.Map} map
   * @param {L.Renderer} renderer
   * @param {Prises} prises
   * @param {Zones} zones
   * @param {Hooks} hooks
   */
  constructor(map, renderer, prises, zones, hooks) {
    this.#map = map;
    this.#prises = prises;
    this.#zones = zones;
    this.#hooks = hooks;
    this.#halo = L.polygon([], { ...STYLES.halo, renderer, interactive: false });
    this.#highlight = L.polygon([], { ...STYLES.survol, renderer, interactive: false });
    this.#bubble = L.tooltip({ className: "infobulle", direction: "auto", offset: [14, 0], opacity: 1 });
  }

  /** The outline of what a click would take. */
  get highlight() {
    return this.#highlight;
  }

  /**
   * @param {string} code
   * @param {Place} place
   */
  point(code, place) {
    if (this.#hooks.drawing()) return;
    if (code !== this.#pointed) this.#aim(code);
    this.#bubble.setLatLng(place).openOn(this.#map);
  }

  /** The selection has changed under the pointer. */
  aimAgain() {
    const code = this.#pointed;
    this.#forget();
    if (code && this.#map.hasLayer(this.#bubble)) this.#aim(code);
  }

  leave() {
    this.#forget();
    this.#halo.remove();
    this.#highlight.remove();
    if (!this.#hooks.drawing()) this.closeBubble();
  }

  /**
   * @param {string} title
   * @param {string[]} lines
   */
  describe(title, lines) {
    const content = element("div", "");
    content.append(element("strong", "", title), ...lines.map((line) => element("div", "", line)));
    this.#bubble.setContent(content);
  }

  /** @param {Place} place */
  openBubble(place) {
    this.#bubble.setLatLng(place).openOn(this.#map);
  }

  closeBubble() {
    this.#bubble.remove();
  }

  #forget() {
    this.#pointed = null;
    this.#hovered = null;
  }

  /**
   * Names and outlines what a click would take. While the groups are on their way, the commune itself.
   *
   * @param {string} code
   */
  #aim(code) {
    this.#pointed = code;
    const prise = this.#prises.at(code);
    if (!prise) this.#hooks.loadZones(() => this.#pointed === code && this.#aim(code));
    const key = prise?.zone ? prise.geste : code;
    if (key === this.#hovered) return;
    this.#hovered = key;
    const { nom, lignes } = prise ?? this.#prises.waiting(code);
    this.describe(nom, lignes);
    this.#outline(prise?.contour ?? []);
    if (prise?.zone && !prise.contour) this.#outlineZone(prise.zone, key);
  }

  /**
   * @param {{ type: string, code: string }} zone
   * @param {string} key
   */
  async #outlineZone(zone, key) {
    const contour = await this.#zones.contour(zone);
    if (key === this.#hovered) this.#outline(contour ? drawnOf(contour) : []);
  }

  /** @param {Trace} trace */
  #outline(trace) {
    for (const layer of [this.#halo, this.#highlight]) layer.setLatLngs(trace).addTo(this.#map);
  }
}

/** @param {GeoJSON.MultiPolygon} contour */
const drawnOf = (contour) =>
  /** @type {L.Polygon} */ (L.GeoJSON.geometryToLayer(/** @type {any} */ (contour))).getLatLngs();

/**
 * Code of what is under the cross in the middle of the map: a commune, or from afar a département.
 *
 * @param {L.Map} map
 * @param {Communes} communes
 * @param {Departements} departements
 */
export function underCross(map, communes, departements) {
  const point = map.latLngToLayerPoint(map.getCenter());
  const candidates = [
    ...communes.all().map(({ code, polygon }) => ({ code, polygon })),
    ...departements.all().map(([code, { polygon }]) => ({ code, polygon })),
  ];
  return candidates.find(({ polygon }) => map.hasLayer(polygon) && isUnder(polygon, point))?.code;
}

/**
 * Leaflet's own hit test of a canvas; it has no public name.
 *
 * @param {L.Polygon} polygon
 * @param {L.Point} point
 */
const isUnder = (polygon, point) =>
  /** @type {{ _containsPoint(point: L.Point): boolean }} */ (
    /** @type {unknown} */ (polygon)
  )._containsPoint(point);
