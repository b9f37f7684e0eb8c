// What the tab remembers while the person goes from one page to another, or loads one anew.
export class Memoire {
  #key;
  #storage;

  /**
   * @param {string} key
   * @param {() => Pick<Storage, "getItem" | "setItem">} storage which a browser may refuse
   */
  constructor(key, storage = () => sessionStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /** What was last written, an empty object when nothing was. */
  read() {
    try {
      return JSON.parse(this.#storage().getItem(this.#key) ?? "{}");
    } catch {
      return {};
    }
  }

  /** @param {object} content forgotten with the page when the browser keeps nothing */
  write(content) {
    try {
      this.#storage().setItem(this.#key, JSON.stringify(content));
    } catch {
      // Full, or forbidden: the map works as well without.
    }
  }
}
