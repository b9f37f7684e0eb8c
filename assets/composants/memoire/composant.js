// Joins the conversation with Python to the page: one for all the times that the component is mounted.

import { Conversation } from "./conversation.js";
import { enFrancais } from "./dates.js";
import { Etat } from "./etat.js";
import { Gardes } from "./gardes.js";

/** @import { Suspens } from "../../page/connexion.js" */
/** @import { Complements, Composant, MessageMemoire, ReponsesMemoire, VueMemoire } from "../types.js" */

const REST_MS = 250;

/** @type {WeakMap<HTMLElement, Etat>} */
const drawn = new WeakMap();
/** @type {Etat | undefined} */
let shown;
/** @type {VueMemoire | undefined} */
let vue;
/** @type {Composant<unknown, ReponsesMemoire>["setTriggerValue"] | undefined} */
let tell;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

const conversation = new Conversation(new Gardes(() => localStorage), {
  tell: (name, value) => tell?.(name, value),
  show: (next) => {
    vue = next;
    shown?.show(next);
  },
  later: (action) => {
    clearTimeout(timer);
    timer = setTimeout(action, REST_MS);
  },
  sign: () => ({ marque: crypto.getRandomValues(new Uint32Array(2)).join("."), date: Date.now() }),
  dateOf: enFrancais,
});

/** The page knows how the connection stands (assets/page/connexion.js). */
const suspend = () => {
  conversation.suspend(/** @type {Suspens} */ (document.documentElement.dataset.suspens ?? ""));
};
window.addEventListener("suspens", suspend);
suspend();

window.addEventListener("storage", ({ key }) => conversation.changed(key));
// A page being left has no time to come to rest.
window.addEventListener("pagehide", () => conversation.flush());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") conversation.flush();
});

/** @param {Composant<MessageMemoire | Complements, ReponsesMemoire>} composant */
export default function ({ data, parentElement, setTriggerValue }) {
  if ("complements" in data) {
    conversation.receiveComplements(data.complements);
    return;
  }
  tell = setTriggerValue;
  shown = drawn.get(parentElement) ?? new Etat(parentElement, (quoi) => conversation.choose(quoi));
  drawn.set(parentElement, shown);
  if (vue) shown.show(vue);
  conversation.receive(data);
  window.dispatchEvent(new Event("memoire"));
}
