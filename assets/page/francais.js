// The English of Streamlit's own front end, put into French as soon as it comes into the page and before it is
// painted: Streamlit has no translations. What is translated, and where, is declared (data/declarations/page.toml).

/**
 * Where texts stand (a CSS selector), and what is said in place of each; `{}` stands for whatever comes there.
 * @typedef {{ ou: string, textes: Record<string, string> }} Groupe
 */

/** @typedef {{ matches: (text: string) => string[] | null, francais: string, ou: string }} Regle */

/** What an element says besides its text. */
const ATTRIBUTS = ["aria-label", "title", "placeholder", "alt"];

/** What we write, or people do, is left as it is. */
const NOTRES = ".stHtml, style, script, textarea, [contenteditable]";

export class Francais {
  /** @type {Map<string, Regle[]>} by the words that they translate */
  #exactes = new Map();
  /** @type {Regle[]} */
  #motifs = [];

  /** @param {Groupe[]} groupes */
  constructor(groupes) {
    for (const { ou, textes } of groupes) {
      for (const [anglais, francais] of Object.entries(textes)) this.#add(anglais, francais, ou);
    }
  }

  /**
   * In French, a text that stands in an element; null when nothing is declared for it.
   *
   * @param {string} text
   * @param {Pick<Element, "closest">} element
   */
  of(text, element) {
    const bare = text.trim();
    if (!bare) return null;
    for (const { matches, francais, ou } of this.#exactes.get(bare) ?? this.#motifs) {
      const found = matches(bare);
      if (found && element.closest(ou)) return text.replace(bare, () => filled(francais, found));
    }
    return null;
  }

  /**
   * @param {string} anglais
   * @param {string} francais
   * @param {string} ou
   */
  #add(anglais, francais, ou) {
    if (anglais.includes("{}")) {
      this.#motifs.push({ matches: motif(anglais), francais, ou });
      return;
    }
    const regle = { matches: () => [], francais, ou };
    this.#exactes.set(anglais, [...(this.#exactes.get(anglais) ?? []), regle]);
  }
}

/** @param {string} anglais */
function motif(anglais) {
  const parts = anglais.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join("(.+?)")}$`, "s");
  return (/** @type {string} */ text) => pattern.exec(text)?.slice(1) ?? null;
}

/**
 * @param {string} francais
 * @param {string[]} found
 */
const filled = (francais, found) => {
  const left = [...found];
  return francais.replaceAll("{}", () => left.shift() ?? "");
};

/**
 * Translates a page, and whatever comes into it later.
 *
 * @param {Document} page
 * @param {Francais} francais
 */
export function translate(page, francais) {
  const observer = new MutationObserver((changes) => {
    for (const change of changes) follow(change, francais);
  });
  observer.observe(page, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTS,
  });
  translateTree(page.documentElement, francais);
}

/**
 * @param {MutationRecord} change
 * @param {Francais} francais
 */
function follow({ target, addedNodes, attributeName }, francais) {
  if (target instanceof Text) translateText(target, francais);
  else if (attributeName) translateAttribute(/** @type {Element} */ (target), attributeName, francais);
  for (const node of addedNodes) translateTree(node, francais);
}

/**
 * @param {Node} root
 * @param {Francais} francais
 */
function translateTree(root, francais) {
  const refuse = (/** @type {Node} */ node) =>
    node instanceof Element && node.matches(NOTRES) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  if (refuse(root) === NodeFilter.FILTER_REJECT) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, refuse);
  for (let node = /** @type {Node | null} */ (root); node; node = walker.nextNode()) {
    if (node instanceof Text) translateText(node, francais);
    else if (node instanceof Element) {
      for (const name of ATTRIBUTS) translateAttribute(node, name, francais);
    }
  }
}

/**
 * @param {Text} text
 * @param {Francais} francais
 */
function translateText(text, francais) {
  const parent = text.parentElement;
  if (!parent || parent.closest(NOTRES)) return;
  const said = francais.of(text.data, parent);
  if (said !== null && said !== text.data) text.data = said;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Francais} francais
 */
function translateAttribute(element, name, francais) {
  const value = element.getAttribute(name);
  const said = value && francais.of(value, element);
  if (said && said !== value) element.setAttribute(name, said);
}
