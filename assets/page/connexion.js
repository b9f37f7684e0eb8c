// The connection to the server, as Streamlit tells it to the page around it: what is said while it is cut, and what
// is asked of Streamlit once it is back, so that nothing that was done meanwhile is lost.

/**
 * @typedef {object} TextesConnexion
 * @property {string} perdue
 * @property {string} attente_une
 * @property {string} attente_plusieurs
 * @property {string} finie
 * @property {string} retablie
 * @property {string} introuvable
 * @property {string} erreur
 */

/**
 * What Streamlit says of itself.
 * @typedef {{ type: string, attemptingToReconnect?: boolean, error?: string }} Annonce
 */

/**
 * Why what is done now is not kept yet: the connection must come back, or the map be opened, which sends what was
 * done there. Empty when everything is on its way.
 *
 * @typedef {"" | "connexion" | "carte"} Suspens
 */

/**
 * @typedef {object} Hooks
 * @property {(type: string, more?: object) => void} ask something of Streamlit
 * @property {() => number} waiting how many changes the server has not confirmed
 * @property {() => boolean} onMap whether the page has the map, which alone sends them
 * @property {(suspens: Suspens) => void} suspend say that what is done is not kept yet, or that it is again
 * @property {(text: string, how?: { recharger?: boolean, fermer?: boolean }) => void} say nothing when empty
 * @property {() => void} back the connection is there again
 */

/** A cut shorter than this is not worth a word. */
const DISCRETION_MS = 1_500;
const BRIEF_MS = 4_000;
/** How soon it is seen that nothing waits any more. */
const REPRISE_MS = 400;
/**
 * A server that leaves a sign of life unanswered for so long is taken for lost, and called again. To ask for
 * another one begins the wait anew: it is not done before the first is over.
 */
const SILENCE_MS = 6_000;
const VEILLE_MS = 8_000;

export class Connexion {
  #textes;
  #hooks;
  #cut = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;
  /** @type {Suspens} */
  #suspens = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #next;

  /**
   * @param {TextesConnexion} textes
   * @param {Hooks} hooks
   */
  constructor(textes, hooks) {
    this.#textes = textes;
    this.#hooks = hooks;
    setInterval(() => this.#watch(), VEILLE_MS);
  }

  /** @param {Annonce} annonce */
  hear({ type, attemptingToReconnect = true, error }) {
    if (type === "WEBSOCKET_DISCONNECTED") this.#lose(attemptingToReconnect);
    else if (type === "WEBSOCKET_CONNECTED") this.#find();
    else if (type === "CLIENT_ERROR_DIALOG") this.#fail(error ?? "");
  }

  /** The page was asleep, or hidden: its connection may have died without a word. */
  wake() {
    if (!this.#cut) this.#hooks.ask("SEND_APP_HEARTBEAT", { ackTimeoutMilliseconds: SILENCE_MS });
  }

  /** @param {boolean} trying */
  #lose(trying) {
    this.#cut = true;
    if (trying) this.#soon(() => this.#tell(), DISCRETION_MS);
    else {
      this.#hooks.say(this.#textes.finie, { recharger: true });
      this.#follow();
    }
  }

  /** What the server holds may be of another session: the whole page is asked for, not a part that it ignores. */
  #find() {
    if (!this.#cut) {
      this.#followSoon(); // an earlier page may have left what the map alone sends
      return;
    }
    this.#cut = false;
    this.#hooks.ask("RERUN_SCRIPT");
    this.#hooks.back();
    this.#hooks.say(this.#textes.retablie);
    this.#soon(() => this.#hooks.say(""), BRIEF_MS);
  }

  /** @param {string} error its title, or its kind */
  #fail(error) {
    if (error === "Connection error") this.#tell();
    else if (error === "Page not found") this.#hooks.say(this.#textes.introuvable, { fermer: true });
    else this.#hooks.say(this.#textes.erreur, { recharger: true });
  }

  #tell() {
    const count = this.#hooks.waiting();
    const waiting = count > 1 ? this.#textes.attente_plusieurs.replace("{}", String(count)) : "";
    this.#hooks.say([this.#textes.perdue, count === 1 ? this.#textes.attente_une : waiting].join(" ").trim());
    if (!this.#cut) return;
    this.#soon(() => this.#tell(), DISCRETION_MS);
    this.#follow();
  }

  #watch() {
    if (this.#hooks.waiting() === 0) return;
    this.wake();
    this.#followSoon();
  }

  /** What is confirmed meanwhile is not worth a word. */
  #followSoon() {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => this.#follow(), this.#suspens ? 0 : DISCRETION_MS);
  }

  /** Says why what is done is not kept yet, until it is. */
  #follow() {
    clearTimeout(this.#next);
    const suspens = this.#why();
    if (suspens !== this.#suspens) this.#hooks.suspend(suspens);
    this.#suspens = suspens;
    if (suspens) this.#next = setTimeout(() => this.#follow(), REPRISE_MS);
  }

  /** @returns {Suspens} */
  #why() {
    if (this.#cut) return "connexion";
    if (this.#hooks.waiting() === 0) return "";
    return this.#hooks.onMap() ? "connexion" : "carte";
  }

  /**
   * @param {() => void} act
   * @param {number} delay
   */
  #soon(act, delay) {
    clearTimeout(this.#later);
    this.#later = setTimeout(act, delay);
  }
}
