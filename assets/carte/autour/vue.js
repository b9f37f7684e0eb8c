// Where the map looks: fitted to what it is told to show, until the person takes it in hand.

/** @import { Bounds, VueDemandee } from "../messages.js" */

import { toBounds } from "../socle/projection.js";

const ZOOM_COMMUNES = 8;
const ZOOM_RECHERCHE = 11;

/** Pixels left to the controls. @type {L.FitBoundsOptions} */
const ROOM = { paddingTopLeft: [10, 52], paddingBottomRight: [10, 44] };

/**
 * What is remembered of a view, for a session of the application.
 *
 * @typedef {object} VueGardee
 * @property {string} session
 * @property {VueDemandee["id"] | null} vueId the last view that Python asked for
 * @property {[number, number]} center
 * @property {number} zoom
 */

/** @typedef {{ read(): Partial<VueGardee>, write(content: VueGardee): void }} MemoireVue */

/**
 * @typedef {object} Hooks
 * @property {() => Promise<void>} ready once départements are drawn
 * @property {() => void} refresh what is in view may have changed
 * @property {(code: string) => Promise<L.LatLngBounds | undefined>} reach where a commune is
 */

export class Vue {
  #map;
  #memoire;
  #hooks;
  /** @type {Bounds | null} to fit again when the frame changes size, until the person moves */
  #fitted = null;
  /** @type {VueDemandee["id"] | null} */
  #id = null;
  #session = "";
  /** @type {ReadonlySet<string>} */
  #forced = new Set();

  /**
   * @param {L.Map} map
   * @param {MemoireVue} memoire
   * @param {Hooks} hooks
   */
  constructor(map, memoire, hooks) {
    this.#map = map;
    this.#memoire = memoire;
    this.#hooks = hooks;
  }

  /** Near enough to show every commune in view. */
  get close() {
    return this.#map.getZoom() >= ZOOM_COMMUNES;
  }

  /** Départements whose communes show whatever the zoom. */
  get forced() {
    return this.#forced;
  }

  /** Nothing but départements are shown. */
  get far() {
    return !this.close && this.#forced.size === 0;
  }

  /**
   * @param {Bounds} bounds
   * @param {L.FitBoundsOptions} options
   */
  fit(bounds, options = {}) {
    this.#map.fitBounds(toBounds(bounds), { ...ROOM, ...options });
    this.#fitted = bounds;
  }

  /**
   * @param {Bounds} bounds
   * @param {string[]} departements whose communes show whatever the zoom
   */
  goTo(bounds, departements) {
    this.#forced = new Set(departements);
    this.fit(bounds);
    this.#hooks.refresh();
  }

  /**
   * What Python asks to look at, once per identifier.
   *
   * @param {VueDemandee} vue
   */
  async look({ id, code, bounds, departements = [] }) {
    if (id === this.#id) return;
    this.#id = id;
    await this.#hooks.ready();
    const around = code === undefined ? undefined : await this.#hooks.reach(code);
    if (bounds) this.goTo(bounds, departements);
    else if (around) this.#map.fitBounds(around, { maxZoom: ZOOM_RECHERCHE });
  }

  /** The frame has another size. */
  resize() {
    this.#map.invalidateSize({ animate: false, pan: false });
    if (this.#fitted) this.fit(this.#fitted, { animate: false });
  }

  /** The person has the map in hand: it is no longer fitted to anything. */
  release() {
    this.#fitted = null;
  }

  remember() {
    if (!this.#session) return;
    const { lat, lng } = this.#map.getCenter();
    const zoom = this.#map.getZoom();
    this.#memoire.write({ session: this.#session, vueId: this.#id, center: [lat, lng], zoom });
  }

  /**
   * Back from another page, the map is where it was left.
   *
   * @param {string} session
   */
  restore(session) {
    if (this.#session) return;
    this.#session = session;
    const kept = this.#memoire.read();
    if (kept.session !== session || !kept.center) return;
    this.#id = kept.vueId ?? null;
    this.release();
    this.#map.setView(kept.center, kept.zoom, { animate: false });
  }
}
