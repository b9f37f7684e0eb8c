// The map of the territory. Contours are fetched by département as the view reaches them, and drawn on two
// canvases: the ground, which answers to the mouse, and above it what is chosen, redrawn alone at each click.
(() => {
  const ZOOM_COMMUNES = 8;
  const ZOOM_RECHERCHE = 11;
  const MOST_LABELS = 60;
  const NARROW = 600; // pixels: a phone
  const WIDE = 1200; // pixels: a projector
  const ROOM = { paddingTopLeft: [10, 52], paddingBottomRight: [10, 44] }; // pixels, left to the controls
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
    departement: { color: window.PALETTE.departement_ferme, weight: 1, fillColor: window.PALETTE.commune, fillOpacity: 1 },
    limite: { color: window.PALETTE.limite_departement, weight: 1.6, opacity: 0.8, fill: false },
    commune: { color: window.PALETTE.limite_commune, weight: 0.7, fillColor: window.PALETTE.commune, fillOpacity: 1 },
    choisie: { weight: 1.8, fillOpacity: 0.72 }, // with the colours of its scenario
    socle: { color: window.PALETTE.papier, weight: 5, fill: false },
    survol: { color: window.PALETTE.encre, weight: 2.6, fill: false },
    halo: { color: window.PALETTE.papier, weight: 6.5, opacity: 0.85, fill: false }, // the hovered outline shows on any colour
    repere: { radius: 9, weight: 2, fillOpacity: 0.9 },
  };
  const MEMOIRE = "cpts-geo.vue";
  const BRIEF_MS = 4000;
  const TYPES = { epci: "EPCI", canton: "Canton", bassin_vie: "Bassin de vie", departement: "Département" };
  const GUIDES = {
    loin: "Cliquez un département ou zoomez pour voir ses communes",
    departement: "Cliquez un département pour le prendre entier",
    seul: "Un clic remplace tout le territoire",
    zoomer: "Zoomez pour dessiner",
    rectangle: "Tracez un rectangle",
    lasso: "Entourez les communes",
    rectangleClavier: "Flèches, puis Entrée au coin opposé",
    lassoClavier: "Entrée à chaque point, Maj + Entrée pour fermer",
    verrou: "Territoire verrouillé",
  };
  const VERROUILLE = "Territoire verrouillé\u00a0: touche v pour le déverrouiller";
  const NAVIGATION = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", " ", "+", "-", "Tab"];
  const nombre = new Intl.NumberFormat("fr-FR");

  const { element, button, fetchJson } = window.Elements;
  const communes = (count) => `${nombre.format(count)}\u00a0commune${count > 1 ? "s" : ""}`;
  const habitants = (count) => `${nombre.format(count)} habitants`;

  const departementOf = (code) => code.slice(0, code.startsWith("97") ? 3 : 2);
  const toBounds = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);

  const place = ({ feature }) => L.latLng(feature.properties.point[1], feature.properties.point[0]);
  const overlap = (a, b) => a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;

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
    #zones = new Zones();
    #departements = new Map();
    #communes = new Map(); // polygons by code
    #chosen = new Map(); // polygons of the chosen communes, above the ground
    #forced = new Set(); // départements whose communes show whatever the zoom
    #fitted = null; // bounds to fit again when the frame changes size, until the person moves
    #vueId = null;
    #session = null;
    #focus;
    #coloured = false;
    #outils;
    #formes;
    #clavier;
    #pointed = null; // the commune or the département under the pointer
    #hovered = null; // what a click there would take

    constructor(id) {
      this.map = L.map(id, { zoomControl: false, attributionControl: false, zoomSnap: 0.25, minZoom: 4, maxZoom: 17, boxZoom: false });
      this.map.createPane("dessus").style.zIndex = 450;
      this.map.getPane("dessus").style.pointerEvents = "none";
      this.ground = L.canvas({ padding: 0.3 });
      this.above = L.canvas({ pane: "dessus", padding: 0.3 });
      this.map.createPane("survol").style.zIndex = 455;
      this.map.getPane("survol").style.pointerEvents = "none";
      this.tracing = L.svg({ pane: "survol", padding: 0.3 });
      this.halo = L.polygon([], { ...STYLES.halo, renderer: this.tracing, interactive: false });
      this.highlight = L.polygon([], { ...STYLES.survol, renderer: this.tracing, interactive: false });
      this.tooltip = L.tooltip({ className: "infobulle", direction: "auto", offset: [14, 0], opacity: 1 });
      this.map.createPane("etiquettes").style.zIndex = 460;
      this.map.getPane("etiquettes").style.pointerEvents = "none";
      this.labels = L.layerGroup().addTo(this.map);
      this.reperes = L.layerGroup().addTo(this.map);
      this.#describe();
      this.#addControls();
      this.#addFocus();
      this.#addTools();
      this.#fit(METROPOLE, { animate: false });
      this.#listen();
      this.ready = this.#loadDepartements();
    }

    // ---- Python's way in: what it holds, and once per identifier a view to look at ----------------------

    recevoir({ session, selection, couleurs, historique, verrou, reperes, vue, focus, structures }) {
      this.#restore(session);
      if (couleurs) this.#colour(couleurs);
      this.#selection.receive(selection, { historique, verrou }).forEach((code) => this.#show(code));
      this.#tell();
      this.#selection.codes.forEach((code) => this.#load(departementOf(code)));
      this.#placeReperes(reperes);
      this.#focus.recevoir({ focus, structures });
      if (vue && vue.id !== this.#vueId) this.#look(vue);
    }

    // What to show besides the territory, when it alone has changed.
    montrer(message) {
      this.#focus.recevoir(message);
    }

    // A key pressed here or on the page around; tells whether it was ours.
    raccourci(event) {
      return this.#clavier.press(event);
    }

    // ---- What tests and measures ask ---------------------------------------------------------------------

    get unite() {
      return this.#outils.unite;
    }

    get outil() {
      return this.#outils.outil;
    }

    get codes() {
      return this.#selection.codes;
    }

    // Colour of a commune by the indicator shown, null without one.
    couleur(code) {
      return this.#focus.couleur(code);
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
          "Au clavier, les flèches déplacent la carte, Entrée choisit ce qui est sous la croix, ? donne l’aide.",
      );
      this.message = element("div", "message");
      this.message.setAttribute("role", "status");
      container.append(this.message, element("div", "croix"));
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

    #addFocus() {
      this.#focus = new Focus(this.map, {
        communes: () => this.#communes,
        departements: () => this.#drawn(),
        peindre: (coloured) => this.#paint(coloured),
      });
    }

    // Départements whose communes are drawn.
    #drawn() {
      const entries = [...this.#departements].filter(([, { communes: layer }]) => layer && this.map.hasLayer(layer));
      return entries.map(([code]) => code);
    }

    #addTools() {
      const { map } = this;
      this.#outils = new Outils(map, {
        changer: () => this.#adopt(),
        annuler: () => this.#command("annuler"),
        refaire: () => this.#command("refaire"),
        verrouiller: () => this.#lock(),
        aider: () => this.#clavier.basculer(),
      });
      this.#formes = new Formes(map, this.tracing, {
        outil: () => this.#outils.outil,
        retire: () => this.#outils.retire,
        commencer: () => this.#mayDraw(),
        suivre: (contains, retire, latlng) => this.#preview(contains, retire, latlng),
        finir: (contains, retire) => this.#change(this.#inside(contains, retire)),
        lacher: () => this.#rest(),
      });
      this.#clavier = new Clavier(this.#actions());
      this.#adopt();
    }

    #actions() {
      const outils = this.#outils;
      const unites = ["commune", "epci", "canton", "bassin_vie", "departement"];
      return {
        ...Object.fromEntries(unites.map((unite) => [unite, () => outils.choisirUnite(unite)])),
        rectangle: () => outils.choisirOutil("rectangle"),
        lasso: () => outils.choisirOutil("lasso"),
        inverser: () => this.#reverse(),
        grouper: () => outils.basculerGroupe(),
        annuler: () => this.#command("annuler"),
        refaire: () => this.#command("refaire"),
        verrouiller: () => this.#lock(),
        aider: () => this.#clavier.basculer(),
        echapper: () => this.#escape(),
      };
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
      for (const gesture of ["pointerdown", "wheel"]) {
        container.addEventListener(gesture, () => this.#take(false), { passive: true });
      }
      container.addEventListener("keydown", (event) => this.#key(event));
      document.addEventListener("keydown", (event) => this.raccourci(event) && event.preventDefault());
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
      this.#zones.prefetch();
    }

    #addDepartement(feature) {
      const { code } = feature.properties;
      const outline = L.geoJSON(feature, { style: { ...STYLES.departement, renderer: this.ground } });
      outline.on("mouseover mousemove", ({ latlng }) => this.#point(code, latlng));
      outline.on("mouseout", () => this.#leave());
      outline.on("click", () => this.#click(code));
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
        onEachFeature: ({ properties: { code } }, polygon) => {
          polygon.plan = Formes.plan(this.map, place(polygon));
          this.#communes.set(code, polygon);
        },
      });
      const codeOf = ({ propagatedFrom }) => propagatedFrom.feature.properties.code;
      departement.communes.on("mouseover mousemove", (event) => this.#point(codeOf(event), event.latlng));
      departement.communes.on("mouseout", () => this.#leave());
      departement.communes.on("click", (event) => {
        L.DomEvent.stop(event);
        this.#click(codeOf(event));
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
      this.#guide();
      this.#focus.suivre();
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

    // ---- What one click takes ----------------------------------------------------------------------------

    // A commune, or the group it belongs to; null while the groups are not here yet.
    #unitOf(code) {
      const { unite, trace } = this.#outils;
      const departement = this.#departements.get(code);
      if (departement) return this.#departementUnit(code, departement);
      if (unite === "commune" || trace) return this.#communeUnit(code);
      if (!this.#zones.isLoaded(unite)) return null;
      const zone = this.#zones.ofCommune(unite, code);
      return zone ? this.#zoneUnit(zone) : this.#communeUnit(code, `Sans ${TYPES[unite]}`);
    }

    #communeUnit(code, ...lignes) {
      const { nom, population, departement } = this.#communes.get(code).feature.properties;
      return {
        geste: "commune",
        nom,
        lignes: [habitants(population), departement, ...lignes, ...this.#focus.lignes(code)],
        communes: [code],
        contour: this.#communes.get(code).getLatLngs(),
      };
    }

    #zoneUnit(zone) {
      const { type, code, nom, population, communes: codes } = zone;
      const chosen = codes.filter((each) => this.#selection.has(each)).length;
      const lignes = [`${TYPES[type]} · ${communes(codes.length)}`, habitants(population)];
      if (chosen === codes.length) lignes.push("Déjà dans le territoire");
      else if (chosen) lignes.push(`${communes(chosen)} déjà dans le territoire`);
      return { geste: `${type}:${code}`, nom, lignes, communes: codes, zone };
    }

    // Seen from afar: it opens at a click, unless clicks take whole départements.
    #departementUnit(code, { nom, outline }) {
      const polygon = outline.getLayers()[0];
      const contour = polygon.getLatLngs();
      const zone = this.#zones.get("departement", code);
      const taken = this.#outils.unite === "departement" && !this.#outils.trace;
      if (taken) return zone ? { ...this.#zoneUnit(zone), contour } : null;
      return { nom, lignes: [], communes: [], contour, ouvre: polygon.feature.properties };
    }

    #click(code) {
      if (this.#outils.trace) return;
      const unit = this.#unitOf(code);
      if (!unit) return this.#loadZones(() => this.#click(code));
      if (!unit.ouvre) this.#toggle(unit);
      else if (this.map.getZoom() < ZOOM_COMMUNES) this.#goTo(unit.ouvre.bounds, [unit.ouvre.code]);
    }

    #loadZones(then) {
      const failed = () => this.#sayBriefly("Les groupes de communes n’ont pas pu être chargés. Réessayez.");
      this.#zones.load(this.#outils.unite).then(then, failed);
    }

    // ---- Selection ---------------------------------------------------------------------------------------

    // Takes the whole of a unit off when it is all chosen, adds what is missing otherwise.
    #toggle({ communes: codes, geste }) {
      const missing = codes.filter((code) => !this.#selection.has(code));
      const others = this.#others(codes);
      if (missing.length || others.length) this.#change({ ajouter: missing, retirer: others, geste });
      else this.#change({ ajouter: [], retirer: codes, geste });
    }

    // What goes when these come: nothing when communes are grouped, all the rest when one takes one at a time.
    #others(codes) {
      if (this.#outils.groupe) return [];
      const kept = new Set(codes);
      return this.#selection.codes.filter((code) => !kept.has(code));
    }

    #inside(contains, retire) {
      const codes = [...this.#communes].filter(([, polygon]) => this.map.hasLayer(polygon) && contains(polygon.plan));
      const inside = codes.map(([code]) => code);
      const geste = this.#outils.outil;
      if (retire) return { ajouter: [], retirer: inside.filter((code) => this.#selection.has(code)), geste };
      const missing = inside.filter((code) => !this.#selection.has(code));
      return { ajouter: missing, retirer: inside.length ? this.#others(inside) : [], geste };
    }

    // One step for undo, however many communes.
    #change({ ajouter, retirer, geste }) {
      if (this.#selection.verrou) return this.#sayBriefly(VERROUILLE);
      if (!ajouter.length && !retirer.length) return;
      this.#selection.apply({ ajouter, retirer, geste });
      [...ajouter, ...retirer].forEach((code) => this.#show(code));
      new Set(ajouter.map(departementOf)).forEach((departement) => this.#load(departement));
      this.#tell();
      this.#aimAgain();
    }

    #command(commande) {
      if (this.#selection.verrou) return this.#sayBriefly(VERROUILLE);
      if (this.#selection.historique[commande] === null) return;
      this.#selection.command(commande);
      this.#tell();
    }

    #lock() {
      this.#formes.annuler();
      this.#selection.command(this.#selection.verrou ? "deverrouiller" : "verrouiller");
      this.#tell();
    }

    #tell() {
      this.#outils.montrer(this.#selection.historique, this.#selection.verrou);
      this.#guide();
    }

    // The colours of the scenario being drawn.
    #colour({ fond, trait }) {
      const colours = { color: trait, fillColor: fond };
      if (STYLES.choisie.color === trait && STYLES.choisie.fillColor === fond) return;
      Object.assign(STYLES.choisie, colours);
      Object.assign(STYLES.repere, colours);
      this.#showAgain();
    }

    // When communes are coloured by an indicator, those chosen only keep their outline, on a white one.
    #paint(coloured) {
      if (this.#coloured === coloured) return;
      this.#coloured = coloured;
      this.#showAgain();
    }

    #showAgain() {
      [...this.#chosen.keys()].forEach((code) => this.#show(code));
    }

    #show(code) {
      this.#chosen.get(code)?.remove();
      this.#chosen.delete(code);
      const polygon = this.#communes.get(code);
      if (!polygon || !this.#selection.has(code)) return;
      const styles = this.#coloured ? [STYLES.socle, { ...STYLES.choisie, fill: false }] : [STYLES.choisie];
      const common = { renderer: this.above, interactive: false };
      const drawn = styles.map((style) => L.polygon(polygon.getLatLngs(), { ...style, ...common }));
      this.#chosen.set(code, L.layerGroup(drawn).addTo(this.map));
    }

    // Communes that have no contour: a mark where their mairie stands.
    #placeReperes(reperes) {
      this.reperes.clearLayers();
      for (const { nom, lat, lon } of reperes) {
        const text = element("span", "", `${nom} : contour non disponible`);
        L.circleMarker([lat, lon], STYLES.repere).bindTooltip(text, { className: "infobulle" }).addTo(this.reperes);
      }
    }

    // ---- Tools -------------------------------------------------------------------------------------------

    // The tool in hand has changed.
    #adopt() {
      const { trace } = this.#outils;
      this.#formes.annuler();
      for (const handler of [this.map.dragging, this.map.doubleClickZoom]) {
        if (trace) handler.disable();
        else handler.enable();
      }
      this.map.getContainer().classList.toggle("trace", trace);
      this.#leave();
      this.#guide();
    }

    #reverse() {
      this.#outils.inverser();
      if (this.#outils.trace) return;
      this.#sayBriefly(`Rectangle et lasso\u00a0: ${this.#outils.retire ? "retirer" : "ajouter"} des communes`);
    }

    // Tells whether there was something to leave.
    #escape() {
      if (this.#clavier.fermer()) return true;
      if (this.#formes.enCours) this.#formes.annuler();
      else if (this.#outils.trace) this.#outils.choisirOutil("main");
      else return false;
      return true;
    }

    get #communesDrawn() {
      return [...this.#departements.values()].some(({ communes: layer }) => layer && this.map.hasLayer(layer));
    }

    #mayDraw() {
      this.#leave();
      if (this.#selection.verrou) this.#sayBriefly(VERROUILLE);
      return !this.#selection.verrou && this.#communesDrawn;
    }

    // What the shape would change if it ended here.
    #preview(contains, retire, latlng) {
      const { ajouter, retirer } = this.#inside(contains, retire);
      const codes = retire ? retirer : ajouter;
      const people = codes.reduce((sum, code) => sum + this.#communes.get(code).feature.properties.population, 0);
      const count = codes.length ? communes(codes.length) : "Aucune commune";
      this.#describeHover(`${count} à ${retire ? "retirer" : "ajouter"}`, codes.length ? [habitants(people)] : []);
      this.tooltip.setLatLng(latlng).openOn(this.map);
      this.#guide();
    }

    #rest() {
      this.tooltip.remove();
      this.#guide();
    }

    #guide() {
      const shape = this.#outils.trace && !this.#selection.verrou && this.#communesDrawn;
      this.#outils.guider(GUIDES[this.#situation()] ?? "", { sens: shape });
    }

    #situation() {
      const { trace, outil, unite, groupe } = this.#outils;
      if (this.#selection.verrou) return "verrou";
      if (trace && !this.#communesDrawn) return "zoomer";
      if (trace) return this.#formes.auClavier ? `${outil}Clavier` : outil;
      if (this.#communesDrawn) return groupe ? null : "seul";
      return unite === "departement" ? "departement" : "loin";
    }

    // ---- Mouse and keyboard ------------------------------------------------------------------------------

    #point(code, latlng) {
      if (this.#formes.enCours) return;
      if (code !== this.#pointed) this.#aim(code);
      this.tooltip.setLatLng(latlng).openOn(this.map);
    }

    // Names and outlines what a click would take. While the groups are on their way, the commune itself.
    #aim(code) {
      this.#pointed = code;
      const unit = this.#unitOf(code);
      if (!unit) this.#loadZones(() => this.#pointed === code && this.#aim(code));
      const { nom, lignes, geste, contour, zone } = unit ?? this.#waiting(code);
      const cle = zone ? geste : code;
      if (cle === this.#hovered) return;
      this.#hovered = cle;
      this.#describeHover(nom, lignes);
      this.#outline(contour ?? []);
      if (zone && !contour) this.#zones.contour(zone).then((latlngs) => cle === this.#hovered && this.#outline(latlngs));
    }

    #waiting(code) {
      const nom = this.#communes.get(code)?.feature.properties.nom ?? this.#departements.get(code).nom;
      return { nom, lignes: [`${TYPES[this.#outils.unite]}…`] };
    }

    // The selection has changed under the pointer.
    #aimAgain() {
      const code = this.#pointed;
      this.#pointed = this.#hovered = null;
      if (code && this.map.hasLayer(this.tooltip)) this.#aim(code);
    }

    #describeHover(title, lines) {
      const content = element("div", "");
      content.append(element("strong", "", title), ...lines.map((line) => element("div", "", line)));
      this.tooltip.setContent(content);
    }

    #outline(latlngs) {
      for (const layer of [this.halo, this.highlight]) layer.setLatLngs(latlngs).addTo(this.map);
    }

    #leave() {
      this.#pointed = this.#hovered = null;
      this.halo.remove();
      this.highlight.remove();
      if (!this.#formes.enCours) this.tooltip.remove();
    }

    #key(event) {
      if (event.target !== this.map.getContainer()) return;
      if (NAVIGATION.includes(event.key)) this.#take(true);
      if (!["Enter", " "].includes(event.key)) return;
      event.preventDefault();
      if (this.#outils.trace) return this.#formes.poser(this.map.getCenter(), { fermer: event.shiftKey });
      const code = this.#underCross();
      if (code) this.#click(code);
    }

    // Code of the commune, or from afar of the département.
    #underCross() {
      const point = this.map.latLngToLayerPoint(this.map.getCenter());
      const outlines = [...this.#departements].map(([code, { outline }]) => [code, outline.getLayers()[0]]);
      const candidates = [...this.#communes, ...outlines].filter(([, polygon]) => this.map.hasLayer(polygon));
      // Leaflet's own hit test of a canvas; it has no public name.
      return candidates.find(([, polygon]) => polygon._containsPoint(point))?.[0];
    }

    // The person has the map in hand: it is no longer fitted to anything, and the cross shows for the keyboard.
    #take(byKeyboard) {
      this.#fitted = null;
      this.map.getContainer().classList.toggle("clavier", byKeyboard);
    }

    // ---- View --------------------------------------------------------------------------------------------

    #fit(bounds, options = {}) {
      this.map.fitBounds(toBounds(bounds), { ...ROOM, ...options });
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
      const code = this.map.getContainer().classList.contains("clavier") && this.#underCross();
      if (code) this.#point(code, this.map.getCenter());
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

    #sayBriefly(text) {
      this.#say(text);
      clearTimeout(this.silence);
      this.silence = setTimeout(() => this.message.textContent === text && this.#say(""), BRIEF_MS);
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
