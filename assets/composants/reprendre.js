// "Reprendre": its module is fetched with those of the memory, not sent with each click.

/** @import { Composant } from "./types.js" */

const MODULE = "/assets/composants/memoire/reprendre.js";

/** @param {Composant<{ au_plus: number }>} composant */
export default function (composant) {
  return import(location.origin + MODULE).then((module) => module.default(composant));
}
