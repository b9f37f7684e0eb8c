// The memory of the browser: its modules are fetched once, not sent with each click.

/** @import { Composant, Complements, MessageMemoire, ReponsesMemoire } from "./types.js" */

const MODULE = "/assets/composants/memoire/composant.js";

/** @param {Composant<MessageMemoire | Complements, ReponsesMemoire>} composant */
export default function (composant) {
  return import(location.origin + MODULE).then((module) => module.default(composant));
}
