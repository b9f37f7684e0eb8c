// What the map shows of the territory besides its shape: communes coloured by an indicator, structures as marks.
(() => {
  const MASQUEE = -1;
  const COULEURS = { masquee: window.PALETTE.secret, manquante: window.PALETTE.absent };
  const MOST_COUNTS = 150; // figures written on the marks in view
  const NARROW = 600; // pixels: a phone, where the legend begins folded
  const BESIDE = 17; // pixels between the marks of two types at one mairie
  const nombre = new Intl.NumberFormat("fr-FR");
  const { element, button, fetchJson } = window.Elements;

  const decimal = (value, decimales) =>
    new Intl.NumberFormat("fr-FR", { minimumFractionDigits: decimales, maximumFractionDigits: decimales }).format(value);

  // ---- Communes coloured by an indicator -----------------------------------------------------------------

  window.Focus = class {
    #map;
    #carte;
    #asked = ""; // what the colours are of, as asked for
    #wanted = null; // { indicateur, methode } or { locale }
    #legende = null; // title, unit, classes… of what is drawn
    #base = []; // départements whose communes make the classes
    #valeurs = new Map(); // by commune: rank of its class and bounds
    #fetched = new Set(); // départements whose values are here
    #refus = "";

    // `carte` gives the polygons by code, the départements drawn, and is told when colours have changed.
    constructor(map, carte) {
      this.#map = map;
      this.#carte = carte;
      this.control = L.control({ position: "bottomright" });
      this.control.onAdd = () => this.#panel();
      this.structures = new Marques(map);
    }

    get actif() {
      return this.#wanted !== null;
    }

    // Tests and measures: the colour of a commune, null while it has none.
    couleur(code) {
      return this.#valeurs.has(code) ? this.#style(code).fillColor : null;
    }

    recevoir({ focus = null, structures = [] }) {
      this.structures.recevoir(structures, this.#carte.departements());
      const asked = JSON.stringify(focus);
      if (asked === this.#asked) return this.#show();
      this.#asked = asked;
      this.#wanted = focus;
      this.#restart();
    }

    // Other départements are drawn: they are coloured too, in the same classes.
    suivre() {
      this.structures.suivre(this.#carte.departements());
      if (this.actif) this.#fetch();
    }

    // What the bubble says of a commune.
    lignes(code) {
      return [...this.#ligne(code), ...this.structures.lignes(code)];
    }

    // Style of a commune of the ground.
    #style(code) {
      if (!this.actif) return { fillColor: window.PALETTE.commune };
      const rank = this.#valeurs.get(code)?.[0];
      if (rank === MASQUEE) return { fillColor: COULEURS.masquee };
      return { fillColor: this.#legende?.classes[rank]?.couleur ?? COULEURS.manquante };
    }

    #ligne(code) {
      if (!this.actif || !this.#legende) return [];
      const { titre, unite, decimales } = this.#legende;
      const [rank, low, high] = this.#valeurs.get(code) ?? [];
      if (low === undefined) return [`${titre} : non disponible`];
      const ends = low === high ? decimal(low, decimales) : `${decimal(low, decimales)} à ${decimal(high, decimales)}`;
      return [`${titre} : ${ends} ${unite}${low === high ? "" : " (secret statistique)"}`];
    }

    #restart() {
      this.#valeurs.clear();
      this.#fetched.clear();
      this.#legende = null;
      this.#refus = "";
      this.#base = this.#carte.departements();
      this.#show();
      if (!this.actif) this.#paint();
      else this.#fetch();
    }

    async #fetch() {
      if (this.#wanted.locale) return this.#keep(this.#wanted.locale, []);
      if (!this.#base.length) this.#base = this.#carte.departements();
      const missing = this.#carte.departements().filter((code) => !this.#fetched.has(code));
      if (!missing.length) return this.#show();
      missing.forEach((code) => this.#fetched.add(code));
      const asked = this.#asked;
      const { indicateur, methode } = this.#wanted;
      const query = new URLSearchParams({ departements: missing, base: this.#base, methode });
      try {
        const drawn = await fetchJson(`/focus/${indicateur}.json?${query}`);
        if (asked === this.#asked) this.#keep(drawn, missing);
      } catch {
        missing.forEach((code) => this.#fetched.delete(code));
        if (asked === this.#asked) this.#refuse();
      }
    }

    #keep({ communes, ...legende }) {
      this.#legende = legende;
      for (const [code, value] of Object.entries(communes)) this.#valeurs.set(code, value);
      this.#show();
      this.#paint();
    }

    #refuse() {
      this.#refus = "Cette carte n’a pas pu être chargée.";
      this.#show();
    }

    #paint() {
      for (const [code, polygon] of this.#carte.communes()) polygon.setStyle(this.#style(code));
      this.#carte.peindre(this.actif);
    }

    // ---- Legend ------------------------------------------------------------------------------------------

    #panel() {
      this.panel = element("details", "legende");
      this.panel.open = this.#map.getContainer().clientWidth > NARROW;
      L.DomEvent.disableClickPropagation(this.panel);
      L.DomEvent.disableScrollPropagation(this.panel);
      return this.panel;
    }

    #show() {
      if (!this.actif && !this.structures.actif) return this.control.remove();
      if (!this.panel?.isConnected) this.control.addTo(this.#map);
      this.panel.replaceChildren(element("summary", "", "Légende"), ...this.#couleurs(), ...this.structures.legende());
    }

    #couleurs() {
      if (!this.actif) return [];
      if (this.#refus) return [element("p", "", this.#refus)];
      if (!this.#legende) return [element("p", "", "Chargement…")];
      const { titre, unite, classes, source, mention, france, decimales } = this.#legende;
      const list = element("ul", "classes");
      list.append(...classes.map(({ couleur, libelle }) => this.#line(couleur, libelle)), ...this.#doubts());
      const parts = [element("strong", "", titre), element("div", "unite", unite), list];
      if (france !== null) parts.push(element("div", "", `France : ${decimal(france, decimales)}`));
      if (mention) parts.push(element("div", "mention", mention));
      parts.push(element("div", "source", source), ...this.#again());
      return parts;
    }

    #doubts() {
      const ranks = [...this.#valeurs.values()].map(([rank]) => rank);
      const hidden = ranks.includes(MASQUEE) ? [this.#line(COULEURS.masquee, "Secret statistique")] : [];
      const absent = ranks.some((rank) => rank < MASQUEE);
      return absent ? [...hidden, this.#line(COULEURS.manquante, "Non disponible")] : hidden;
    }

    #line(couleur, libelle) {
      const line = element("li", "", libelle);
      const square = element("span", "carre");
      square.style.background = couleur;
      line.prepend(square);
      return line;
    }

    // The classes are those of the view in which they were made: elsewhere they can be made anew.
    #again() {
      const here = this.#carte.departements();
      const same = here.length === this.#base.length && here.every((code) => this.#base.includes(code));
      if (same || this.#wanted.locale) return [];
      return [button("recalculer", "Recalculer sur la vue", () => this.#restart())];
    }
  };

  // ---- Structures ----------------------------------------------------------------------------------------

  class Marques {
    #map;
    #types = [];
    #departements = [];
    #asked = "";
    #fetched = new Map(); // by type and département: points and counts
    #parCommune = new Map(); // by type: what the bubble of a commune says

    constructor(map) {
      this.#map = map;
      map.createPane("structures").style.zIndex = 452;
      map.getPane("structures").style.pointerEvents = "none";
      this.canvas = L.canvas({ pane: "structures", padding: 0.3 });
      this.marks = L.layerGroup().addTo(map);
      map.on("moveend", () => this.#draw());
    }

    get actif() {
      return this.#types.length > 0;
    }

    recevoir(types, departements) {
      const asked = JSON.stringify(types);
      if (asked === this.#asked) return;
      this.#asked = asked;
      this.#types = types;
      this.suivre(departements);
    }

    async suivre(departements) {
      this.#departements = departements;
      await Promise.all(this.#types.flatMap(({ code }) => departements.map((each) => this.#fetch(code, each))));
      this.#draw();
    }

    lignes(commune) {
      return this.#types.flatMap(({ code, nom }) => {
        const here = this.#parCommune.get(code)?.get(commune);
        return here ? [`${nom} : ${here}`] : [];
      });
    }

    legende() {
      if (!this.actif) return [];
      const list = element("ul", "classes");
      for (const { nom, couleur, nombre: count } of this.#types) {
        const line = element("li", "", count === null ? nom : `${nom} (${nombre.format(count)})`);
        const mark = element("span", "rond");
        mark.style.background = couleur;
        line.prepend(mark);
        list.append(line);
      }
      return [list];
    }

    async #fetch(type, departement) {
      const key = `${type}:${departement}`;
      if (this.#fetched.has(key)) return;
      this.#fetched.set(key, { points: [], comptes: [] });
      try {
        const marks = await fetchJson(`/structures/${type}.json?departements=${departement}`);
        this.#fetched.set(key, marks);
        this.#index(type, marks);
      } catch {
        this.#fetched.delete(key);
      }
    }

    #index(type, { points, comptes }) {
      const here = this.#parCommune.get(type) ?? new Map();
      this.#parCommune.set(type, here);
      for (const [nom, , , commune] of points) here.set(commune, here.has(commune) ? `${here.get(commune)}, ${nom}` : nom);
      for (const [commune, , , count] of comptes) {
        here.set(commune, here.has(commune) ? `${here.get(commune)}, et ${count} autre${count > 1 ? "s" : ""}` : count);
      }
    }

    #draw() {
      this.marks.clearLayers();
      const view = this.#map.getBounds().pad(0.1);
      const counted = [];
      this.#types.forEach(({ code, couleur }, rank) => {
        for (const departement of this.#departements) {
          const { points, comptes } = this.#fetched.get(`${code}:${departement}`) ?? { points: [], comptes: [] };
          for (const [, lon, lat] of points) if (view.contains([lat, lon])) this.#dot([lat, lon], couleur, 5);
          for (const [, lon, lat, count] of comptes) {
            if (view.contains([lat, lon])) counted.push({ place: this.#beside([lat, lon], rank), couleur, count });
          }
        }
      });
      counted.sort((a, b) => b.count - a.count).forEach((mark, rank) => this.#count(mark, rank < MOST_COUNTS));
    }

    // Types that stand at the same mairie stand side by side.
    #beside(place, rank) {
      const zoom = this.#map.getZoom();
      return this.#map.unproject(this.#map.project(place, zoom).add([BESIDE * rank, 0]), zoom);
    }

    #dot(place, couleur, radius) {
      const style = { radius, color: window.PALETTE.papier, weight: 1.5, fillColor: couleur, fillOpacity: 0.95 };
      this.marks.addLayer(L.circleMarker(place, { ...style, renderer: this.canvas, interactive: false }));
    }

    #count({ place, couleur, count }, written) {
      this.#dot(place, couleur, written ? 9 : 4);
      if (!written) return;
      const html = element("span", "", nombre.format(count));
      const icon = L.divIcon({ className: "compte", html, iconSize: [0, 0] });
      this.marks.addLayer(L.marker(place, { icon, interactive: false, keyboard: false, pane: "structures" }));
    }
  }
})();
