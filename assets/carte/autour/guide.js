/**
 * @typedef {object} Etat
 * @property {boolean} verrou the territory is locked
 * @property {boolean} trace the tool in hand draws shapes
 * @property {string} outil
 * @property {string} unite what one click takes
 * @property {boolean} groupe communes are grouped
 * @property {boolean} proche communes are drawn, and not only départements
 * @property {boolean} auClavier a shape is being drawn from the keyboard
 */

/**
 * What the person is doing, as the declared guides name it; null when she needs no guide.
 *
 * @param {Etat} etat
 */
export function situation({ verrou, trace, outil, unite, groupe, proche, auClavier }) {
  if (verrou) return "verrou";
  if (trace && !proche) return "zoomer";
  if (trace) return auClavier ? `${outil}_clavier` : outil;
  if (proche) return groupe ? null : "seul";
  return unite === "departement" ? "departement" : "loin";
}
