// The bars of tools around the map: what one click takes, undo and redo, tools, lock, help, and the guide.

/** @import { Choix, Declarations, Historique } from "../messages.js" */
/** @import { Outils } from "../gestes/outils.js" */

import { SENS } from "../gestes/outils.js";
import { button, control, element, shield } from "../socle/elements.js";
import { icon } from "../socle/icones.js";

// As in carte.css: on a phone all is folded; on a small screen the units are, which would hide what is beside.
const PHONE = "(width < 600px)";
const SMALL = "(width < 720px)";

/**
 * @typedef {object} Actions
 * @property {() => void} annuler
 * @property {() => void} refaire
 * @property {() => void} verrouiller
 * @property {() => void} aider
 */

/** @typedef {Omit<Choix, "aide">} Option */

export class Barre {
  #outils;
  #declarations;

  /**
   * @param {L.Map} map
   * @param {Declarations} declarations
   * @param {Outils} outils
   * @param {Actions} actions
   */
  constructor(map, declarations, outils, actions) {
    this.#outils = outils;
    this.#declarations = declarations;
    this.annuler = tool("annuler", actions.annuler, "bouton");
    this.refaire = tool("refaire", actions.refaire, "bouton");
    this.groupe = tool("grouper", () => outils.toggleGroupe());
    this.verrou = tool("ouvert", actions.verrouiller);
    this.aide = tool("aide", actions.aider);
    describe(this.aide, "Aide : touches et gestes", "?");
    this.deverrouiller = button("deverrouiller", "Déverrouiller", actions.verrouiller);
    this.unites = choice("unite", "Ce qu’un clic prend", declarations.unites, (code) =>
      outils.chooseUnite(code),
    );
    this.outils = choice("outil", "Outil", declarations.outils, (code) => outils.chooseOutil(code), icon);
    this.sens = choice("sens", "Le tracé", SENS, () => outils.reverse());
    this.prise = fold("prise", "Ce qu’un clic prend", SMALL, this.unites);
    this.boite = fold("boite", "Outils de dessin", PHONE, this.outils, this.groupe, this.verrou, this.aide);
    this.texte = element("span", "");
    this.guide = element("div", "guide");
    this.#place(map);
    this.draw();
  }

  /** Shows what is in hand. */
  draw() {
    const { unite, outil, sens, groupe } = this.#outils;
    check(this.unites, unite);
    check(this.outils, outil);
    check(this.sens, sens);
    const taken = this.#declarations.unites.find(({ code }) => code === unite);
    this.prise.firstElementChild?.replaceChildren(taken?.nom ?? "");
    this.boite.firstElementChild?.replaceChildren(icon(outil), icon("fermer"));
    this.groupe.setAttribute("aria-pressed", String(groupe));
    describe(this.groupe, `Grouper plusieurs communes : ${groupe ? "oui" : "non"}`, "G");
  }

  /** Where there is little room, once something is chosen. */
  fold() {
    if (matchMedia(SMALL).matches) this.prise.open = false;
    if (matchMedia(PHONE).matches) this.boite.open = false;
  }

  /**
   * What undo and redo would do, and the lock.
   *
   * @param {Historique} historique
   * @param {boolean} verrou
   */
  tell({ annuler, refaire }, verrou) {
    this.annuler.disabled = !annuler || verrou;
    describe(this.annuler, annuler ? `Annuler : ${annuler}` : "Rien à annuler", "Z");
    this.refaire.disabled = !refaire || verrou;
    describe(this.refaire, refaire ? `Rétablir : ${refaire}` : "Rien à rétablir", "Maj + Z");
    this.verrou.replaceChildren(icon(verrou ? "verrou" : "ouvert"));
    this.verrou.setAttribute("aria-pressed", String(verrou));
    describe(this.verrou, verrou ? "Déverrouiller le territoire" : "Verrouiller le territoire", "V");
    this.deverrouiller.hidden = !verrou;
    this.guide.classList.toggle("ferme", verrou);
  }

  /**
   * The line of help under the map; empty, it goes. `sens` shows the switch between adding and removing.
   *
   * @param {string} text
   * @param {{ sens: boolean }} options
   */
  help(text, { sens }) {
    if (this.texte.textContent !== text) this.texte.textContent = text;
    this.sens.hidden = !sens;
    this.guide.hidden = !text;
  }

  /** @param {L.Map} map */
  #place(map) {
    const historique = element("div", "historique barre");
    historique.append(this.annuler, this.refaire);
    const bandeau = element("div", "bandeau");
    bandeau.append(this.prise, historique);
    this.texte.setAttribute("aria-live", "polite");
    this.guide.append(icon("verrou"), this.texte, this.sens, this.deverrouiller);
    map.getContainer().append(bandeau, this.guide);
    control("topleft", () => this.boite).addTo(map);
    for (const part of [bandeau, this.guide, this.boite]) protect(part, map.getContainer());
  }
}

/**
 * Clicks on a control are not for the map, but the keyboard goes back to it.
 *
 * @param {HTMLElement} part
 * @param {HTMLElement} container
 */
function protect(part, container) {
  shield(part);
  part.addEventListener("click", ({ detail }) => {
    if (detail > 0) setTimeout(() => container.focus({ preventScroll: true }));
  });
}

/**
 * Folded where there is little room only.
 *
 * @param {string} className
 * @param {string} label
 * @param {string} media where it is folded
 * @param {HTMLElement[]} content
 */
function fold(className, label, media, ...content) {
  const box = element("details", `${className} barre`);
  const little = matchMedia(media);
  const summary = element("summary", "");
  summary.setAttribute("aria-label", label);
  box.append(summary, ...content);
  const follow = () => {
    box.open = !little.matches;
  };
  follow();
  little.addEventListener("change", follow);
  return box;
}

/**
 * Native radio buttons: arrows and screen readers know them.
 *
 * @param {string} name
 * @param {string} label
 * @param {Option[]} options
 * @param {(code: string) => void} onChoice
 * @param {((code: string) => Element) | null} picture of an option, in place of its name
 */
function choice(name, label, options, onChoice, picture = null) {
  const box = element("div", `choix ${name}`);
  box.setAttribute("role", "radiogroup");
  box.setAttribute("aria-label", label);
  for (const option of options) {
    const node = element("label", "option");
    node.dataset.bulle = bubble(option.bulle, option.touche);
    const shown = picture ? picture(option.code) : element("span", "", option.nom);
    node.append(radio(name, option, onChoice), shown);
    box.append(node);
  }
  return box;
}

/**
 * @param {string} name
 * @param {Option} option
 * @param {(code: string) => void} onChoice
 */
function radio(name, { code, nom, bulle, touche }, onChoice) {
  const input = Object.assign(element("input", ""), { type: "radio", name, value: code });
  input.setAttribute("aria-label", nom);
  input.setAttribute("aria-description", bubble(bulle, touche));
  input.addEventListener("change", () => onChoice(code));
  return input;
}

/**
 * @param {HTMLElement} box
 * @param {string} code
 */
function check(box, code) {
  for (const input of box.querySelectorAll("input")) input.checked = input.value === code;
}

/**
 * @param {string} name of its icon
 * @param {() => void} onClick
 * @param {string} className
 */
function tool(name, onClick, className = `bouton ${name}`) {
  const made = button(className, "", onClick);
  made.append(icon(name));
  return made;
}

/**
 * @param {HTMLElement} node
 * @param {string} bulle
 * @param {string} touche
 */
function describe(node, bulle, touche) {
  node.setAttribute("aria-label", bulle);
  node.dataset.bulle = bubble(bulle, touche);
}

/**
 * @param {string} bulle
 * @param {string} touche
 */
const bubble = (bulle, touche) => `${bulle} · touche\u00a0${touche}`;
