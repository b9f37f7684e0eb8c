// The groups of communes that one click can take: their names and communes by type, and their outlines.

/** @import { Zone, ZoneServie } from "../messages.js" */

/**
 * What is known of a type.
 * @typedef {{ byCode: Map<string, Zone>, byCommune: Map<string, Zone> }} Groupes
 */

export class Zones {
  #fetchJson;
  /** @type {Map<string, Groupes>} */
  #groupes = new Map();
  /** @type {Map<string, Promise<void>>} */
  #fetching = new Map();
  /** @type {Map<string, Promise<GeoJSON.MultiPolygon | null>>} */
  #contours = new Map();

  /** @param {(url: string) => Promise<any>} fetchJson */
  constructor(fetchJson) {
    this.#fetchJson = fetchJson;
  }

  /** @param {string} type */
  isLoaded(type) {
    return this.#groupes.has(type);
  }

  /**
   * Undefined when the commune belongs to none: a few islands have no EPCI.
   *
   * @param {string} type
   * @param {string} commune
   */
  ofCommune(type, commune) {
    return this.#groupes.get(type)?.byCommune.get(commune);
  }

  /**
   * @param {string} type
   * @param {string} code
   */
  get(type, code) {
    return this.#groupes.get(type)?.byCode.get(code);
  }

  /** @param {string} type */
  load(type) {
    const fetching = this.#fetching.get(type) ?? this.#fetch(type);
    this.#fetching.set(type, fetching);
    return fetching;
  }

  /**
   * One after the other, without hurry; what fails is asked for again when it is needed.
   *
   * @param {string[]} types
   */
  async prefetch(types) {
    for (const type of types) await this.load(type).catch(() => undefined);
  }

  /**
   * The outline of a zone, null when it could not be had.
   *
   * @param {{ type: string, code: string }} zone
   */
  contour({ type, code }) {
    const key = `${type}:${code}`;
    const contour = this.#contours.get(key) ?? this.#fetchContour(type, code);
    this.#contours.set(key, contour);
    return contour;
  }

  /** @param {string} type */
  async #fetch(type) {
    try {
      this.#groupes.set(type, grouped(type, await this.#fetchJson(`/zones/${type}.json`)));
    } catch (error) {
      this.#fetching.delete(type);
      throw error;
    }
  }

  /**
   * @param {string} type
   * @param {string} code
   * @returns {Promise<GeoJSON.MultiPolygon | null>}
   */
  async #fetchContour(type, code) {
    try {
      return (await this.#fetchJson(`/geo/${type}/${code}.geojson`)).geometry;
    } catch {
      this.#contours.delete(`${type}:${code}`);
      return null;
    }
  }
}

/**
 * @param {string} type
 * @param {Record<string, ZoneServie>} served
 * @returns {Groupes}
 */
function grouped(type, served) {
  const zones = Object.entries(served).map(([code, zone]) => ({ type, code, ...zone }));
  const members = zones.flatMap((zone) => zone.communes.map((code) => /** @type {const} */ ([code, zone])));
  return { byCode: new Map(zones.map((zone) => [zone.code, zone])), byCommune: new Map(members) };
}
