// Rectangle and lasso: a dashed outline over the map, drawn by pointer or from the keyboard.
// Corners are kept in degrees, so that the map may move or zoom meanwhile; what is inside is sought on the
// plane of the projection, where a rectangle of the screen is a rectangle whatever the zoom.

/** @import { Place, Point } from "../socle/geometrie.js" */

import { corners, insideOf } from "../socle/geometrie.js";
import { onPlane } from "../socle/projection.js";
import { STYLES } from "../socle/styles.js";

const STEP = 3; // pixels between two points of a lasso
const SHORTEST = 5; // pixels: less is a click, not a shape
const LEAST_SIDES = 3;
const CONTROLS = ".leaflet-control, .bandeau, .guide, .message";

/** @typedef {(point: Point) => boolean} Contient whether a point of the plane is inside */

/**
 * @typedef {object} Hooks
 * @property {() => string} outil the tool in hand: rectangle, lasso, or main
 * @property {() => boolean} retire whether shapes remove
 * @property {() => boolean} begin may we?
 * @property {(contains: Contient, retire: boolean, at: Place) => void} follow at each move
 * @property {(contains: Contient, retire: boolean) => void} end
 * @property {() => void} rest nothing is being drawn any more
 */

export class Formes {
  #map;
  #outline;
  #hooks;
  /** @type {Place[]} opposite corners of a rectangle, or vertices of a lasso */
  #points = [];
  /** @type {Place | null} where the pointer or the cross is */
  #end = null;
  /** @type {number | null} the pointer that draws, if any */
  #pointer = null;
  /** @type {L.Point | null} its first pixel */
  #start = null;
  #alt = false;
  #asked = 0;

  /**
   * @param {L.Map} map
   * @param {L.Polygon} outline
   * @param {Hooks} hooks
   */
  constructor(map, outline, hooks) {
    this.#map = map;
    this.#outline = outline;
    this.#hooks = hooks;
    const container = map.getContainer();
    container.addEventListener("pointerdown", (event) => this.#down(event));
    container.addEventListener("pointermove", (event) => this.#move(event));
    container.addEventListener("pointerup", (event) => this.#up(event));
    container.addEventListener("pointercancel", () => this.cancel());
    container.ownerDocument.addEventListener("keydown", (event) => this.#modify(event, true));
    container.ownerDocument.addEventListener("keyup", (event) => this.#modify(event, false));
    map.on("move", () => {
      if (this.byKeyboard) this.#follow(map.getCenter());
    });
  }

  get drawing() {
    return this.#points.length > 0;
  }

  get byKeyboard() {
    return this.drawing && this.#pointer === null;
  }

  cancel() {
    cancelAnimationFrame(this.#asked);
    this.#points = [];
    this.#pointer = null;
    this.#alt = false;
    this.#outline.remove();
    this.#hooks.rest();
  }

  /**
   * From the keyboard: a corner, or a vertex, where the cross is; `close` makes it the last of a lasso.
   *
   * @param {Place} place
   */
  put(place, { close = false } = {}) {
    if (!(this.drawing || this.#hooks.begin())) return;
    this.#points.push(place);
    const lasso = close ? LEAST_SIDES : Number.POSITIVE_INFINITY;
    const enough = this.#hooks.outil() === "rectangle" ? 2 : lasso;
    if (this.#points.length >= enough) this.#finish();
    else this.#follow(place);
  }

  // ---- Pointer ---------------------------------------------------------------------------------------------

  /** @param {PointerEvent} event */
  #down(event) {
    const onControl = /** @type {Element} */ (event.target).closest(CONTROLS);
    if (this.#hooks.outil() === "main" || onControl) return;
    // A second finger zooms: no shape.
    if (this.#pointer !== null || !event.isPrimary) this.cancel();
    else if (event.button === 0 && this.#hooks.begin()) this.#begin(event);
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    this.cancel();
    this.#map.getContainer().setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    this.#start = this.#map.mouseEventToContainerPoint(event);
    this.#alt = event.altKey;
    this.#end = this.#map.mouseEventToLatLng(event);
    this.#points = [this.#end];
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#alt = event.altKey;
    const place = this.#map.mouseEventToLatLng(event);
    if (this.#hooks.outil() === "lasso" && this.#isFar(place)) this.#points.push(place);
    this.#follow(place);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer) return;
    if (this.#isClick(event)) {
      this.cancel();
      return;
    }
    this.#points.push(this.#map.mouseEventToLatLng(event));
    this.#finish();
  }

  /** @param {PointerEvent} event */
  #isClick(event) {
    const moved = this.#start && this.#map.mouseEventToContainerPoint(event).distanceTo(this.#start);
    return (moved ?? 0) < SHORTEST && this.#points.length < LEAST_SIDES;
  }

  /** @param {Place} place */
  #isFar(place) {
    const last = this.#points[this.#points.length - 1];
    const from = this.#map.latLngToContainerPoint(last);
    return this.#map.latLngToContainerPoint(place).distanceTo(from) >= STEP;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} pressed
   */
  #modify(event, pressed) {
    if (event.key !== "Alt" || !this.drawing || !this.#end) return;
    event.preventDefault(); // some browsers open their menu
    this.#alt = pressed;
    this.#follow(this.#end);
  }

  // ---- Shape -----------------------------------------------------------------------------------------------

  get #retire() {
    return this.#hooks.retire() || this.#alt;
  }

  /**
   * Once a frame at most: the pointer is faster than the screen.
   *
   * @param {Place} end
   */
  #follow(end) {
    this.#end = end;
    cancelAnimationFrame(this.#asked);
    this.#asked = requestAnimationFrame(() => this.#draw(end));
  }

  /** @param {Place} end */
  #draw(end) {
    const ring = this.#ring([...this.#points, end]);
    this.#outline.setStyle(STYLES[this.#retire ? "retirer" : "ajouter"]);
    this.#outline.setLatLngs(ring).addTo(this.#map);
    this.#hooks.follow(this.#container(ring), this.#retire, end);
  }

  #finish() {
    const contains = this.#container(this.#ring(this.#points));
    const retire = this.#retire;
    this.cancel();
    this.#hooks.end(contains, retire);
  }

  /** @param {Place[]} points */
  #ring(points) {
    return this.#hooks.outil() === "rectangle" ? corners(points[0], points[points.length - 1]) : points;
  }

  /**
   * @param {Place[]} places
   * @returns {Contient}
   */
  #container(places) {
    return insideOf(places.map((place) => onPlane(this.#map, place)));
  }
}
