// The one line at the top of the page that says how the connection stands. Text nodes only.

/** @typedef {{ recharger: string, fermer: string }} TextesBandeau */

export class Bandeau {
  #textes;
  #node = document.createElement("div");
  #said = "";

  /** @param {TextesBandeau} textes */
  constructor(textes) {
    this.#textes = textes;
    this.#node.id = "bandeau-connexion";
    this.#node.setAttribute("role", "status");
  }

  /**
   * @param {string} text nothing when empty
   * @param {{ recharger?: boolean, fermer?: boolean }} how what can be done about it
   */
  say(text, { recharger = false, fermer = false } = {}) {
    if (!this.#node.isConnected) document.body.append(this.#node);
    if (text === this.#said) return; // a screen reader says it once
    this.#said = text;
    const actions = [
      ...(recharger ? [button(this.#textes.recharger, () => location.reload())] : []),
      ...(fermer ? [button(this.#textes.fermer, () => this.say(""))] : []),
    ];
    this.#node.replaceChildren(text, ...(text ? actions : []));
  }
}

/**
 * @param {string} text
 * @param {() => void} onClick
 */
function button(text, onClick) {
  const node = document.createElement("button");
  node.type = "button";
  node.textContent = text;
  node.addEventListener("click", onClick);
  return node;
}
