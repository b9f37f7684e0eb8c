// What the address of the page does not hold (local figures, what people wrote) is kept in this browser, so that a
// page loaded again, or a server started again, finds it. Python says what to keep, and takes back what fits.

/** @import { Composant } from "./types.js" */

const PREFIXE = "cpts-geo.complements.";

/**
 * A browser may refuse to keep anything: the project can still be saved as a file.
 *
 * @template Result
 * @param {() => Result} action
 */
const quietly = (action) => {
  try {
    return action();
  } catch {
    return null;
  }
};

let asked = false;

/** @param {Composant<{ nom: string, contenu: string, relire: boolean }, { relu: string }>} composant */
export default function ({ data, setTriggerValue }) {
  const { nom, contenu, relire } = data;
  const stored = quietly(() => localStorage.getItem(PREFIXE + nom));
  if (relire && stored) {
    if (!asked) setTriggerValue("relu", stored);
    asked = true;
  } else if (contenu) {
    quietly(() => localStorage.setItem(PREFIXE + nom, contenu));
  } else if (!relire) {
    quietly(() => localStorage.removeItem(PREFIXE + nom));
  }
}
