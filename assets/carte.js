// The map of the territory. Contours are fetched by département as the view reaches them, and drawn on two
// canvases: the ground, which answers to the mouse, and above it what is chosen, redrawn alone at each click.
(() => {
  const ZOOM_COMMUNES = 8;
  const ZOOM_RECHERCHE = 11;
  const MOST_LABELS = 60;
  const NARROW = 600; // pixels: a phone
  const WIDE = 1200; // pixels: a projector
  const METROPOLE = [-5.15, 41.33, 9.57, 51.1];
  const LIEUX = [
    ["Métropole", METROPOLE, null],
    ["Guadeloupe", [-61.81, 15.83, -61.0, 16.52], "971"],
    ["Martinique", [-61.23, 14.38, -60.8, 14.88], "972"],
    ["Guyane", [-54.61, 2.11, -51.62, 5.76], "973"],
    ["La Réunion", [55.21, -21.4, 55.84, -20.86], "974"],
    ["Mayotte", [45.01, -13.01, 45.3, -12.63], "976"],
  ];
  const FONDS = {
    "Plan IGN (en ligne)": {
      url:
        "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&STYLE=normal&FORMAT=image/png" +
        "&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
      attribution: '© <a href="https://www.ign.fr/">IGN</a> – Géoplateforme',
    },
    "OpenStreetMap (en ligne)": {
      url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
      attribution: '© <a href="https://www.openstreetmap.org/copyright">contributeurs OpenStreetMap</a>',
    },
  };
  const STYLES = {
    departement: { color: "#7c9896", weight: 1, fillColor: "#ffffff", fillOpacity: 1 },
    limite: { color: "#2f5f5c", weight: 1.6, opacity: 0.8, fill: false },
    commune: { color: "#b4c6c4", weight: 0.7, fillColor: "#ffffff", fillOpacity: 1 },
    choisie: { color: "#854d0e", weight: 1.8, fillColor: "#facc15", fillOpacity: 0.72 },
    survol: { color: "#0f766e", weight: 2.6, fill: false },
    repere: { radius: 9, color: "#854d0e", weight: 2, fillColor: "#facc15", fillOpacity: 0.9 },
  };
  const MEMOIRE = "cpts-geo.vue";
  const nombre = new Intl.NumberFormat("fr-FR");

  const departementOf = (code) => code.slice(0, code.startsWith("97") ? 3 : 2);
  const toBounds = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);

  const place = ({ feature }) => L.latLng(feature.properties.point[1], feature.properties.point[0]);
  const overlap = (a, b) => a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;

  // Text only, never HTML: names come from data.
  const element = (tag, className, text = "") => {
    const node = document.createElement(tag);
    node.className = className;
    node.textContent = text;
    return node;
  };

  const button = (className, text, onClick) => {
    const node = element("button", className, text);
    node.type = "button";
    node.addEventListener("click", onClick);
    return node;
  };

  async function fetchJson(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    return response.json();
  }

  class Departement {
    communes = null; // their layer, once fetched
    limite = null; // exact outline, above the communes
    state = "absent";

    constructor({ nom, bounds }, outline) {
      this.nom = nom;
      this.bounds = toBounds(bounds);
      this.outline = outline;
    }
  }

  class Carte {
    #selection = new Selection((post) => window.Streamlit.setComponentValue(post));
    #departements = new Map();
    #communes = new Map(); // polygons by code
    #chosen = new Map(); // polygons of the chosen communes, above the ground
    #forced = new Set(); // départements whose communes show whatever the zoom
    #fitted = null; // bounds to fit again when the frame changes size, until the person moves
    #vueId = null;
    #session = null;
    #hovered = null;

    constructor(id) {
      this.map = L.map(id, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 4, maxZoom: 17 });
      this.map.createPane("dessus").style.zIndex = 450;
      this.map.getPane("dessus").style.pointerEvents = "none";
      this.ground = L.canvas({ padding: 0.3 });
      this.above = L.canvas({ pane: "dessus", padding: 0.3 });
      this.highlight = L.polygon([], { ...STYLES.survol, renderer: this.above, interactive: false });
      this.tooltip = L.tooltip({ className: "infobulle", direction: "auto", offset: [14, 0], opacity: 1 });
      this.map.createPane("etiquettes").style.zIndex = 460;
      this.map.getPane("etiquettes").style.pointerEvents = "none";
      this.labels = L.layerGroup().addTo(this.map);
      this.reperes = L.layerGroup().addTo(this.map);
      this.#describe();
      this.#addControls();
      this.#fit(METROPOLE, { animate: false });
      this.#listen();
      this.ready = this.#loadDepartements();
    }

    // ---- Python's way in: what it holds, and once per identifier a view to look at ----------------------

    recevoir({ session, selection, reperes, vue }) {
      this.#restore(session);
      this.#selection.receive(selection).forEach((code) => this.#show(code));
      this.#selection.codes.forEach((code) => this.#load(departementOf(code)));
      this.#placeReperes(reperes);
      if (vue && vue.id !== this.#vueId) this.#look(vue);
    }

    // ---- What tests and measures ask ---------------------------------------------------------------------

    get codes() {
      return this.#selection.codes;
    }

    // Départements drawn, and nothing left to fetch.
    get prete() {
      const states = [...this.#departements.values()].map(({ state }) => state);
      return states.length > 0 && !states.includes("loading");
    }

    // Where to click the commune in the frame, or null while it is not drawn.
    pixel(code) {
      const polygon = this.#communes.get(code);
      if (!polygon || !this.map.hasLayer(polygon)) return null;
      const { x, y } = this.map.latLngToContainerPoint(place(polygon));
      return { x, y };
    }

    // ---- Set-up ------------------------------------------------------------------------------------------

    #describe() {
      const container = this.map.getContainer();
      container.setAttribute("role", "application");
      container.setAttribute("aria-roledescription", "carte");
      container.setAttribute(
        "aria-label",
        "Carte des communes de France. Un clic ajoute une commune au territoire ou l’en retire. " +
          "Au clavier, les flèches déplacent la carte et Entrée choisit la commune sous la croix.",
      );
      this.message = element("div", "message");
      this.message.setAttribute("role", "status");
      const aide = element("div", "aide", "Cliquez un département ou zoomez pour voir ses communes");
      container.append(this.message, aide, element("div", "croix"));
    }

    #addControls() {
      const { map } = this;
      L.control.zoom({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" }).addTo(map);
      L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
      L.control.attribution({ prefix: false }).addAttribution("Contours : IGN, 2025").addTo(map);
      const layers = L.control.layers(this.#fonds()).addTo(map);
      const toggle = layers.getContainer().querySelector(".leaflet-control-layers-toggle");
      toggle.title = "Fonds de carte";
      toggle.setAttribute("aria-label", "Fonds de carte");
      const lieux = L.control({ position: "bottomleft" });
      lieux.onAdd = () => this.#lieux();
      lieux.addTo(map);
    }

    // No tile is asked for before one of the online maps is chosen.
    #fonds() {
      const fonds = { "Sans fond de carte": L.layerGroup().addTo(this.map) };
      for (const [nom, { url, attribution }] of Object.entries(FONDS)) {
        fonds[nom] = L.tileLayer(url, { attribution, maxZoom: 19 });
        fonds[nom].on("tileerror", () => this.#say("Fond de carte injoignable : la carte reste utilisable sans lui."));
      }
      return fonds;
    }

    #lieux() {
      const bar = element("details", "lieux");
      bar.open = this.map.getContainer().clientWidth > NARROW;
      bar.append(element("summary", "lieu", "Aller à"));
      for (const [nom, bounds, code] of LIEUX) {
        bar.append(button("lieu", nom, () => this.#goTo(bounds, code ? [code] : [])));
      }
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    }

    #listen() {
      const { map } = this;
      map.on("movestart", () => this.#leave());
      map.on("moveend", () => this.#settle());
      map.on("baselayerchange", ({ layer }) => this.#seeThrough(layer instanceof L.TileLayer));
      const container = map.getContainer();
      for (const gesture of ["pointerdown", "wheel", "keydown"]) {
        container.addEventListener(gesture, () => this.#take(gesture === "keydown"), { passive: true });
      }
      container.addEventListener("keydown", (event) => this.#key(event));
      // The frame gets its size late, and changes with the window.
      new ResizeObserver(() => {
        map.invalidateSize({ animate: false, pan: false });
        if (this.#fitted) this.#fit(this.#fitted, { animate: false });
      }).observe(container);
    }

    // ---- Départements and their communes -----------------------------------------------------------------

    async #loadDepartements() {
      this.#say("Chargement de la carte…");
      try {
        const outlines = await fetchJson("/geo/departements.geojson");
        outlines.features.forEach((feature) => this.#addDepartement(feature));
      } catch {
        await this.#askRetry("La carte n’a pas pu être chargée.");
        return this.#loadDepartements();
      }
      this.#say("");
      this.#selection.codes.forEach((code) => this.#load(departementOf(code)));
      this.#refresh();
    }

    #addDepartement(feature) {
      const { code, nom, bounds } = feature.properties;
      const outline = L.geoJSON(feature, { style: { ...STYLES.departement, renderer: this.ground } });
      outline.on("mouseover mousemove", ({ latlng }) => this.#hover(code, latlng, [nom]));
      outline.on("mouseout", () => this.#leave());
      outline.on("click", () => this.map.getZoom() < ZOOM_COMMUNES && this.#goTo(bounds, [code]));
      outline.addTo(this.map);
      this.#departements.set(code, new Departement(feature.properties, outline));
    }

    #load(code) {
      const departement = this.#departements.get(code);
      if (departement?.state === "absent") departement.loading = this.#fetchCommunes(code, departement);
      return departement?.loading;
    }

    async #fetchCommunes(code, departement) {
      departement.state = "loading";
      this.#sayLoading();
      try {
        this.#addCommunes(departement, await fetchJson(`/geo/${code}.geojson`));
        departement.state = "loaded";
      } catch {
        departement.state = "failed";
      }
      this.#sayLoading();
      this.#refresh();
    }

    #addCommunes(departement, collection) {
      departement.communes = L.geoJSON(collection, {
        style: { ...STYLES.commune, renderer: this.ground },
        onEachFeature: ({ properties: { code } }, polygon) => this.#communes.set(code, polygon),
      });
      departement.communes.on("mouseover mousemove", ({ propagatedFrom, latlng }) => this.#point(propagatedFrom, latlng));
      departement.communes.on("mouseout", () => this.#leave());
      departement.communes.on("click", (event) => {
        L.DomEvent.stop(event);
        this.#toggle(event.propagatedFrom.feature.properties.code);
      });
      departement.limite = L.geoJSON(collection.contour, {
        interactive: false,
        style: { ...STYLES.limite, renderer: this.above },
      });
      collection.features.forEach(({ properties }) => this.#show(properties.code));
    }

    // Shows the communes in view and takes the others off: the map stays light.
    #refresh() {
      const close = this.map.getZoom() >= ZOOM_COMMUNES;
      const view = this.map.getBounds().pad(0.1);
      this.map.getContainer().classList.toggle("loin", !close && this.#forced.size === 0);
      for (const [code, departement] of this.#departements) {
        const wanted = view.intersects(departement.bounds) && (close || this.#forced.has(code));
        if (wanted) this.#load(code);
        this.#setShown(departement.communes, wanted);
        this.#setShown(departement.outline, !(wanted && departement.communes));
        this.#setShown(departement.limite, wanted);
        if (wanted) departement.limite?.bringToBack();
      }
      this.#label();
    }

    #setShown(layer, wanted) {
      if (!layer || wanted === this.map.hasLayer(layer)) return;
      if (wanted) layer.addTo(this.map);
      else layer.remove();
    }

    // Names the most peopled communes in view, as many as fit without touching one another.
    #label() {
      this.labels.clearLayers();
      const view = this.map.getBounds();
      const inView = [...this.#communes.values()]
        .filter((polygon) => this.map.hasLayer(polygon) && view.contains(place(polygon)))
        .sort((a, b) => b.feature.properties.population - a.feature.properties.population);
      const taken = [];
      for (const polygon of inView) {
        if (taken.length >= MOST_LABELS) break;
        const box = this.#labelBox(polygon);
        if (taken.some((other) => overlap(box, other))) continue;
        taken.push(box);
        this.labels.addLayer(this.#labelOf(polygon));
      }
    }

    #labelBox(polygon) {
      const { x, y } = this.map.latLngToContainerPoint(place(polygon));
      const letter = this.map.getContainer().clientWidth > WIDE ? 5 : 4.2;
      const half = letter * polygon.feature.properties.nom.length + 14;
      return { west: x - half, east: x + half, north: y - 13, south: y + 13 };
    }

    #labelOf(polygon) {
      const name = element("span", "", polygon.feature.properties.nom);
      const icon = L.divIcon({ className: "etiquette", html: name, iconSize: [0, 0] });
      return L.marker(place(polygon), { icon, interactive: false, keyboard: false, pane: "etiquettes" });
    }

    #seeThrough(transparent) {
      const fillOpacity = transparent ? 0.05 : 1;
      STYLES.departement.fillOpacity = STYLES.commune.fillOpacity = fillOpacity;
      for (const { outline, communes } of this.#departements.values()) {
        outline.setStyle({ fillOpacity });
        communes?.setStyle({ fillOpacity });
      }
      this.#say("");
    }

    // ---- Selection ---------------------------------------------------------------------------------------

    #toggle(code) {
      this.#selection.apply(this.#selection.has(code) ? { retirer: [code] } : { ajouter: [code] });
      this.#show(code);
    }

    #show(code) {
      this.#chosen.get(code)?.remove();
      this.#chosen.delete(code);
      const polygon = this.#communes.get(code);
      if (!polygon || !this.#selection.has(code)) return;
      const style = { ...STYLES.choisie, renderer: this.above, interactive: false };
      this.#chosen.set(code, L.polygon(polygon.getLatLngs(), style).addTo(this.map));
    }

    // Communes that have no contour: a mark where their mairie stands.
    #placeReperes(reperes) {
      this.reperes.clearLayers();
      for (const { nom, lat, lon } of reperes) {
        const text = element("span", "", `${nom} : contour non disponible`);
        L.circleMarker([lat, lon], STYLES.repere).bindTooltip(text, { className: "infobulle" }).addTo(this.reperes);
      }
    }

    // ---- Mouse and keyboard ------------------------------------------------------------------------------

    #point(polygon, latlng) {
      const { code, nom, population, departement } = polygon.feature.properties;
      if (code !== this.#hovered) this.highlight.setLatLngs(polygon.getLatLngs()).addTo(this.map);
      this.#hover(code, latlng, [nom, `${nombre.format(population)} habitants`, departement]);
    }

    #hover(code, latlng, [title, ...lines]) {
      if (code !== this.#hovered) {
        const content = element("div", "");
        content.append(element("strong", "", title), ...lines.map((line) => element("div", "", line)));
        this.tooltip.setContent(content);
        this.#hovered = code;
      }
      this.tooltip.setLatLng(latlng).openOn(this.map);
    }

    #leave() {
      this.#hovered = null;
      this.highlight.remove();
      this.tooltip.remove();
    }

    #key(event) {
      if (event.target !== this.map.getContainer() || !["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      const polygon = this.#underCross();
      if (polygon) this.#toggle(polygon.feature.properties.code);
    }

    #underCross() {
      const point = this.map.latLngToLayerPoint(this.map.getCenter());
      const candidates = [...this.#communes.values()].filter((polygon) => this.map.hasLayer(polygon));
      // Leaflet's own hit test of a canvas; it has no public name.
      return candidates.find((polygon) => polygon._containsPoint(point));
    }

    // The person has the map in hand: it is no longer fitted to anything, and the cross shows for the keyboard.
    #take(byKeyboard) {
      this.#fitted = null;
      this.map.getContainer().classList.toggle("clavier", byKeyboard);
    }

    // ---- View --------------------------------------------------------------------------------------------

    #fit(bounds, options = {}) {
      this.map.fitBounds(toBounds(bounds), { padding: [10, 10], ...options });
      this.#fitted = bounds;
    }

    #goTo(bounds, departements) {
      this.#forced = new Set(departements);
      this.#fit(bounds);
      this.#refresh();
    }

    async #look({ id, code, bounds, departements }) {
      this.#vueId = id;
      await this.ready;
      if (bounds) this.#goTo(bounds, departements);
      else await this.#lookAtCommune(code);
    }

    async #lookAtCommune(code) {
      const departement = departementOf(code);
      await this.#load(departement);
      const around = this.#communes.get(code)?.getBounds() ?? this.#departements.get(departement)?.bounds;
      if (around) this.map.fitBounds(around, { maxZoom: ZOOM_RECHERCHE });
    }

    #settle() {
      this.#refresh();
      const { lat, lng } = this.map.getCenter();
      const view = { session: this.#session, vueId: this.#vueId, center: [lat, lng], zoom: this.map.getZoom() };
      if (this.#session) sessionStorage.setItem(MEMOIRE, JSON.stringify(view));
      const polygon = this.map.getContainer().classList.contains("clavier") && this.#underCross();
      if (polygon) this.#point(polygon, this.map.getCenter());
    }

    // Back from another page, the map is where it was left.
    #restore(session) {
      if (this.#session) return;
      this.#session = session;
      const kept = JSON.parse(sessionStorage.getItem(MEMOIRE) ?? "{}");
      if (kept.session !== session) return;
      this.#vueId = kept.vueId;
      this.#fitted = null;
      this.map.setView(kept.center, kept.zoom, { animate: false });
    }

    // ---- Messages ----------------------------------------------------------------------------------------

    #say(text, ...actions) {
      this.message.replaceChildren(text, ...actions);
      this.message.classList.toggle("attente", text.endsWith("…"));
    }

    #sayLoading() {
      const names = (wanted) =>
        [...this.#departements.values()].filter(({ state }) => state === wanted).map(({ nom }) => nom);
      const list = (noms) => (noms.length > 3 ? `${noms.length} départements` : noms.join(", "));
      const loading = names("loading");
      const failed = names("failed");
      if (loading.length) this.#say(`Chargement des communes : ${list(loading)}…`);
      else if (failed.length) this.#sayFailure(list(failed));
      else this.#say("");
    }

    async #sayFailure(noms) {
      await this.#askRetry(`Communes non chargées : ${noms}.`);
      for (const departement of this.#departements.values()) {
        if (departement.state === "failed") departement.state = "absent";
      }
      this.#selection.codes.forEach((code) => this.#load(departementOf(code)));
      this.#refresh();
    }

    #askRetry(text) {
      return new Promise((resolve) => this.#say(text, button("reessayer", "Réessayer", resolve)));
    }
  }

  window.CarteCpts = {
    create(id) {
      window.carte = new Carte(id);
      return window.carte.map;
    },
  };
})();
