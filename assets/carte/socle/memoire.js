// What the tab remembers while the person goes from one page to another.
export class Memoire {
  #key;
  #storage;

  /**
   * @param {string} key
   * @param {Pick<Storage, "getItem" | "setItem">} storage
   */
  constructor(key, storage = sessionStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /** What was last written, an empty object when nothing was. */
  read() {
    return JSON.parse(this.#storage.getItem(this.#key) ?? "{}");
  }

  /** @param {object} content */
  write(content) {
    this.#storage.setItem(this.#key, JSON.stringify(content));
  }
}
