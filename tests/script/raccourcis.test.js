import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { hand, isTyping } from "../../assets/composants/raccourcis.js";

// As much of the page as the keys look at.
class Node {
  #tag;
  #type;
  constructor(tag = "", type = "") {
    this.#tag = tag;
    this.#type = type;
  }
  /** @param {string} selector a list of tags, and inputs but for some types */
  matches(selector) {
    const excepted = /input:not\((.*)\)/.exec(selector)?.[1] ?? "";
    if (this.#tag === "input") return !excepted.includes(`[type=${this.#type}]`);
    return selector.split(", ").includes(this.#tag);
  }
}

/** @type {string[]} */
let pressed;
/** @type {boolean} */
let dialog;
/** @type {boolean} */
let isOurs;
/** @type {string[]} */
let done;

beforeEach(() => {
  [pressed, done, dialog, isOurs] = [[], [], false, true];
  const carte = {
    press: (/** @type {KeyboardEvent} */ { key }) => {
      pressed.push(key);
      return isOurs;
    },
  };
  const querySelector = (/** @type {string} */ selector) => {
    if (selector.startsWith("iframe")) return { contentWindow: { carte } };
    return dialog ? {} : null;
  };
  Object.assign(globalThis, { Element: Node, document: { querySelector } });
});

const key = (/** @type {Node[]} */ ...path) =>
  /** @type {any} */ ({
    key: "e",
    composedPath: () => path,
    preventDefault: () => done.push("prevented"),
    stopImmediatePropagation: () => done.push("stopped"),
  });

describe("a key of the page", () => {
  test("goes to the map, and stops there when it is one of its own", () => {
    hand(key(new Node("button")));
    assert.deepEqual([pressed, done], [["e"], ["prevented", "stopped"]]);
  });

  test("goes on when the map does not know it", () => {
    isOurs = false;
    hand(key(new Node("button")));
    assert.deepEqual(done, []);
  });

  test("typed in a field is only text, even in the shadow of a component", () => {
    for (const field of [new Node("input", "search"), new Node("textarea"), new Node("select")]) {
      hand(key(new Node("span"), field, new Node("div")));
    }
    assert.deepEqual([pressed, done], [[], []]);
  });

  test("is not for the map while a dialog is open", () => {
    dialog = true;
    hand(key(new Node("button")));
    assert.deepEqual(pressed, []);
  });

  test("on a box to check is a key of the map", () => {
    assert.equal(isTyping(key(new Node("input", "checkbox"))), false);
    assert.equal(isTyping(key(new Node("input", "radio"))), false);
  });
});
