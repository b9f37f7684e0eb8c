// Chips: the communes of the territory, each removable by one click.
const nombre = new Intl.NumberFormat("fr-FR");

const element = (tag, className, text = "") => {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text; // text, never HTML
  return node;
};

const button = (className, text, onClick) => {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
};

class Pastilles {
  #open = false;

  constructor(root) {
    this.title = element("h2", "titre");
    this.list = element("ul", "pastilles");
    this.more = button("suite", "", () => {
      this.#open = !this.#open;
      this.draw();
    });
    root.append(this.title, this.list, this.more);
  }

  draw(data = this.data) {
    this.data = data;
    const { communes, repliees_au_dela_de: most } = data;
    const shown = this.#open ? communes : communes.slice(0, most);
    this.title.textContent = `Projet de CPTS sur ${communes.length} commune${communes.length > 1 ? "s" : ""}`;
    const focused = this.list.getRootNode().activeElement?.parentElement.dataset.code;
    this.list.replaceChildren(...shown.map((commune) => this.#chip(commune)));
    this.list.querySelector(`[data-code="${focused}"] button`)?.focus();
    this.list.hidden = !communes.length;
    this.more.hidden = communes.length <= most;
    this.more.textContent = this.#open ? "Réduire la liste" : `Afficher les ${communes.length} communes`;
    this.more.setAttribute("aria-expanded", String(this.#open));
  }

  #chip({ code, nom, population }) {
    const chip = element("li", "pastille", nom);
    chip.dataset.code = code;
    chip.title = `${nom} : ${nombre.format(population)} habitants`;
    chip.classList.toggle("verrouillee", this.data.verrou);
    if (!this.data.verrou) chip.append(this.#closing(code, nom));
    return chip;
  }

  #closing(code, nom) {
    const remove = button("retirer", "×", () => this.#remove(code));
    remove.setAttribute("aria-label", `Retirer ${nom} du territoire`);
    return remove;
  }

  // The next chip takes the focus, so that several can be removed from the keyboard.
  #remove(code) {
    const buttons = [...this.list.querySelectorAll(".retirer")];
    const rank = buttons.findIndex((node) => node.parentElement.dataset.code === code);
    buttons[rank + 1]?.focus();
    buttons[rank].parentElement.remove();
    this.send(code);
  }
}

const drawn = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  if (!drawn.has(parentElement)) drawn.set(parentElement, new Pastilles(parentElement));
  const pastilles = drawn.get(parentElement);
  pastilles.send = (code) => setTriggerValue("retrait", code);
  pastilles.draw(data);
}
