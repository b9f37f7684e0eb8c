/** @import { ProprietesCommune } from "../messages.js" */

import { onPlane } from "../socle/projection.js";

/**
 * A commune whose contour is here: a place inside it, and where that place stands on the plane of shapes.
 *
 * @typedef {Omit<ProprietesCommune, "point"> & {
 *   polygon: L.Polygon, place: L.LatLng, plan: import("../socle/geometrie.js").Point
 * }} Commune
 */

/**
 * @param {string} code of a commune
 * @returns the code of its département
 */
export const departementOf = (code) => code.slice(0, code.startsWith("97") ? 3 : 2);

// The communes whose contours are here, drawn or not.
export class Communes {
  #map;
  /** @type {Map<string, Commune>} */
  #byCode = new Map();

  /** @param {L.Map} map */
  constructor(map) {
    this.#map = map;
  }

  /** @param {string} code */
  get(code) {
    return this.#byCode.get(code);
  }

  /**
   * @param {ProprietesCommune} properties
   * @param {L.Polygon} polygon
   */
  add({ point: [lng, lat], ...identity }, polygon) {
    const place = L.latLng(lat, lng);
    this.#byCode.set(identity.code, { ...identity, polygon, place, plan: onPlane(this.#map, place) });
  }

  all() {
    return [...this.#byCode.values()];
  }

  drawn() {
    return this.all().filter(({ polygon }) => this.#map.hasLayer(polygon));
  }
}
