// The keys of the map and its gestures: one list, for the keyboard and for the card that shows it.

/** @import { Choix, Declarations } from "../messages.js" */

/**
 * Keys as they are written, what they do, and the name of the action they run, if any.
 * @typedef {{ touches: string[], texte: string, action?: string }} Ligne
 */

/** @typedef {{ titre: string, lignes: Ligne[] }} Section */

/** @type {Record<string, string>} */
const NAMES = { Escape: "Échap" };
const REPEATED = ["annuler", "refaire"];

/**
 * @param {Choix} choix
 * @returns {Ligne}
 */
const line = ({ code, touche, aide }) => ({ touches: [touche], texte: aide, action: code });

/**
 * @param {Pick<Declarations, "unites" | "outils">} declarations
 * @returns {Section[]}
 */
export const sections = ({ unites, outils }) => [
  {
    titre: "Ce qu’un clic prend",
    lignes: [
      ...unites.map(line),
      { touches: ["G"], texte: "grouper plusieurs communes, ou un seul choix à la fois", action: "grouper" },
    ],
  },
  {
    titre: "Tracer",
    lignes: [
      ...outils.filter(({ code }) => code !== "main").map(line),
      { touches: ["X"], texte: "ajouter ou retirer les communes du tracé", action: "inverser" },
      { touches: ["Alt + glisser"], texte: "retirer, le temps d’un tracé" },
      ...outils.filter(({ code }) => code === "main").map(line),
    ],
  },
  {
    titre: "Revenir, protéger",
    lignes: [
      { touches: ["Z", "Ctrl + Z"], texte: "annuler", action: "annuler" },
      { touches: ["Maj + Z", "Ctrl + Y", "Ctrl + Maj + Z"], texte: "rétablir", action: "refaire" },
      { touches: ["V"], texte: "verrouiller ou déverrouiller le territoire", action: "verrouiller" },
      { touches: ["?"], texte: "cette aide", action: "aider" },
    ],
  },
  {
    titre: "Se déplacer",
    lignes: [
      { touches: ["Glisser", "Flèches"], texte: "déplacer la carte" },
      { touches: ["Molette", "+", "−"], texte: "zoomer, dézoomer ; deux doigts sur un écran tactile" },
    ],
  },
  {
    titre: "Sans souris (Tab jusqu’à la carte)",
    lignes: [
      {
        touches: ["Entrée", "Espace"],
        texte: "choisir ce qui est sous la croix ; poser un coin ou un point du tracé",
      },
      { touches: ["Maj + Entrée"], texte: "fermer le lasso" },
    ],
  },
];

/**
 * The key as written in the list: "Z", "Ctrl + Maj + Z". Null for a modifier that is not ours.
 *
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 */
export function named({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (altKey || key.length === 0) return null;
  const shown = NAMES[key] ?? key.toUpperCase();
  const shift = shiftKey && shown !== "?";
  return [(ctrlKey || metaKey) && "Ctrl", shift && "Maj", shown].filter(Boolean).join(" + ");
}

/**
 * Whether an action is run again and again while its key is held down.
 *
 * @param {string} action
 */
export const isRepeated = (action) => REPEATED.includes(action);
