// A button that copies a text which the page does not show.

/** @import { Composant } from "./types.js" */

const SHOWN_MS = 2500;

/** @param {Composant<{ libelle: string, texte: string }>} composant */
export default function ({ data, parentElement }) {
  const { libelle, texte } = data;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = libelle;
  const shown = document.createElement("pre");
  shown.textContent = texte;
  shown.hidden = true;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(texte);
      button.textContent = "Copié";
      setTimeout(() => button.replaceChildren(libelle), SHOWN_MS);
    } catch {
      // Some browsers only let a person copy.
      shown.hidden = false;
    }
  });
  // The style stands beside: only what was drawn before goes.
  for (const former of parentElement.querySelectorAll("button, pre")) former.remove();
  parentElement.append(button, shown);
}
