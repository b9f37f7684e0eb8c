import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Outils } from "../../../assets/carte/gestes/outils.js";
import { Memoire } from "../../../assets/carte/socle/memoire.js";
import { declarations } from "../declarations.js";

/** @type {Map<string, string>} */
let stored;
/** @type {number} */
let changes;

const storage = {
  getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => void stored.set(key, value),
};
const open = () =>
  new Outils(declarations, new Memoire("outils", () => storage), () => {
    changes += 1;
  });

beforeEach(() => {
  stored = new Map();
  changes = 0;
});

describe("what is in hand", () => {
  test("at first takes one commune, and groups them", () => {
    const { unite, outil, sens, groupe, trace, retire } = open();
    assert.deepEqual([unite, outil, sens, groupe], ["commune", "main", "ajouter", true]);
    assert.deepEqual([trace, retire], [false, false]);
  });

  test("is the hand again once another kind of group is chosen", () => {
    const outils = open();
    outils.chooseOutil("lasso");
    assert.equal(outils.trace, true);
    outils.chooseUnite("canton");
    assert.deepEqual([outils.unite, outils.trace], ["canton", false]);
  });

  test("is told at each choice", () => {
    const outils = open();
    outils.reverse();
    outils.toggleGroupe();
    assert.deepEqual([outils.retire, outils.groupe, changes], [true, false, 2]);
    outils.reverse();
    outils.toggleGroupe();
    assert.deepEqual([outils.retire, outils.groupe, changes], [false, true, 4]);
  });

  test("is found again on coming back", () => {
    const outils = open();
    outils.chooseUnite("epci");
    outils.chooseOutil("rectangle");
    outils.reverse();
    outils.toggleGroupe();
    const again = open();
    assert.deepEqual(
      [again.unite, again.outil, again.sens, again.groupe],
      ["epci", "rectangle", "retirer", false],
    );
  });

  test("is forgotten when it names what is offered no more", () => {
    stored.set("outils", JSON.stringify({ unite: "quartier", outil: "lasso", groupe: false }));
    assert.deepEqual([open().unite, open().outil, open().groupe], ["commune", "main", true]);
    stored.set("outils", JSON.stringify({ unite: "epci", outil: "pinceau" }));
    assert.deepEqual([open().unite, open().outil], ["commune", "main"]);
  });
});
