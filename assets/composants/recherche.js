// Search box: an ARIA combobox that asks /recherche as one types; communes, and zones taken at once.

/** @import { Choix, Composant, Proposition } from "./types.js" */

const DELAY_MS = 80;
const FRENCH = new Intl.NumberFormat("fr-FR");

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} text never HTML
 */
const element = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
};

/**
 * @param {string} query
 * @returns {Promise<Proposition[]>}
 */
async function ask(query) {
  const response = await fetch(`/recherche?q=${encodeURIComponent(query)}`);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

class Recherche {
  /** @type {Proposition[]} */
  #propositions = [];
  #active = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #asked = 0;
  #input = element("input", "saisie");
  #list = element("ul", "propositions");
  #status = element("div", "lecteur");

  /** Told what is chosen. @type {(choix: Choix) => void} */
  send = () => undefined;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#describe();
    const box = element("div", "recherche");
    box.append(this.#input, this.#list, this.#status);
    root.append(box);
    this.#listen();
  }

  #describe() {
    Object.assign(this.#input, {
      type: "search",
      autocomplete: "off",
      spellcheck: false,
      placeholder: "Ajouter une commune, un EPCI, un canton…",
    });
    const attributes = {
      role: "combobox",
      "aria-label": "Rechercher une commune ou un groupe de communes à ajouter au territoire",
      "aria-autocomplete": "list",
      "aria-controls": "propositions",
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(attributes)) this.#input.setAttribute(name, value);
    this.#list.id = "propositions";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Communes et groupes de communes trouvés");
    this.#list.hidden = true;
    this.#status.setAttribute("role", "status");
  }

  #listen() {
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), DELAY_MS);
    });
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => this.#close());
    this.#input.addEventListener("focus", () => this.#input.value.trim() && this.#ask());
    // The list must not take the focus away from the box before the click is seen.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  async #ask() {
    const query = this.#input.value.trim();
    this.#asked += 1;
    const mine = this.#asked;
    if (!query) {
      this.#close();
      return;
    }
    try {
      const propositions = await ask(query);
      if (mine === this.#asked) this.#show(propositions);
    } catch {
      if (mine === this.#asked) this.#tell("La recherche ne répond pas. Réessayez.");
    }
  }

  /** @param {Proposition[]} propositions */
  #show(propositions) {
    this.#propositions = propositions;
    if (!propositions.length) {
      this.#tell("Aucune commune ni aucun groupe trouvé");
      return;
    }
    this.#list.replaceChildren(...propositions.map((proposition, rank) => this.#option(proposition, rank)));
    this.#status.textContent = `${propositions.length} réponses proposées`;
    this.#open();
    this.#activate(0);
  }

  /**
   * @param {Proposition} proposition
   * @param {number} rank
   */
  #option(proposition, rank) {
    const { type, code, nom, population } = proposition;
    const option = element("li", "proposition");
    option.id = `proposition-${rank}`;
    option.dataset.type = type;
    option.dataset.code = code;
    option.setAttribute("role", "option");
    const habitants = `${FRENCH.format(population)} hab.`;
    option.append(element("span", "nom", nom), element("span", "habitants", habitants), place(proposition));
    option.addEventListener("click", () => this.#choose(rank));
    option.addEventListener("mousemove", () => this.#activate(rank));
    return option;
  }

  /** @param {string} text */
  #tell(text) {
    this.#propositions = [];
    this.#list.replaceChildren(element("li", "vide", text));
    this.#status.textContent = text;
    this.#open();
    this.#activate(-1);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, () => void>} */
    const actions = {
      Escape: () => this.#escape(),
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => (this.#list.hidden ? this.#ask() : this.#choose(this.#active)),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  #escape() {
    if (this.#list.hidden) this.#input.value = "";
    else this.#close();
  }

  /** @param {number} step */
  #move(step) {
    const count = this.#propositions.length;
    if (this.#list.hidden) this.#ask();
    else if (count) this.#activate((this.#active + step + count) % count);
  }

  /** @param {number} rank */
  #activate(rank) {
    this.#active = rank;
    for (const [i, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(i === rank));
    }
    if (rank >= 0) this.#input.setAttribute("aria-activedescendant", `proposition-${rank}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }

  /** @param {number} rank */
  #choose(rank) {
    if (!this.#propositions[rank]) return;
    const { type, code } = this.#propositions[rank];
    this.send({ type, code });
    this.#input.value = "";
    this.#close();
  }

  #open() {
    this.#list.hidden = false;
    this.#input.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.#asked += 1; // an answer still on its way is no longer wanted
    this.#list.hidden = true;
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

/** @param {Proposition} proposition */
function place({ type, nom_type, communes, lieu, nom_departement, codes_postaux, mention }) {
  const node = element("span", "lieu");
  if (type === "commune") {
    node.textContent = [nom_departement, codes_postaux, mention].filter(Boolean).join(" · ");
    return node;
  }
  const inside = type === "ville" ? "arrondissement" : "commune";
  const count = `${FRENCH.format(communes)} ${inside}${communes > 1 ? "s" : ""}`;
  node.append(element("span", "type", `${nom_type} · ${count}`), lieu);
  return node;
}

/** @type {WeakMap<HTMLElement, Recherche>} */
const boxes = new WeakMap();

/** @param {Composant<null, { choix: Choix }>} composant */
export default function ({ parentElement, setTriggerValue }) {
  const box = boxes.get(parentElement) ?? new Recherche(parentElement);
  boxes.set(parentElement, box);
  box.send = (choix) => setTriggerValue("choix", choix);
  document.documentElement.lang = "fr"; // Streamlit says "en": screen readers must read French
}
