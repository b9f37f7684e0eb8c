// What the page does besides what Streamlit draws in it: it speaks French, and looks after the connection.

import { Memoire } from "../carte/socle/memoire.js";
import { CLE } from "../carte/territoire/attente.js";
import { Bandeau } from "./bandeau.js";
import { Connexion } from "./connexion.js";
import { Francais, translate } from "./francais.js";

const MAP = "iframe[data-testid=stCustomComponentV1]";
/** Of the messages between Streamlit and the page around it. */
const VERSION = 1;

const declared = JSON.parse(document.getElementById("textes-page")?.textContent ?? "{}");
translate(document, new Francais(declared.groupes));

const bandeau = new Bandeau(declared.connexion);
const attente = new Memoire(CLE);
const connexion = new Connexion(declared.connexion, {
  ask: (type, more) => window.postMessage({ stCommVersion: VERSION, type, ...more }, location.origin),
  waiting: () => attente.read().operations?.length ?? 0,
  say: (text, how) => bandeau.say(text, how),
  back: () => mapWindow()?.carte?.retry(),
  onMap: () => Boolean(document.querySelector(MAP)),
  suspend: (suspens) => {
    // Written too: the component that says it may come later.
    document.documentElement.dataset.suspens = suspens;
    window.dispatchEvent(new Event("suspens"));
  },
});

/** @returns {Window | null | undefined} of the map, when the page has one */
function mapWindow() {
  return /** @type {HTMLIFrameElement | null} */ (document.querySelector(MAP))?.contentWindow;
}

window.addEventListener("message", ({ source, data }) => {
  if (source === window && data?.stCommVersion === VERSION) connexion.hear(data);
});
document.addEventListener("visibilitychange", () => document.hidden || connexion.wake());
for (const event of ["online", "pageshow"]) window.addEventListener(event, () => connexion.wake());
document.addEventListener("resume", () => connexion.wake());
