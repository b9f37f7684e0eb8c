// Hands the keys pressed anywhere on the page to the map in its frame; it shows nothing itself.
const MAP = "iframe[data-testid=stCustomComponentV1]";
const FIELDS =
  "textarea, select, [contenteditable], [role=textbox], input:not([type=checkbox], [type=radio])";

/**
 * A field may stand in the shadow of a component: the path goes through it.
 *
 * @param {Pick<Event, "composedPath">} event
 */
export const isTyping = (event) =>
  event.composedPath().some((node) => node instanceof Element && node.matches(FIELDS));

/** @param {KeyboardEvent} event */
export function hand(event) {
  if (isTyping(event) || document.querySelector("[role=dialog]")) return;
  /** @type {HTMLIFrameElement | null} */
  const frame = document.querySelector(MAP);
  if (!frame?.contentWindow?.carte?.press(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // Streamlit has keys of its own
}

export default function () {
  if (window.raccourcisCpts) return;
  window.raccourcisCpts = true;
  document.addEventListener("keydown", hand, { capture: true });
}
