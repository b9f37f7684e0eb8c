// What the map shows of the territory besides its shape: communes coloured by an indicator, and structures.

/** @import { CarteIndicateur, MessageFocus, ValeurCommune } from "../messages.js" */

import { button, element } from "../socle/elements.js";
import { decimal } from "../socle/francais.js";
import { FONDS_COMMUNE } from "../socle/styles.js";
import { describeIndicateur, describeStructures, Legende } from "./legende.js";
import { Structures } from "./structures.js";

const MASQUEE = -1;
const MANQUANTE = -2;
const SANS_OBJET = -3;

/** @type {Record<number, string>} what is said where there is no figure, by rank */
const ABSENCES = { [MASQUEE]: "secret statistique", [SANS_OBJET]: "sans objet" };

/**
 * @typedef {object} Hooks
 * @property {() => string[]} departements those whose communes are drawn
 * @property {(styleOf: (code: string) => L.PathOptions) => void} paint
 */

/**
 * What the bubble says of a commune.
 *
 * @param {Pick<CarteIndicateur, "titre" | "unite" | "decimales">} drawn
 * @param {ValeurCommune | undefined} value
 */
export function describeValeur({ titre, unite, decimales }, value) {
  const [rank, low, high = low] = value ?? [];
  if (low === undefined || high === undefined) {
    return `${titre} : ${(rank !== undefined && ABSENCES[rank]) || "non disponible"}`;
  }
  if (low === high) return `${titre} : ${decimal(low, decimales)} ${unite}`;
  return `${titre} : ${decimal(low, decimales)} à ${decimal(high, decimales)} ${unite} (secret statistique)`;
}

/**
 * @param {string[]} some
 * @param {string[]} others
 */
const isSame = (some, others) => some.length === others.length && some.every((code) => others.includes(code));

export class Focus {
  #hooks;
  #fetchJson;
  #legende;
  #structures;
  #asked = "null"; // what the colours are of, as asked for
  /** @type {NonNullable<MessageFocus["focus"]> | null} */
  #wanted = null;
  /** @type {Omit<CarteIndicateur, "communes"> | null} title, unit, classes… of what is drawn */
  #drawn = null;
  /** @type {string[]} départements whose communes make the classes */
  #base = [];
  /** @type {Map<string, ValeurCommune>} */
  #valeurs = new Map();
  /** @type {Set<string>} départements whose values are here */
  #fetched = new Set();
  #refus = "";

  /**
   * @param {L.Map} map
   * @param {(url: string) => Promise<any>} fetchJson
   * @param {Hooks} hooks
   */
  constructor(map, fetchJson, hooks) {
    this.#hooks = hooks;
    this.#fetchJson = fetchJson;
    this.#legende = new Legende(map);
    this.#structures = new Structures(map, fetchJson);
  }

  /** Communes are coloured. */
  get active() {
    return this.#wanted !== null;
  }

  /**
   * Tests and measures: the colour of a commune, null while it has none.
   *
   * @param {string} code
   */
  couleur(code) {
    return this.#valeurs.has(code) ? this.#styleOf(code).fillColor : null;
  }

  /** @param {MessageFocus} message */
  receive({ focus = null, structures = [] }) {
    this.#structures.receive(structures, this.#hooks.departements());
    const asked = JSON.stringify(focus);
    if (asked === this.#asked) {
      this.#show();
      return;
    }
    this.#asked = asked;
    this.#wanted = focus;
    this.#restart();
  }

  /** Other départements are drawn: they are coloured too, in the same classes. */
  follow() {
    this.#structures.follow(this.#hooks.departements());
    if (this.active) this.#fetch();
  }

  /**
   * What the bubble says of a commune.
   *
   * @param {string} code
   */
  lines(code) {
    const coloured = this.#drawn && this.active ? [describeValeur(this.#drawn, this.#valeurs.get(code))] : [];
    return [...coloured, ...this.#structures.lines(code)];
  }

  /** @param {string} code */
  #styleOf(code) {
    if (!this.active) return { fillColor: FONDS_COMMUNE.neutre };
    const rank = this.#valeurs.get(code)?.[0];
    if (rank === MASQUEE) return { fillColor: FONDS_COMMUNE.masquee };
    const classe = rank === undefined ? undefined : this.#drawn?.classes[rank];
    return { fillColor: classe?.couleur ?? FONDS_COMMUNE.manquante };
  }

  #restart() {
    this.#valeurs.clear();
    this.#fetched.clear();
    this.#drawn = null;
    this.#refus = "";
    this.#base = this.#hooks.departements();
    this.#show();
    if (this.active) this.#fetch();
    else this.#paint();
  }

  async #fetch() {
    const wanted = this.#wanted;
    if (!wanted) return;
    if ("locale" in wanted) {
      this.#keep(wanted.locale);
      return;
    }
    const here = this.#hooks.departements();
    if (!this.#base.length) this.#base = here;
    const missing = here.filter((code) => !this.#fetched.has(code));
    if (missing.length) await this.#fetchMissing(wanted, missing);
    else this.#show();
  }

  /**
   * @param {import("../messages.js").IndicateurDemande} wanted
   * @param {string[]} missing départements
   */
  async #fetchMissing({ indicateur, methode }, missing) {
    for (const code of missing) this.#fetched.add(code);
    const asked = this.#asked;
    const query = new URLSearchParams({ departements: missing.join(), base: this.#base.join(), methode });
    try {
      const drawn = await this.#fetchJson(`/focus/${indicateur}.json?${query}`);
      if (asked === this.#asked) this.#keep(drawn);
    } catch {
      for (const code of missing) this.#fetched.delete(code);
      if (asked === this.#asked) this.#refuse();
    }
  }

  /** @param {CarteIndicateur} served */
  #keep({ communes, ...drawn }) {
    this.#drawn = drawn;
    for (const [code, value] of Object.entries(communes)) this.#valeurs.set(code, value);
    this.#show();
    this.#paint();
  }

  #refuse() {
    this.#refus = "Cette carte n’a pas pu être chargée.";
    this.#show();
  }

  #paint() {
    this.#hooks.paint((code) => this.#styleOf(code));
  }

  // ---- Legend ----------------------------------------------------------------------------------------------

  #show() {
    this.#legende.show([...this.#describe(), ...describeStructures(this.#structures.types)]);
  }

  #describe() {
    if (!this.active) return [];
    if (this.#refus) return [element("p", "", this.#refus)];
    if (!this.#drawn) return [element("p", "", "Chargement…")];
    const ranks = [...this.#valeurs.values()].map(([rank]) => rank);
    const doubts = {
      masquee: ranks.includes(MASQUEE),
      manquante: ranks.includes(MANQUANTE),
      sansObjet: ranks.includes(SANS_OBJET),
    };
    return [...describeIndicateur(this.#drawn, doubts), ...this.#again()];
  }

  // The classes are those of the view in which they were made: elsewhere they can be made anew.
  #again() {
    const local = this.#wanted && "locale" in this.#wanted;
    if (local || isSame(this.#hooks.departements(), this.#base)) return [];
    return [button("recalculer", "Recalculer sur la vue", () => this.#restart())];
  }
}
