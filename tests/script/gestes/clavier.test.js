import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Clavier } from "../../../assets/carte/gestes/clavier.js";
import { isRepeated, named, sections } from "../../../assets/carte/gestes/touches.js";
import { declarations } from "../declarations.js";

const NO_MODIFIER = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
const key = (/** @type {string} */ name, modifiers = {}) =>
  /** @type {KeyboardEvent} */ ({ key: name, ...NO_MODIFIER, ...modifiers });

const SECTIONS = sections(declarations);
const ACTIONS = SECTIONS.flatMap(({ lignes }) => lignes.flatMap(({ action }) => action ?? []));

/** @type {string[]} */
let run;
/** @type {{ open: boolean, close(): void, toggle(): void }} */
let fiche;
/** @type {Clavier} */
let clavier;

beforeEach(() => {
  run = [];
  fiche = { open: false, close: () => undefined, toggle: () => undefined };
  const runs = Object.fromEntries(ACTIONS.map((action) => [action, () => run.push(action)]));
  clavier = new Clavier(SECTIONS, { ...runs, main: () => run.push("main") > 1 }, fiche);
});

describe("a key is written", () => {
  for (const [event, written] of /** @type {const} */ ([
    [key("z"), "Z"],
    [key("Z", { shiftKey: true }), "Maj + Z"],
    [key("z", { ctrlKey: true }), "Ctrl + Z"],
    [key("z", { metaKey: true }), "Ctrl + Z"],
    [key("Z", { ctrlKey: true, shiftKey: true }), "Ctrl + Maj + Z"],
    [key("?", { shiftKey: true }), "?"],
    [key("Escape"), "Échap"],
    [key("z", { altKey: true }), null],
    [key(""), null],
  ])) {
    test(`${written}`, () => assert.equal(named(event), written));
  }
});

describe("a key pressed", () => {
  test("undoes, redoes, with and without Ctrl", () => {
    for (const event of [key("z"), key("z", { ctrlKey: true })]) assert.ok(clavier.press(event));
    for (const event of [
      key("Z", { shiftKey: true }),
      key("y", { ctrlKey: true }),
      key("Z", { ctrlKey: true, shiftKey: true }),
    ]) {
      assert.ok(clavier.press(event));
    }
    assert.deepEqual(run, ["annuler", "annuler", "refaire", "refaire", "refaire"]);
  });

  test("takes each kind of group and each tool by its declared key", () => {
    for (const { touche } of [...declarations.unites, ...declarations.outils]) {
      clavier.press(key(touche === "Échap" ? "Escape" : touche.toLowerCase()));
    }
    const codes = [...declarations.unites, ...declarations.outils].map(({ code }) => code);
    assert.deepEqual(run.toSorted(), codes.toSorted());
  });

  test("that is no key of the map, or with another modifier, is left to others", () => {
    for (const event of [key("q"), key("e", { ctrlKey: true }), key("r", { altKey: true }), key("F5")]) {
      assert.equal(clavier.press(event), false);
    }
    assert.deepEqual(run, []);
  });

  test("is left to others when there is nothing to do", () => {
    assert.equal(clavier.press(key("Escape")), false, "nothing to leave");
    assert.equal(clavier.press(key("Escape")), true);
  });

  test("held down only repeats undo and redo", () => {
    assert.equal(clavier.press(key("z", { repeat: true })), true);
    assert.equal(clavier.press(key("v", { repeat: true })), false);
    assert.deepEqual(run, ["annuler"]);
  });

  test("while the card is open only closes it", () => {
    fiche.open = true;
    assert.equal(clavier.press(key("r")), false);
    assert.equal(clavier.press(key("?", { shiftKey: true })), true);
    assert.deepEqual(run, ["aider"]);
  });
});

describe("the list of keys", () => {
  test("gives no key to two actions", () => {
    const keys = SECTIONS.flatMap(({ lignes }) => lignes.flatMap(({ touches }) => touches));
    assert.equal(new Set(keys).size, keys.length);
  });

  test("names every action that may be repeated", () => {
    assert.deepEqual(ACTIONS.filter(isRepeated), ["annuler", "refaire"]);
  });

  test("has a text on every line", () => {
    for (const { lignes } of SECTIONS) for (const { texte } of lignes) assert.ok(texte);
  });
});
