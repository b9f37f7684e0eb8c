// What a gesture changes in the territory.

/** @import { Changement } from "../messages.js" */

/** @typedef {{ codes: string[], has(code: string): boolean }} Choisies the chosen communes */

/**
 * A click takes the whole of a unit off when it is all chosen, adds what is missing otherwise. When communes
 * are not grouped (`groupe`), all the rest goes.
 *
 * @param {{ communes: string[], geste: string }} prise
 * @param {Choisies} choisies
 * @param {boolean} groupe
 * @returns {Changement}
 */
export function toggle({ communes, geste }, choisies, groupe) {
  const missing = communes.filter((code) => !choisies.has(code));
  const others = groupe ? [] : othersThan(communes, choisies);
  if (missing.length || others.length) return { ajouter: missing, retirer: others, geste };
  return { ajouter: [], retirer: communes, geste };
}

/**
 * A shape adds the communes inside it, or takes them off (`retire`); one that holds none changes nothing.
 *
 * @param {string[]} inside
 * @param {Choisies} choisies
 * @param {{ geste: string, retire: boolean, groupe: boolean }} how
 * @returns {Changement}
 */
export function enclose(inside, choisies, { geste, retire, groupe }) {
  if (retire) return { ajouter: [], retirer: inside.filter((code) => choisies.has(code)), geste };
  const missing = inside.filter((code) => !choisies.has(code));
  const replaces = !groupe && inside.length > 0;
  return { ajouter: missing, retirer: replaces ? othersThan(inside, choisies) : [], geste };
}

/**
 * @param {string[]} communes
 * @param {Choisies} choisies
 */
function othersThan(communes, choisies) {
  const kept = new Set(communes);
  return choisies.codes.filter((code) => !kept.has(code));
}
