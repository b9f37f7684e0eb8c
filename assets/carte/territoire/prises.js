// What one click takes, and what the bubble says of it: a commune, or the group it belongs to.

/** @import { Choix, ProprietesDepartement, Zone } from "../messages.js" */

import { arrondissements, habitants, communes as inCommunes } from "../socle/francais.js";

/** @typedef {ReturnType<L.Polygon["getLatLngs"]>} Trace as Leaflet draws it */

/**
 * What a click would take: its communes, or the département that it would open (`ouvre`); the outline of a
 * zone is still to be asked for.
 *
 * @typedef {object} Prise
 * @property {string} geste
 * @property {string} nom
 * @property {string[]} lignes
 * @property {string[]} communes
 * @property {Trace} [contour]
 * @property {Zone} [zone]
 * @property {ProprietesDepartement} [ouvre]
 */

/**
 * @typedef {object} Lieux where what is taken is known
 * @property {{ get(code: string): CommunePrise | undefined }} communes
 * @property {{ get(code: string): DepartementPris | undefined }} departements
 * @property {Pick<import("./zones.js").Zones, "isLoaded" | "ofCommune" | "get">} zones
 */

/** @typedef {{ nom: string, population: number, departement: string, polygon: Pick<L.Polygon, "getLatLngs"> }} CommunePrise */
/** @typedef {{ properties: ProprietesDepartement, polygon: Pick<L.Polygon, "getLatLngs"> }} DepartementPris */

export class Prises {
  #lieux;
  #outils;
  #isChosen;
  #moreLines;
  #noms;
  #partielles;

  /**
   * @param {Choix[]} unites
   * @param {Lieux} lieux
   * @param {{ readonly unite: string, readonly trace: boolean }} outils
   * @param {(code: string) => boolean} isChosen
   * @param {(code: string) => string[]} moreLines what else the bubble says of a commune
   */
  constructor(unites, lieux, outils, isChosen, moreLines) {
    this.#lieux = lieux;
    this.#outils = outils;
    this.#isChosen = isChosen;
    this.#moreLines = moreLines;
    this.#noms = new Map(unites.map(({ code, nom }) => [code, nom]));
    this.#partielles = new Set(unites.filter(({ partielle }) => partielle).map(({ code }) => code));
  }

  /**
   * What a click takes at a commune, or from afar at a département; null while the groups are not here yet.
   *
   * @param {string} code
   * @returns {Prise | null}
   */
  at(code) {
    const { unite, trace } = this.#outils;
    const departement = this.#lieux.departements.get(code);
    if (departement) return this.#departement(code, departement);
    if (unite === "commune" || trace) return this.#commune(code);
    if (!this.#lieux.zones.isLoaded(unite)) return null;
    const zone = this.#lieux.zones.ofCommune(unite, code);
    if (zone) return this.#zone(zone);
    return this.#commune(code, ...(this.#partielles.has(unite) ? [] : [`Sans ${this.#noms.get(unite)}`]));
  }

  /**
   * What the bubble says while the groups are on their way.
   *
   * @param {string} code
   */
  waiting(code) {
    const { communes, departements } = this.#lieux;
    const nom = communes.get(code)?.nom ?? departements.get(code)?.properties.nom ?? "";
    return { nom, lignes: [`${this.#noms.get(this.#outils.unite)}…`] };
  }

  /**
   * @param {string} code
   * @param {string[]} lignes
   * @returns {Prise | null}
   */
  #commune(code, ...lignes) {
    const commune = this.#lieux.communes.get(code);
    if (!commune) return null;
    const { nom, population, departement, polygon } = commune;
    return {
      geste: "commune",
      nom,
      lignes: [habitants(population), departement, ...lignes, ...this.#moreLines(code)],
      communes: [code],
      contour: polygon.getLatLngs(),
    };
  }

  /**
   * @param {Zone} zone
   * @returns {Prise}
   */
  #zone(zone) {
    const { type, code, nom, population, communes } = zone;
    const inside = type === "ville" ? arrondissements(communes.length) : inCommunes(communes.length);
    const size = `${this.#noms.get(type)} · ${inside}`;
    const lignes = [size, habitants(population), ...this.#already(communes)];
    return { geste: `${type}:${code}`, nom, lignes, communes, zone };
  }

  /** @param {string[]} codes */
  #already(codes) {
    const chosen = codes.filter(this.#isChosen).length;
    if (chosen === codes.length) return ["Déjà dans le territoire"];
    return chosen ? [`${inCommunes(chosen)} déjà dans le territoire`] : [];
  }

  /**
   * Seen from afar: it opens at a click, unless clicks take whole départements.
   *
   * @param {string} code
   * @param {DepartementPris} departement
   * @returns {Prise | null}
   */
  #departement(code, { properties, polygon }) {
    const contour = polygon.getLatLngs();
    const { unite, trace } = this.#outils;
    if (unite !== "departement" || trace) {
      return { geste: "", nom: properties.nom, lignes: [], communes: [], contour, ouvre: properties };
    }
    const zone = this.#lieux.zones.get("departement", code);
    return zone ? { ...this.#zone(zone), contour } : null;
  }
}
