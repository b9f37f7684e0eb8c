// Hands the map, in its frame, what it must show besides the territory: the map itself is not run again.

/** @import { Composant } from "./types.js" */

const MAP = "iframe[data-testid=stCustomComponentV1]";

/** @param {Composant<import("../carte/messages.js").MessageFocus>} composant */
export default function ({ data }) {
  /** @type {HTMLIFrameElement | null} */
  const frame = document.querySelector(MAP);
  frame?.contentWindow?.CarteCpts?.show(data);
}
