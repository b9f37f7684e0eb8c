// Rectangle and lasso: a dashed outline over the map, drawn by pointer or from the keyboard.
// Corners are kept in degrees, so that the map may move or zoom meanwhile; what is inside is sought on the
// plane of the projection, where a rectangle of the screen is a rectangle whatever the zoom.
(() => {
  const STEP = 3; // pixels between two points of a lasso
  const CONTROLS = ".leaflet-control, .bandeau, .guide, .message";
  const SHORTEST = 5; // pixels: less is a click, not a shape
  const STYLES = {
    ajouter: { color: window.PALETTE.accent, fillColor: window.PALETTE.accent },
    retirer: { color: window.PALETTE.retrait, fillColor: window.PALETTE.retrait },
  };

  // A rectangle is that of two opposite corners.
  const corners = ([a, b]) => [L.latLng(a.lat, a.lng), L.latLng(a.lat, b.lng), L.latLng(b.lat, b.lng), L.latLng(b.lat, a.lng)];

  // Even-odd rule: how many sides a half-line from the point meets.
  const isInside = ({ x, y }, ring) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i];
      const b = ring[j];
      if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
    }
    return inside;
  };

  window.Formes = class {
    #map;
    #hooks;
    #points = []; // opposite corners of a rectangle, or vertices of a lasso
    #end = null; // where the pointer or the cross is
    #pointer = null; // the pointer that draws, if any
    #start = null; // its first pixel
    #alt = false;
    #asked = 0;

    // `hooks`: outil (rectangle, lasso or main), retire, commencer (may we?), suivre and finir, which are told
    // which points are inside and whether to remove them, and lacher, once nothing is being drawn.
    constructor(map, renderer, hooks) {
      this.#map = map;
      this.#hooks = hooks;
      this.outline = L.polygon([], { renderer, interactive: false, weight: 2.5, dashArray: "7 5", fillOpacity: 0.1 });
      const container = map.getContainer();
      container.addEventListener("pointerdown", (event) => this.#down(event));
      container.addEventListener("pointermove", (event) => this.#move(event));
      container.addEventListener("pointerup", (event) => this.#up(event));
      container.addEventListener("pointercancel", () => this.annuler());
      for (const key of ["keydown", "keyup"]) document.addEventListener(key, (event) => this.#modify(event));
      map.on("move", () => this.auClavier && this.#follow(map.getCenter()));
    }

    get enCours() {
      return this.#points.length > 0;
    }

    get auClavier() {
      return this.enCours && this.#pointer === null;
    }

    annuler() {
      cancelAnimationFrame(this.#asked);
      this.#points = [];
      this.#pointer = null;
      this.#alt = false;
      this.outline.remove();
      this.#hooks.lacher();
    }

    // From the keyboard: a corner, or a vertex, where the cross is. Tells whether the shape is closed by it.
    poser(latlng, { fermer = false } = {}) {
      if (!this.enCours && !this.#hooks.commencer()) return;
      this.#points.push(latlng);
      const enough = this.#hooks.outil() === "rectangle" ? 2 : fermer ? 3 : Infinity;
      if (this.#points.length >= enough) this.#finish();
      else this.#follow(latlng);
    }

    // ---- Pointer -----------------------------------------------------------------------------------------

    #down(event) {
      if (this.#hooks.outil() === "main" || event.target.closest(CONTROLS)) return;
      // A second finger zooms: no shape.
      if (this.#pointer !== null || !event.isPrimary) return this.annuler();
      if (event.button !== 0 || !this.#hooks.commencer()) return;
      this.annuler();
      this.#map.getContainer().setPointerCapture(event.pointerId);
      this.#pointer = event.pointerId;
      this.#start = this.#pixel(event);
      this.#alt = event.altKey;
      this.#points = [this.#place(event)];
      this.#end = this.#points[0];
    }

    #move(event) {
      if (event.pointerId !== this.#pointer) return;
      this.#alt = event.altKey;
      const place = this.#place(event);
      if (this.#hooks.outil() === "lasso" && this.#isFar(place)) this.#points.push(place);
      this.#follow(place);
    }

    #up(event) {
      if (event.pointerId !== this.#pointer) return;
      if (this.#pixel(event).distanceTo(this.#start) < SHORTEST && this.#points.length < 3) return this.annuler();
      this.#points.push(this.#place(event));
      this.#finish();
    }

    #isFar(place) {
      const pixel = (latlng) => this.#map.latLngToContainerPoint(latlng);
      return pixel(place).distanceTo(pixel(this.#points.at(-1))) >= STEP;
    }

    #pixel(event) {
      return this.#map.mouseEventToContainerPoint(event);
    }

    #place(event) {
      return this.#map.mouseEventToLatLng(event);
    }

    #modify(event) {
      if (event.key !== "Alt" || !this.enCours) return;
      event.preventDefault(); // some browsers open their menu
      this.#alt = event.type === "keydown";
      this.#follow(this.#end);
    }

    // ---- Shape -------------------------------------------------------------------------------------------

    get #retire() {
      return this.#hooks.retire() || this.#alt;
    }

    // Once a frame at most: the pointer is faster than the screen.
    #follow(end) {
      this.#end = end;
      cancelAnimationFrame(this.#asked);
      this.#asked = requestAnimationFrame(() => this.#draw());
    }

    #draw() {
      const ring = this.#ring([...this.#points, this.#end]);
      this.outline.setStyle(STYLES[this.#retire ? "retirer" : "ajouter"]);
      this.outline.setLatLngs(ring).addTo(this.#map);
      this.#hooks.suivre(this.#container(ring), this.#retire, this.#end);
    }

    #finish() {
      const contains = this.#container(this.#ring(this.#points));
      const retire = this.#retire;
      this.annuler();
      this.#hooks.finir(contains, retire);
    }

    #ring(points) {
      return this.#hooks.outil() === "rectangle" ? corners([points[0], points.at(-1)]) : points;
    }

    // Tells of a point of the plane whether it is inside; see `Formes.plan`.
    #container(latlngs) {
      const ring = latlngs.map((latlng) => window.Formes.plan(this.#map, latlng));
      const bounds = L.bounds(ring);
      return (point) => bounds.contains(point) && isInside(point, ring);
    }

    static plan(map, latlng) {
      return map.project(latlng, 0);
    }
  };
})();
