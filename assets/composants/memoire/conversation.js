// Decides what is kept, when, and what the person must be told; it knows neither the page nor the clock.

import { cleFiche } from "./gardes.js";

/** @import { Gardes } from "./gardes.js" */
/** @import { Suspens } from "../../page/connexion.js" */
/** @import { ChoixVersion, Fiche, Garde, MessageMemoire, ReponsesMemoire, VueMemoire } from "../types.js" */

/**
 * The project was changed in another tab; `empreinte` is the work of this tab that need not be kept again, `copie`
 * whether what it did since is kept apart.
 *
 * @typedef {{ id: string, empreinte: string, copie: boolean }} Conflit
 */

/**
 * @typedef {{
 *   tell: <Name extends keyof ReponsesMemoire>(name: Name, value: ReponsesMemoire[Name]) => void,
 *   show: (vue: VueMemoire) => void,
 *   later: (action: () => void) => void,
 *   sign: () => { marque: string, date: number },
 *   dateOf: (date: number) => string,
 * }} Autour
 */

export class Conversation {
  #gardes;
  #autour;
  /** @type {MessageMemoire | null} */
  #message = null;
  #complements = "";
  /** What this tab last read or wrote, by project. @type {Map<string, Pick<Fiche, "marque" | "empreinte">>} */
  #connues = new Map();
  /** Projects that were given back, until Python answers. @type {Set<string>} */
  #rendus = new Set();
  #oublies = 0;
  /** The work of this tab that another one has had forgotten, as its `empreinte`. @type {string | null} */
  #oubli = null;
  /** @type {Conflit | null} */
  #conflit = null;
  /** What was there when the person chose to take the version of the other tab. @type {MessageMemoire | null} */
  #remplace = null;
  /** @type {"" | "plein" | "interdit"} */
  #panne = "";
  #enregistre = false;
  /** @type {Suspens} */
  #suspens = "";

  /**
   * @param {Gardes} gardes
   * @param {Autour} autour
   */
  constructor(gardes, autour) {
    this.#gardes = gardes;
    this.#autour = autour;
  }

  /** @param {string} complements what people wrote, packed */
  receiveComplements(complements) {
    this.#complements = complements;
    this.#autour.later(() => this.flush());
  }

  /** @param {MessageMemoire} message */
  receive(message) {
    if (message.session !== this.#message?.session) this.#forgetSession();
    const another = message.id !== this.#message?.id;
    this.#message = message;
    if (another) [this.#conflit, this.#enregistre, this.#oubli] = [null, false, null];
    for (const { id, nom } of message.oublis.slice(this.#oublies)) {
      this.#gardes.forget(id);
      this.#gardes.forgetAncien(nom);
    }
    this.#oublies = message.oublis.length;
    if (message.id && !this.#giveBack(message)) this.#autour.later(() => this.flush());
    this.#show();
  }

  /** Keep what has changed; called once things are at rest, and when the page is left. */
  flush() {
    const message = this.#message;
    if (!message?.id || this.#isAsked(message) || message === this.#remplace) return;
    const kept = this.#gardes.read(message.id);
    if (!kept && message.garde.empreinte === this.#oubli) return;
    this.#oubli = null;
    if (kept && this.#isForeign(kept, message)) {
      this.#conflit ??= { id: message.id, empreinte: "", copie: false };
      if (message.garde.empreinte !== this.#conflit.empreinte) this.#keepApart(message, this.#conflit);
    } else {
      this.#conflit = null;
      this.#keep(message.id, message.garde, kept);
    }
    this.#show();
  }

  /** @param {string | null} key of what another tab has just changed or forgotten */
  changed(key) {
    const message = this.#message;
    if (!message?.id || key !== cleFiche(message.id) || this.#isAsked(message)) return;
    const { id } = message;
    const kept = this.#gardes.read(id);
    if (kept && this.#isForeign(kept, message)) {
      const safe = this.#enregistre ? message.garde.empreinte : "";
      this.#conflit ??= { id, empreinte: safe, copie: false };
    } else {
      if (kept) this.#connues.set(id, kept);
      // Forgotten by the other tab: kept again at the next change only.
      else [this.#enregistre, this.#oubli] = [false, message.garde.empreinte];
      this.#conflit = null;
    }
    this.#show();
  }

  /** @param {Suspens} suspens why what is done now does not reach Python, hence is not kept */
  suspend(suspens) {
    this.#suspens = suspens;
    this.#show();
  }

  /** @param {ChoixVersion} quoi what the person chose */
  choose(quoi) {
    if (quoi === "prendre") this.#take();
    else this.#autour.tell("choix", { quoi });
  }

  #take() {
    const [message, conflit] = [this.#message, this.#conflit];
    const kept = message && this.#gardes.read(message.id);
    if (!(kept && conflit)) return;
    const complements = this.#gardes.readComplements(message.id);
    this.#autour.tell("choix", { quoi: "prendre", etats: kept.etats, complements });
    this.#connues.set(message.id, kept);
    if (conflit.copie) this.#gardes.forget(message.copie);
    [this.#conflit, this.#remplace] = [null, message];
    this.#show();
  }

  #forgetSession() {
    this.#connues.clear();
    this.#rendus.clear();
    [this.#oublies, this.#conflit, this.#remplace, this.#panne] = [0, null, null, ""];
  }

  /** @param {MessageMemoire} message */
  #isAsked({ id, relire }) {
    return relire && this.#rendus.has(id);
  }

  /**
   * Another tab has kept other work since this one last read or wrote: neither what it then was, nor what this
   * one has made of it.
   *
   * @param {Fiche} kept
   * @param {MessageMemoire} message
   */
  #isForeign(kept, { id, garde }) {
    const known = this.#connues.get(id);
    return kept.marque !== known?.marque && ![known?.empreinte, garde.empreinte].includes(kept.empreinte);
  }

  /**
   * Give Python what is kept of a project that it has just read in an address.
   *
   * @param {MessageMemoire} message
   * @returns {boolean} whether its answer must be awaited before anything is kept
   */
  #giveBack(message) {
    if (!message.relire || this.#connues.has(message.id)) return false;
    if (this.#rendus.has(message.id)) return true;
    const reponse = this.#found(message);
    if (!reponse) return false;
    this.#rendus.add(message.id);
    this.#autour.tell("relu", reponse);
    return true;
  }

  /**
   * @param {MessageMemoire} message
   * @returns {ReponsesMemoire["relu"] | null}
   */
  #found({ id, sans_identite, garde }) {
    // A link of the first versions bears no identity: that of the same territory kept here is its own.
    const same = sans_identite ? this.#gardes.list().find(({ lien }) => lien === garde.lien) : undefined;
    const kept = this.#gardes.read(id) ?? same;
    if (kept) {
      const known = same?.id ?? id;
      this.#connues.set(known, kept);
      const complements = this.#gardes.readComplements(known);
      const date = this.#autour.dateOf(kept.date);
      return { id: known, etats: kept.etats, complements, date, renomme: kept.renomme ?? "" };
    }
    const ancien = sans_identite && this.#gardes.readAncien(garde.nom);
    return ancien ? { ancien } : null;
  }

  /**
   * @param {string} id
   * @param {Garde} garde
   * @param {Fiche | null} kept
   */
  #keep(id, garde, kept) {
    if (kept && isSame(kept, garde) && this.#gardes.readComplements(id) === this.#complements) {
      this.#connues.set(id, kept);
      this.#told("");
      return;
    }
    const signature = this.#autour.sign();
    const panne = this.#gardes.write(id, garde, this.#complements, signature);
    if (!panne) this.#connues.set(id, { ...garde, ...signature });
    this.#told(panne);
  }

  /**
   * @param {MessageMemoire} message
   * @param {Conflit} conflit
   */
  #keepApart({ copie, garde }, conflit) {
    this.#keep(copie, garde, this.#gardes.read(copie));
    [conflit.empreinte, conflit.copie] = [garde.empreinte, this.#enregistre];
  }

  /** @param {"" | "plein" | "interdit"} panne */
  #told(panne) {
    this.#enregistre = !panne;
    if (panne !== this.#panne) this.#autour.tell("panne", panne);
    this.#panne = panne;
  }

  #show() {
    const { id = "", gardee = "" } = this.#message ?? {};
    const { copie = false } = this.#conflit ?? {};
    const enregistre = Boolean(id) && this.#enregistre;
    this.#autour.show({
      enregistre,
      panne: id ? this.#panne : "",
      suspens: this.#suspens,
      conflit: Boolean(this.#conflit),
      copie,
      gardee: id ? gardee : "",
    });
  }
}

/**
 * @param {Fiche} kept
 * @param {Garde} garde
 */
const isSame = (kept, garde) =>
  !kept.renomme && kept.etats === garde.etats && kept.lien === garde.lien && kept.nom === garde.nom;
