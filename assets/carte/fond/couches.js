/**
 * What the map is drawn on, from the ground up: the ground, which answers to the mouse, then what is chosen,
 * redrawn alone at each click, then what follows the pointer, then names.
 *
 * @typedef {{ sol: L.Renderer, dessus: L.Renderer, trace: L.Renderer }} Couches
 */

/** The pane of the names of communes, and that of structures. */
export const ETIQUETTES = "etiquettes";
export const STRUCTURES = "structures";

const PANES = { dessus: 450, [STRUCTURES]: 452, survol: 455, [ETIQUETTES]: 460 };
const PADDING = 0.3; // of the frame, drawn around it

/**
 * @param {L.Map} map
 * @returns {Couches}
 */
export function layOut(map) {
  for (const [name, rank] of Object.entries(PANES)) {
    const { style } = map.createPane(name);
    style.zIndex = String(rank);
    style.pointerEvents = "none";
  }
  return {
    sol: L.canvas({ padding: PADDING }),
    dessus: L.canvas({ pane: "dessus", padding: PADDING }),
    trace: L.svg({ pane: "survol", padding: PADDING }),
  };
}
