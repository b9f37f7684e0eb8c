// Structures as marks: where they are when it is known, how many by commune otherwise.

/** @import { MarquesServies, TypeStructure } from "../messages.js" */

import { STRUCTURES } from "../fond/couches.js";
import { element } from "../socle/elements.js";
import { entier } from "../socle/francais.js";
import { STYLES } from "../socle/styles.js";

const MOST_COUNTS = 150; // figures written on the marks in view
const BESIDE = 17; // pixels between the marks of two types at one mairie
const RADIUS = { point: 5, written: 9, bare: 4 }; // pixels

/** @typedef {{ place: L.LatLng, couleur: string, count: number }} Compte */

/** @type {MarquesServies} */
const NONE = { points: [], comptes: [] };

/**
 * What the bubbles of communes say of the structures of one type.
 *
 * @param {Map<string, string>} said by commune, of the départements already here
 * @param {MarquesServies} marks of another
 */
export function tellCommunes(said, { points, comptes }) {
  for (const [nom, , , commune] of points) {
    const before = said.get(commune);
    said.set(commune, before ? `${before}, ${nom}` : nom);
  }
  for (const [commune, , , count] of comptes) {
    const before = said.get(commune);
    said.set(commune, before ? `${before}, et ${count} autre${count > 1 ? "s" : ""}` : String(count));
  }
}

export class Structures {
  #map;
  #fetchJson;
  #canvas;
  #marks;
  /** @type {TypeStructure[]} */
  #types = [];
  /** @type {string[]} */
  #departements = [];
  #asked = "[]";
  /** @type {Map<string, MarquesServies>} by type and département */
  #fetched = new Map();
  /** @type {Map<string, Map<string, string>>} by type: what the bubble of a commune says */
  #said = new Map();

  /**
   * @param {L.Map} map
   * @param {(url: string) => Promise<any>} fetchJson
   */
  constructor(map, fetchJson) {
    this.#map = map;
    this.#fetchJson = fetchJson;
    this.#canvas = L.canvas({ pane: STRUCTURES, padding: 0.3 });
    this.#marks = L.layerGroup().addTo(map);
    map.on("moveend", () => this.#draw());
  }

  get types() {
    return this.#types;
  }

  /**
   * @param {TypeStructure[]} types
   * @param {string[]} departements
   */
  receive(types, departements) {
    const asked = JSON.stringify(types);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#types = types;
    this.follow(departements);
  }

  /** @param {string[]} departements those whose communes are drawn */
  async follow(departements) {
    this.#departements = departements;
    await Promise.all(this.#pairs().map(({ type, departement }) => this.#fetch(type.code, departement)));
    this.#draw();
  }

  /**
   * What the bubble says of a commune.
   *
   * @param {string} commune
   */
  lines(commune) {
    return this.#types.flatMap(({ code, nom }) => {
      const here = this.#said.get(code)?.get(commune);
      return here ? [`${nom} : ${here}`] : [];
    });
  }

  /** Each type in each département, the rank of the type beside. */
  #pairs() {
    return this.#types.flatMap((type, rank) =>
      this.#departements.map((departement) => ({ type, rank, departement })),
    );
  }

  /**
   * @param {string} type
   * @param {string} departement
   */
  async #fetch(type, departement) {
    const key = `${type}:${departement}`;
    if (this.#fetched.has(key)) return;
    this.#fetched.set(key, NONE);
    try {
      const marks = await this.#fetchJson(`/structures/${type}.json?departements=${departement}`);
      this.#fetched.set(key, marks);
      const said = this.#said.get(type) ?? new Map();
      this.#said.set(type, said);
      tellCommunes(said, marks);
    } catch {
      this.#fetched.delete(key);
    }
  }

  #draw() {
    this.#marks.clearLayers();
    const view = this.#map.getBounds().pad(0.1);
    /** @type {Compte[]} */
    const counted = [];
    for (const { type, rank, departement } of this.#pairs()) {
      const { points, comptes } = this.#fetched.get(`${type.code}:${departement}`) ?? NONE;
      for (const [, lon, lat] of points) {
        if (view.contains([lat, lon])) this.#dot(L.latLng(lat, lon), type.couleur, RADIUS.point);
      }
      const inView = comptes.filter(([, lon, lat]) => view.contains([lat, lon]));
      counted.push(...inView.map(([, lon, lat, count]) => this.#counted([lat, lon], rank, type, count)));
    }
    counted.sort((a, b) => b.count - a.count);
    for (const [rank, mark] of counted.entries()) this.#count(mark, rank < MOST_COUNTS);
  }

  /**
   * Types that stand at the same mairie stand side by side.
   *
   * @param {[number, number]} place
   * @param {number} rank
   * @param {TypeStructure} type
   * @param {number} count
   * @returns {Compte}
   */
  #counted(place, rank, { couleur }, count) {
    const zoom = this.#map.getZoom();
    const beside = this.#map.project(place, zoom).add([BESIDE * rank, 0]);
    return { place: this.#map.unproject(beside, zoom), couleur, count };
  }

  /**
   * @param {L.LatLng} place
   * @param {string} couleur
   * @param {number} radius
   */
  #dot(place, couleur, radius) {
    const style = {
      ...STYLES.marque,
      fillColor: couleur,
      radius,
      renderer: this.#canvas,
      interactive: false,
    };
    this.#marks.addLayer(L.circleMarker(place, style));
  }

  /**
   * @param {Compte} mark
   * @param {boolean} written whether the figure is written on it
   */
  #count({ place, couleur, count }, written) {
    this.#dot(place, couleur, written ? RADIUS.written : RADIUS.bare);
    if (!written) return;
    const icon = L.divIcon({
      className: "compte",
      html: element("span", "", entier(count)),
      iconSize: [0, 0],
    });
    this.#marks.addLayer(L.marker(place, { icon, interactive: false, keyboard: false, pane: STRUCTURES }));
  }
}
