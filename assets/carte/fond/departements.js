// Départements and the communes in them: contours are fetched as the view reaches them, and taken off the map
// when it leaves them.

/** @import { Communes } from "./communes.js" */
/** @import { Couches } from "./couches.js" */
/** @import { Contours, ContoursDepartement, ProprietesDepartement } from "../messages.js" */

import { toBounds } from "../socle/projection.js";
import { STYLES } from "../socle/styles.js";

/**
 * What the pointer does over a département or a commune, and what becomes of what is fetched.
 *
 * @typedef {object} Hooks
 * @property {(code: string, place: L.LatLng) => void} point
 * @property {() => void} leave
 * @property {(code: string) => void} click
 * @property {() => void} progress a fetch has begun or failed
 * @property {(codes: string[]) => void} arrive these communes have their contours
 * @property {() => void} refresh there is more to show
 */

/** One département: its simplified outline, then, once fetched, its communes and its exact limits. */
export class Departement {
  /** @type {L.GeoJSON | null} */
  communes = null;
  /** @type {L.GeoJSON | null} */
  limite = null;
  /** @type {"absent" | "loading" | "loaded" | "failed"} */
  state = "absent";
  /** @type {Promise<void> | undefined} */
  loading;

  /**
   * @param {ProprietesDepartement} properties
   * @param {L.GeoJSON} outline
   */
  constructor(properties, outline) {
    this.properties = properties;
    this.outline = outline;
    this.bounds = toBounds(properties.bounds);
  }

  get nom() {
    return this.properties.nom;
  }

  /** The outline itself, as Leaflet draws it. */
  get polygon() {
    return /** @type {L.Polygon} */ (this.outline.getLayers()[0]);
  }

  /**
   * Its communes when they are wanted and here, its outline otherwise.
   *
   * @param {L.Map} map
   * @param {boolean} wanted
   */
  show(map, wanted) {
    setShown(map, this.communes, wanted);
    setShown(map, this.outline, !(wanted && this.communes));
    setShown(map, this.limite, wanted);
    if (wanted) this.limite?.bringToBack();
  }
}

export class Departements {
  #map;
  #couches;
  #communes;
  #fetchJson;
  #hooks;
  #opacity = 1;
  /** @type {Map<string, Departement>} */
  #byCode = new Map();

  /**
   * @param {L.Map} map
   * @param {Couches} couches
   * @param {Communes} communes
   * @param {(url: string) => Promise<any>} fetchJson
   * @param {Hooks} hooks
   */
  constructor(map, couches, communes, fetchJson, hooks) {
    this.#map = map;
    this.#couches = couches;
    this.#communes = communes;
    this.#fetchJson = fetchJson;
    this.#hooks = hooks;
  }

  /** @param {string} code */
  get(code) {
    return this.#byCode.get(code);
  }

  all() {
    return [...this.#byCode];
  }

  /** Codes of those whose communes are drawn. */
  drawn() {
    const isDrawn = (/** @type {Departement} */ { communes }) => communes && this.#map.hasLayer(communes);
    return this.all().flatMap(([code, departement]) => (isDrawn(departement) ? [code] : []));
  }

  /**
   * Names of those that are in a state.
   *
   * @param {Departement["state"]} wanted
   */
  names(wanted) {
    return this.all().flatMap(([, { state, nom }]) => (state === wanted ? [nom] : []));
  }

  /** Whether they are drawn, with nothing left to fetch. */
  get ready() {
    return this.#byCode.size > 0 && this.names("loading").length === 0;
  }

  /** Fetches the outlines of all, and draws them. */
  async loadOutlines() {
    /** @type {Contours<ProprietesDepartement>} */
    const { features } = await this.#fetchJson("/geo/departements.geojson");
    for (const feature of features) this.#add(feature);
  }

  /**
   * Fetches the communes of one, unless they are here, on their way, or could not be had.
   *
   * @param {string} code
   */
  async load(code) {
    const departement = this.get(code);
    if (departement?.state === "absent") departement.loading = this.#fetch(code, departement);
    await departement?.loading;
  }

  /** Those that could not be had may be asked for again. */
  forgetFailures() {
    for (const departement of this.#byCode.values()) {
      if (departement.state === "failed") departement.state = "absent";
    }
  }

  /**
   * Shows the communes in view and takes the others off: the map stays light.
   *
   * @param {boolean} close near enough to show every commune in view
   * @param {ReadonlySet<string>} forced départements whose communes show whatever the zoom
   */
  refresh(close, forced) {
    const view = this.#map.getBounds().pad(0.1);
    for (const [code, departement] of this.#byCode) {
      const wanted = view.intersects(departement.bounds) && (close || forced.has(code));
      if (wanted) this.load(code);
      departement.show(this.#map, wanted);
    }
  }

  /**
   * A map underneath is seen through them.
   *
   * @param {boolean} transparent
   */
  seeThrough(transparent) {
    this.#opacity = transparent ? 0.05 : 1;
    for (const { outline, communes } of this.#byCode.values()) {
      outline.setStyle({ fillOpacity: this.#opacity });
      communes?.setStyle({ fillOpacity: this.#opacity });
    }
  }

  /** @param {GeoJSON.Feature<GeoJSON.Geometry, ProprietesDepartement>} feature */
  #add(feature) {
    const { code } = feature.properties;
    const outline = L.geoJSON(feature, { style: this.#ground(STYLES.departement) });
    outline.on("mouseover mousemove", (event) => this.#hooks.point(code, latlngOf(event)));
    outline.on("mouseout", () => this.#hooks.leave());
    outline.on("click", () => this.#hooks.click(code));
    outline.addTo(this.#map);
    this.#byCode.set(code, new Departement(feature.properties, outline));
  }

  /**
   * @param {string} code
   * @param {Departement} departement
   */
  async #fetch(code, departement) {
    departement.state = "loading";
    this.#hooks.progress();
    try {
      this.#addCommunes(departement, await this.#fetchJson(`/geo/${code}.geojson`));
      departement.state = "loaded";
    } catch {
      departement.state = "failed";
    }
    this.#hooks.progress();
    this.#hooks.refresh();
  }

  /**
   * @param {Departement} departement
   * @param {ContoursDepartement} collection
   */
  #addCommunes(departement, collection) {
    departement.communes = L.geoJSON(collection, {
      style: this.#ground(STYLES.commune),
      onEachFeature: ({ properties }, layer) =>
        this.#communes.add(properties, /** @type {L.Polygon} */ (layer)),
    });
    this.#listen(departement.communes);
    departement.limite = L.geoJSON(collection.contour, {
      interactive: false,
      style: { ...STYLES.limite, renderer: this.#couches.dessus },
    });
    this.#hooks.arrive(collection.features.map(({ properties }) => properties.code));
  }

  /** @param {L.GeoJSON} communes */
  #listen(communes) {
    const codeOf = (/** @type {L.LeafletEvent} */ { propagatedFrom }) =>
      propagatedFrom.feature.properties.code;
    communes.on("mouseover mousemove", (event) => this.#hooks.point(codeOf(event), latlngOf(event)));
    communes.on("mouseout", () => this.#hooks.leave());
    communes.on("click", (event) => {
      L.DomEvent.stop(event);
      this.#hooks.click(codeOf(event));
    });
  }

  /** @param {L.PathOptions} style */
  #ground(style) {
    return { ...style, fillOpacity: this.#opacity, renderer: this.#couches.sol };
  }
}

/** @param {L.LeafletEvent} event of the mouse: several names at once hide its type */
const latlngOf = (event) => /** @type {L.LeafletMouseEvent} */ (event).latlng;

/**
 * @param {L.Map} map
 * @param {L.Layer | null} layer
 * @param {boolean} wanted
 */
function setShown(map, layer, wanted) {
  if (!layer || wanted === map.hasLayer(layer)) return;
  if (wanted) layer.addTo(map);
  else layer.remove();
}
