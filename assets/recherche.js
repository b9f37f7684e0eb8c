// Search box: an ARIA combobox that asks /recherche as one types; communes, and zones taken at once.
const DELAY_MS = 80;

const FRENCH = new Intl.NumberFormat("fr-FR");

const element = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text; // text, never HTML
  return node;
};

class Recherche {
  #propositions = [];
  #active = -1;
  #timer = 0;
  #asked = 0;

  constructor(root) {
    this.box = element("div", "recherche");
    this.input = element("input", "saisie");
    this.list = element("ul", "propositions");
    this.status = element("div", "lecteur");
    this.#describe();
    this.box.append(this.input, this.list, this.status);
    root.append(this.box);
    this.#listen();
  }

  #describe() {
    Object.assign(this.input, {
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
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
    this.list.id = "propositions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Communes et groupes de communes trouvés");
    this.list.hidden = true;
    this.status.setAttribute("role", "status");
  }

  #listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), DELAY_MS);
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.#close());
    this.input.addEventListener("focus", () => this.input.value.trim() && this.#ask());
    // The list must not take the focus away from the box before the click is seen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  async #ask() {
    const query = this.input.value.trim();
    const mine = ++this.#asked;
    if (!query) return this.#close();
    try {
      const response = await fetch(`/recherche?q=${encodeURIComponent(query)}`);
      if (!response.ok) throw new Error(response.status);
      const propositions = await response.json();
      if (mine === this.#asked) this.#show(propositions);
    } catch {
      if (mine === this.#asked) this.#tell("La recherche ne répond pas. Réessayez.");
    }
  }

  #show(propositions) {
    this.#propositions = propositions;
    if (!propositions.length) return this.#tell("Aucune commune ni aucun groupe trouvé");
    this.list.replaceChildren(...propositions.map((proposition, rank) => this.#option(proposition, rank)));
    this.status.textContent = `${propositions.length} réponses proposées`;
    this.#open();
    this.#activate(0);
  }

  #option(proposition, rank) {
    const { type, code, nom, population } = proposition;
    const option = element("li", "proposition");
    option.id = `proposition-${rank}`;
    option.dataset.type = type;
    option.dataset.code = code;
    option.setAttribute("role", "option");
    const habitants = `${FRENCH.format(population)} hab.`;
    option.append(element("span", "nom", nom), element("span", "habitants", habitants));
    option.append(this.#place(proposition));
    option.addEventListener("click", () => this.#choose(rank));
    option.addEventListener("mousemove", () => this.#activate(rank));
    return option;
  }

  #place({ type, nom_type, communes, lieu, nom_departement, codes_postaux, mention }) {
    const place = element("span", "lieu");
    if (type === "commune") {
      place.textContent = [nom_departement, codes_postaux, mention].filter(Boolean).join(" · ");
      return place;
    }
    const count = `${FRENCH.format(communes)} commune${communes > 1 ? "s" : ""}`;
    place.append(element("span", "type", `${nom_type} · ${count}`), lieu);
    return place;
  }

  #tell(text) {
    this.#propositions = [];
    this.list.replaceChildren(element("li", "vide", text));
    this.status.textContent = text;
    this.#open();
    this.#activate(-1);
  }

  #key(event) {
    const actions = {
      Escape: () => (this.list.hidden ? (this.input.value = "") : this.#close()),
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => (this.list.hidden ? this.#ask() : this.#choose(this.#active)),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  #move(step) {
    const count = this.#propositions.length;
    if (this.list.hidden) this.#ask();
    else if (count) this.#activate((this.#active + step + count) % count);
  }

  #activate(rank) {
    this.#active = rank;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === rank)));
    if (rank >= 0) this.input.setAttribute("aria-activedescendant", `proposition-${rank}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #choose(rank) {
    if (!this.#propositions[rank]) return;
    const { type, code } = this.#propositions[rank];
    this.send({ type, code });
    this.input.value = "";
    this.#close();
  }

  #open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.#asked++; // an answer still on its way is no longer wanted
    this.list.hidden = true;
    this.status.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

const boxes = new WeakMap();

export default function ({ parentElement, setTriggerValue }) {
  if (!boxes.has(parentElement)) boxes.set(parentElement, new Recherche(parentElement));
  boxes.get(parentElement).send = (choix) => setTriggerValue("choix", choix);
  document.documentElement.lang = "fr"; // Streamlit says "en": screen readers must read French
}
