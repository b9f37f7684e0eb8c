// The map of the territory: puts its parts together, and hands from one to the other what they tell.

/** @import { Action } from "./gestes/clavier.js" */
/** @import { Place } from "./socle/geometrie.js" */
/** @import { Declarations, Envoi, Message, MessageFocus } from "./messages.js" */

import { Annonce } from "./autour/annonce.js";
import { Barre } from "./autour/barre.js";
import { Fiche } from "./autour/fiche.js";
import { situation } from "./autour/guide.js";
import { Vue } from "./autour/vue.js";
import { Focus } from "./focus/focus.js";
import { Chargement } from "./fond/chargement.js";
import { Communes, departementOf } from "./fond/communes.js";
import { layOut } from "./fond/couches.js";
import { Departements } from "./fond/departements.js";
import { Etiquettes } from "./fond/etiquettes.js";
import { addFonds, addLieux } from "./fond/fonds.js";
import { Clavier } from "./gestes/clavier.js";
import { Formes } from "./gestes/formes.js";
import { Outils } from "./gestes/outils.js";
import { Pointage, underCross } from "./gestes/pointage.js";
import { sections } from "./gestes/touches.js";
import { element } from "./socle/elements.js";
import { habitants, communes as inCommunes } from "./socle/francais.js";
import { Memoire } from "./socle/memoire.js";
import { fetchJson } from "./socle/requetes.js";
import { STYLES } from "./socle/styles.js";
import { Attente, CLE } from "./territoire/attente.js";
import { Choisies } from "./territoire/choisies.js";
import { enclose, toggle } from "./territoire/operations.js";
import { Prises } from "./territoire/prises.js";
import { Selection } from "./territoire/selection.js";
import { Territoire } from "./territoire/territoire.js";
import { Zones } from "./territoire/zones.js";

const NAVIGATION = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter", " ", "+", "-", "Tab"];
const DESCRIPTION =
  "Carte des communes de France. Un clic ajoute une commune au territoire ou l’en retire. " +
  "Au clavier, les flèches déplacent la carte, Entrée choisit ce qui est sous la croix, ? donne l’aide.";

export class Carte {
  #declarations;
  #selection;
  #territoire;
  #zones = new Zones(fetchJson);
  #communes;
  #departements;
  #choisies;
  #etiquettes;
  #focus;
  #outils;
  #barre;
  #formes;
  #clavier;
  #fiche;
  #prises;
  #pointage;
  #vue;
  #annonce;
  #chargement;
  #ready;

  /**
   * @param {L.Map} map
   * @param {Declarations} declarations
   * @param {(envoi: Envoi) => void} send what Python must know
   */
  constructor(map, declarations, send) {
    this.map = map;
    this.#declarations = declarations;
    this.#selection = new Selection(send, new Attente(new Memoire(CLE)));
    const isChosen = (/** @type {string} */ code) => this.#selection.has(code);
    const couches = layOut(map);
    this.#communes = new Communes(map);
    this.#departements = this.#makeDepartements(couches);
    this.#choisies = new Choisies(map, couches, this.#communes, isChosen);
    this.#etiquettes = new Etiquettes(map, this.#communes);
    this.#vue = this.#makeVue();
    this.#annonce = describeContainer(map.getContainer());
    this.#chargement = this.#makeChargement();
    this.#territoire = this.#makeTerritoire();
    this.#addControls();
    this.#focus = this.#makeFocus();
    this.#outils = new Outils(declarations, new Memoire("cpts-geo.outils"), () => this.#choose());
    this.#prises = this.#makePrises(isChosen);
    this.#pointage = this.#makePointage(couches);
    this.#barre = this.#makeBarre();
    this.#formes = this.#makeFormes(couches);
    this.#fiche = new Fiche(sections(declarations));
    this.#clavier = new Clavier(sections(declarations), this.#actions(), this.#fiche);
    this.#takeInHand();
    this.#vue.fit(declarations.lieux[0].bounds, { animate: false });
    this.#listen();
    this.#ready = this.#chargement.begin();
    this.#ready.then(() => this.#zones.prefetch(groupesOf(declarations)));
  }

  // ---- What Python says, and the page around ---------------------------------------------------------------

  /** @param {Message} message */
  receive({ session, selection, couleurs, historique, verrou, reperes, vue, focus, structures }) {
    this.#vue.restore(session);
    if (couleurs) this.#choisies.colour(couleurs);
    const { changed, perdues } = this.#selection.receive(selection, { session, historique, verrou });
    this.#choisies.show(changed);
    if (perdues) this.#annonce.sayBriefly(notResumed(perdues));
    this.#tell();
    this.#chargement.loadOf(this.#selection.codes);
    this.#choisies.mark(reperes);
    this.show({ focus, structures });
    if (vue) this.#vue.look(vue);
  }

  /**
   * What to show besides the territory, when it alone has changed.
   *
   * @param {MessageFocus} message
   */
  show(message) {
    this.#focus.receive(message);
  }

  /**
   * A key pressed here or on the page around; tells whether it was ours.
   *
   * @param {KeyboardEvent} event
   */
  press(event) {
    return this.#clavier.press(event);
  }

  /** The connection is back: asks again for what could not be had. */
  retry() {
    this.#annonce.retry();
  }

  // ---- What tests and measures ask -------------------------------------------------------------------------

  get unite() {
    return this.#outils.unite;
  }

  get outil() {
    return this.#outils.outil;
  }

  get codes() {
    return this.#selection.codes;
  }

  /** The outline of what a click would take. */
  get highlight() {
    return this.#pointage.highlight;
  }

  /** Départements are drawn, and nothing is left to fetch. */
  get prete() {
    return this.#departements.ready;
  }

  /**
   * Colour of a commune by the indicator shown, null without one.
   *
   * @param {string} code
   */
  couleur(code) {
    return this.#focus.couleur(code);
  }

  /**
   * Where to click the commune in the frame, or null while it is not drawn.
   *
   * @param {string} code
   */
  pixel(code) {
    const commune = this.#communes.get(code);
    if (!(commune && this.map.hasLayer(commune.polygon))) return null;
    const { x, y } = this.map.latLngToContainerPoint(commune.place);
    return { x, y };
  }

  // ---- Parts -----------------------------------------------------------------------------------------------

  /** @param {import("./fond/couches.js").Couches} couches */
  #makeDepartements(couches) {
    return new Departements(this.map, couches, this.#communes, fetchJson, {
      point: (code, place) => this.#pointage.point(code, place),
      leave: () => this.#pointage.leave(),
      click: (code) => this.#click(code),
      progress: () => this.#chargement.tell(),
      arrive: (codes) => this.#choisies.show(codes),
      refresh: () => this.#refresh(),
    });
  }

  #makeChargement() {
    return new Chargement(this.#departements, this.#annonce, {
      chosen: () => this.#selection.codes,
      refresh: () => this.#refresh(),
    });
  }

  #makeTerritoire() {
    return new Territoire(this.#selection, this.#annonce, {
      change: ({ ajouter, retirer }) => {
        this.#choisies.show([...ajouter, ...retirer]);
        this.#chargement.loadOf(ajouter);
        this.#pointage.aimAgain();
      },
      tell: () => this.#tell(),
    });
  }

  #makeVue() {
    return new Vue(this.map, new Memoire("cpts-geo.vue"), {
      ready: () => this.#ready,
      refresh: () => this.#refresh(),
      reach: (code) => this.#reach(code),
    });
  }

  #addControls() {
    const { map } = this;
    L.control.zoom({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution("Contours : IGN, 2025").addTo(map);
    const unreachable = "Fond de carte injoignable : la carte reste utilisable sans lui.";
    addFonds(map, this.#declarations.fonds, () => this.#annonce.say(unreachable));
    addLieux(map, this.#declarations.lieux, ({ bounds, departements }) =>
      this.#vue.goTo(bounds, departements),
    );
  }

  #makeFocus() {
    return new Focus(this.map, fetchJson, {
      departements: () => this.#departements.drawn(),
      paint: (styleOf) => {
        for (const { code, polygon } of this.#communes.all()) polygon.setStyle(styleOf(code));
        this.#choisies.outline(this.#focus.active);
      },
    });
  }

  /** @param {(code: string) => boolean} isChosen */
  #makePrises(isChosen) {
    const lieux = { communes: this.#communes, departements: this.#departements, zones: this.#zones };
    const moreLines = (/** @type {string} */ code) => this.#focus.lines(code);
    return new Prises(this.#declarations.unites, lieux, this.#outils, isChosen, moreLines);
  }

  /** @param {import("./fond/couches.js").Couches} couches */
  #makePointage(couches) {
    return new Pointage(this.map, couches.trace, this.#prises, this.#zones, {
      drawing: () => this.#formes.drawing,
      loadZones: (then) => this.#loadZones(then),
    });
  }

  #makeBarre() {
    return new Barre(this.map, this.#declarations, this.#outils, {
      annuler: () => this.#territoire.command("annuler"),
      refaire: () => this.#territoire.command("refaire"),
      verrouiller: () => this.#lock(),
      aider: () => this.#fiche.toggle(),
    });
  }

  /** @param {import("./fond/couches.js").Couches} couches */
  #makeFormes(couches) {
    const outline = L.polygon([], { ...STYLES.trace, renderer: couches.trace, interactive: false });
    return new Formes(this.map, outline, {
      outil: () => this.#outils.outil,
      retire: () => this.#outils.retire,
      begin: () => this.#mayDraw(),
      follow: (contains, retire, place) => this.#preview(contains, retire, place),
      end: (contains, retire) => this.#territoire.change(this.#enclosed(contains, retire)),
      rest: () => this.#rest(),
    });
  }

  /** @returns {Record<string, Action>} by their names in the list of keys */
  #actions() {
    const { unites, outils } = this.#declarations;
    const taken = unites.map(({ code }) => [code, () => this.#outils.chooseUnite(code)]);
    const held = outils.map(({ code }) => [code, () => this.#outils.chooseOutil(code)]);
    return {
      ...Object.fromEntries([...taken, ...held]),
      main: () => this.#escape(),
      inverser: () => this.#reverse(),
      grouper: () => this.#outils.toggleGroupe(),
      annuler: () => this.#territoire.command("annuler"),
      refaire: () => this.#territoire.command("refaire"),
      verrouiller: () => this.#lock(),
      aider: () => this.#fiche.toggle(),
    };
  }

  #listen() {
    const { map } = this;
    map.on("movestart", () => this.#pointage.leave());
    map.on("moveend", () => this.#settle());
    map.on("baselayerchange", ({ layer }) => this.#seeThrough(layer instanceof L.TileLayer));
    const container = map.getContainer();
    for (const gesture of ["pointerdown", "wheel"]) {
      container.addEventListener(gesture, () => this.#take(false), { passive: true });
    }
    container.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => this.press(event) && event.preventDefault());
    // The frame gets its size late, and changes with the window.
    new ResizeObserver(() => this.#vue.resize()).observe(container);
  }

  // ---- Contours --------------------------------------------------------------------------------------------

  #refresh() {
    this.map.getContainer().classList.toggle("loin", this.#vue.far);
    this.#departements.refresh(this.#vue.close, this.#vue.forced);
    this.#etiquettes.draw();
    this.#guide();
    this.#focus.follow();
  }

  /** @param {boolean} transparent */
  #seeThrough(transparent) {
    this.#departements.seeThrough(transparent);
    this.#annonce.say("");
  }

  // ---- View ------------------------------------------------------------------------------------------------

  /** @param {string} commune */
  async #reach(commune) {
    const departement = departementOf(commune);
    await this.#departements.load(departement);
    return this.#communes.get(commune)?.polygon.getBounds() ?? this.#departements.get(departement)?.bounds;
  }

  #settle() {
    this.#refresh();
    this.#vue.remember();
    const code = this.map.getContainer().classList.contains("clavier") && this.#underCross();
    if (code) this.#pointage.point(code, this.map.getCenter());
  }

  /**
   * The person has the map in hand; from the keyboard, the cross shows.
   *
   * @param {boolean} byKeyboard
   */
  #take(byKeyboard) {
    this.#vue.release();
    this.map.getContainer().classList.toggle("clavier", byKeyboard);
  }

  // ---- Clicks ----------------------------------------------------------------------------------------------

  /** @param {string} code of the commune, or from afar of the département */
  #click(code) {
    if (this.#outils.trace) return;
    const prise = this.#prises.at(code);
    if (!prise) this.#loadZones(() => this.#click(code));
    else if (!prise.ouvre) this.#territoire.change(toggle(prise, this.#selection, this.#outils.groupe));
    else if (!this.#vue.close) this.#vue.goTo(prise.ouvre.bounds, [prise.ouvre.code]);
  }

  /** @param {() => void} then */
  #loadZones(then) {
    const failed = "Les groupes de communes n’ont pas pu être chargés. Réessayez.";
    this.#zones.load(this.#outils.unite).then(then, () => this.#annonce.sayBriefly(failed));
  }

  #underCross() {
    return underCross(this.map, this.#communes, this.#departements);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this.map.getContainer()) return;
    if (NAVIGATION.includes(event.key)) this.#take(true);
    if (!["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    if (this.#outils.trace) {
      this.#formes.put(this.map.getCenter(), { close: event.shiftKey });
      return;
    }
    const code = this.#underCross();
    if (code) this.#click(code);
  }

  // ---- Territory -------------------------------------------------------------------------------------------

  #lock() {
    this.#formes.cancel();
    this.#territoire.toggleLock();
  }

  #tell() {
    this.#barre.tell(this.#selection.historique, this.#selection.verrou);
    this.#guide();
  }

  // ---- Tools -----------------------------------------------------------------------------------------------

  #choose() {
    this.#barre.draw();
    this.#barre.fold();
    this.#takeInHand();
  }

  /** The tool in hand may have changed. */
  #takeInHand() {
    const { trace } = this.#outils;
    this.#formes.cancel();
    for (const handler of [this.map.dragging, this.map.doubleClickZoom]) {
      if (trace) handler.disable();
      else handler.enable();
    }
    this.map.getContainer().classList.toggle("trace", trace);
    this.#pointage.leave();
    this.#guide();
  }

  #reverse() {
    this.#outils.reverse();
    if (this.#outils.trace) return;
    this.#annonce.sayBriefly(
      `Rectangle et lasso\u00a0: ${this.#outils.retire ? "retirer" : "ajouter"} des communes`,
    );
  }

  /** Tells whether there was something to leave. */
  #escape() {
    if (this.#fiche.open) this.#fiche.close();
    else if (this.#formes.drawing) this.#formes.cancel();
    else if (this.#outils.trace) this.#outils.chooseOutil("main");
    else return false;
    return true;
  }

  get #near() {
    return this.#departements.drawn().length > 0;
  }

  #mayDraw() {
    this.#pointage.leave();
    return !this.#territoire.refuse() && this.#near;
  }

  /**
   * What a shape changes.
   *
   * @param {import("./gestes/formes.js").Contient} contains
   * @param {boolean} retire
   */
  #enclosed(contains, retire) {
    const inside = this.#communes.drawn().filter(({ plan }) => contains(plan));
    const how = { geste: this.#outils.outil, retire, groupe: this.#outils.groupe };
    return enclose(
      inside.map(({ code }) => code),
      this.#selection,
      how,
    );
  }

  /**
   * What the shape would change if it ended here.
   *
   * @param {import("./gestes/formes.js").Contient} contains
   * @param {boolean} retire
   * @param {Place} place
   */
  #preview(contains, retire, place) {
    const { ajouter, retirer } = this.#enclosed(contains, retire);
    const codes = retire ? retirer : ajouter;
    const people = codes.reduce((sum, code) => sum + (this.#communes.get(code)?.population ?? 0), 0);
    const count = codes.length ? inCommunes(codes.length) : "Aucune commune";
    const lines = codes.length ? [habitants(people)] : [];
    this.#pointage.describe(`${count} à ${retire ? "retirer" : "ajouter"}`, lines);
    this.#pointage.openBubble(place);
    this.#guide();
  }

  #rest() {
    this.#pointage.closeBubble();
    this.#guide();
  }

  #guide() {
    const { trace, outil, unite, groupe } = this.#outils;
    const { verrou } = this.#selection;
    const [proche, auClavier] = [this.#near, this.#formes.byKeyboard];
    const doing = situation({ verrou, trace, outil, unite, groupe, proche, auClavier });
    const text = doing ? this.#declarations.guides[doing] : "";
    this.#barre.help(text, { sens: trace && !verrou && proche });
  }
}

/**
 * @param {HTMLElement} container
 * @returns {Annonce} where the map says what it does
 */
function describeContainer(container) {
  container.setAttribute("role", "application");
  container.setAttribute("aria-roledescription", "carte");
  container.setAttribute("aria-label", DESCRIPTION);
  const message = element("div", "message");
  container.append(message, element("div", "croix"));
  return new Annonce(message);
}

/** @param {number} count */
const notResumed = (count) =>
  count > 1
    ? `${count} changements faits sans connexion n’ont pas été repris\u00a0: le territoire n’est plus le même.`
    : "Un changement fait sans connexion n’a pas été repris\u00a0: le territoire n’est plus le même.";

/** @param {Declarations} declarations */
const groupesOf = ({ unites }) => unites.map(({ code }) => code).filter((code) => code !== "commune");
