// As much of the memory of a browser as its scripts look at, shared by the tabs of a test.

export class Stockage {
  /** @type {Map<string, string>} */
  content = new Map();
  /** How many characters fit. */
  place = Number.POSITIVE_INFINITY;

  get length() {
    return this.content.size;
  }

  /** @param {number} rank */
  key(rank) {
    return [...this.content.keys()][rank] ?? null;
  }

  /** @param {string} key */
  getItem(key) {
    return this.content.get(key) ?? null;
  }

  /** @param {string} key */
  removeItem(key) {
    this.content.delete(key);
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  setItem(key, value) {
    const others = [...this.content].filter(([each]) => each !== key);
    const weight = others.reduce((sum, [each, { length }]) => sum + each.length + length, 0);
    if (weight + key.length + value.length > this.place) {
      throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    }
    this.content.set(key, value);
  }
}

/** @returns {never} */
export const interdit = () => {
  throw Object.assign(new Error("forbidden"), { name: "SecurityError" });
};
