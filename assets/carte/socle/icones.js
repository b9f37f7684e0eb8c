// The drawings of the buttons, on a square of 24, by stroke.
const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string[]>} */
const TRAITS = {
  main: ["M6 3.5 19 11l-5.6 1.6L10.8 18z", "m13 13 4.5 6"],
  rectangle: ["M4 8V5.5h3M10 5.5h4M17 5.5h3V8M20 11v2M20 16v2.5h-3M14 18.5h-4M7 18.5H4V16M4 13v-2"],
  lasso: [
    "M7.5 15.5C4.7 14.5 3 12.7 3 10.5 3 7 7 4.5 12 4.5s9 2.5 9 6-4 6-9 6c-.8 0-1.5 0-2.2-.2",
    "M9.8 16.3a2.3 2.3 0 1 0-3.3 2c.9.4 1.3 1.2.8 2.2",
  ],
  grouper: ["M4 4.5h9v9H4z", "M16 8.5h4.5v11H9.5V16.5", "M6.5 9h4M8.5 7v4"],
  annuler: ["M8.5 5 4.5 9l4 4", "M5 9h9a5 5 0 0 1 0 10h-4"],
  refaire: ["m15.5 5 4 4-4 4", "M19 9h-9a5 5 0 0 0 0 10h4"],
  verrou: ["M5.5 11h13v9h-13z", "M8.5 11V7.5a3.5 3.5 0 0 1 7 0V11"],
  ouvert: ["M5.5 11h13v9h-13z", "M8.5 11V7.5a3.5 3.5 0 0 1 6.8-1.2"],
  fermer: ["m6.5 6.5 11 11M17.5 6.5l-11 11"],
  aide: ["M8.5 9a3.5 3.5 0 1 1 5.2 3c-1.1.7-1.7 1.3-1.7 2.7", "M12 18.4v.1"],
};

/** @param {string} name */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.classList.add("icone");
  for (const path of TRAITS[name]) {
    const stroke = document.createElementNS(SVG, "path");
    stroke.setAttribute("d", path);
    drawing.append(stroke);
  }
  return drawing;
}
