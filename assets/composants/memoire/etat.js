// Says whether the work is kept, and asks which version to go on with when there are two.

/** @import { ChoixVersion, VueMemoire } from "../types.js" */

/** @typedef {[ChoixVersion, string][]} Boutons */

const PANNES = {
  plein: "Non enregistré\u00a0: la mémoire de ce navigateur est pleine",
  interdit: "Non enregistré\u00a0: ce navigateur ne garde rien",
};

const SUSPENS = {
  connexion: "En attente de la connexion\u00a0: ce que vous faites maintenant n’est pas encore enregistré",
  carte: "Des changements faits sur la carte ne sont pas encore pris en compte\u00a0: ouvrez la carte",
};

/**
 * What is said, and with which buttons.
 *
 * @param {VueMemoire} vue
 * @returns {{ etat: string, alerte: boolean, attente: boolean, question: string, boutons: Boutons }}
 */
export const said = (vue) => {
  const { conflit, copie, gardee } = vue;
  const work = saidOfWork(vue);
  if (conflit) {
    const apart = copie ? " Ce que vous avez fait ici depuis est gardé à part." : "";
    return {
      ...work,
      question: `Ce projet a été modifié dans un autre onglet.${apart}`,
      boutons: [
        ["prendre", "Prendre la version de l’autre onglet"],
        ["garder", "Garder la mienne comme un autre projet"],
      ],
    };
  }
  if (gardee) {
    return {
      ...work,
      question:
        `Le territoire affiché est celui du lien. Ce navigateur gardait une autre version, du ${gardee}\u00a0: ` +
        "ses données locales et ses textes sont repris, et «\u00a0Annuler\u00a0» ramène son territoire.",
      boutons: [
        ["revenir", "Revenir à la version gardée"],
        ["fermer", "Continuer avec le lien"],
      ],
    };
  }
  return { ...work, question: "", boutons: [] };
};

/**
 * What is said of the work: not kept, not yet, kept; nothing when it is what is asked about.
 *
 * @param {VueMemoire} vue
 */
const saidOfWork = ({ enregistre, panne, suspens, conflit }) => {
  if (panne === "plein" || panne === "interdit") return { etat: PANNES[panne], alerte: true, attente: false };
  if (suspens) return { etat: SUSPENS[suspens], alerte: false, attente: true };
  return {
    etat: enregistre && !conflit ? "Enregistré dans ce navigateur" : "",
    alerte: false,
    attente: false,
  };
};

export class Etat {
  #choose;
  #etat = document.createElement("p");
  #question = document.createElement("div");
  #shown = "";

  /**
   * @param {HTMLElement} root
   * @param {(quoi: ChoixVersion) => void} choose
   */
  constructor(root, choose) {
    this.#choose = choose;
    this.#etat.className = "etat";
    this.#etat.setAttribute("role", "status");
    this.#question.className = "question";
    this.#question.setAttribute("role", "alert");
    root.append(this.#etat, this.#question);
  }

  /** @param {VueMemoire} vue */
  show(vue) {
    const told = said(vue);
    const written = JSON.stringify(told);
    if (written === this.#shown) return;
    this.#shown = written;
    this.#etat.textContent = told.etat;
    this.#etat.hidden = !told.etat;
    this.#etat.classList.toggle("alerte", told.alerte);
    this.#etat.classList.toggle("attente", told.attente);
    this.#question.replaceChildren(...(told.question ? this.#asked(told.question, told.boutons) : []));
    this.#question.hidden = !told.question;
  }

  /**
   * @param {string} question
   * @param {Boutons} boutons
   */
  #asked(question, boutons) {
    const text = document.createElement("p");
    text.textContent = question;
    const buttons = boutons.map(([quoi, nom]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = nom;
      button.addEventListener("click", () => this.#choose(quoi));
      return button;
    });
    return [text, ...buttons];
  }
}
