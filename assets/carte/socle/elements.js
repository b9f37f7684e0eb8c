// Small pieces of the map's controls. Text nodes only, never HTML: names come from data.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} text
 */
export function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} onClick
 */
export function button(className, text, onClick) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
}

/**
 * A control of the map, made by `build` each time it is put on it.
 *
 * @param {L.ControlPosition} position
 * @param {() => HTMLElement} build
 */
export function control(position, build) {
  const made = new L.Control({ position });
  made.onAdd = build;
  return made;
}

/**
 * Keeps the clicks and the wheel of a control from the map.
 *
 * @param {HTMLElement} node
 */
export function shield(node) {
  L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(node);
}
