import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enclose, toggle } from "../../../assets/carte/territoire/operations.js";

const choisies = (/** @type {string[]} */ ...codes) => ({
  codes,
  has: (/** @type {string} */ code) => codes.includes(code),
});
const EPCI = { communes: ["a", "b", "c"], geste: "epci:1" };

describe("a click on a group", () => {
  test("adds what is missing", () => {
    assert.deepEqual(toggle(EPCI, choisies("b", "z"), true), {
      ajouter: ["a", "c"],
      retirer: [],
      geste: "epci:1",
    });
  });

  test("takes it off when it is all chosen, and leaves the rest", () => {
    assert.deepEqual(toggle(EPCI, choisies("a", "b", "c", "z"), true), {
      ajouter: [],
      retirer: ["a", "b", "c"],
      geste: "epci:1",
    });
  });

  test("replaces the territory when one takes one at a time", () => {
    assert.deepEqual(toggle(EPCI, choisies("a", "z"), false), {
      ajouter: ["b", "c"],
      retirer: ["z"],
      geste: "epci:1",
    });
  });

  test("keeps it when only the rest is to go", () => {
    assert.deepEqual(toggle(EPCI, choisies("a", "b", "c", "z"), false), {
      ajouter: [],
      retirer: ["z"],
      geste: "epci:1",
    });
  });

  test("takes it off when it is the whole territory", () => {
    assert.deepEqual(toggle(EPCI, choisies("a", "b", "c"), false).retirer, ["a", "b", "c"]);
  });
});

describe("a shape", () => {
  const how = { geste: "lasso", retire: false, groupe: true };

  test("adds the communes inside it that are not chosen", () => {
    const changement = enclose(["a", "b"], choisies("b", "z"), how);
    assert.deepEqual(changement, { ajouter: ["a"], retirer: [], geste: "lasso" });
  });

  test("never takes off what it holds, unless it removes", () => {
    assert.deepEqual(enclose(["a", "b"], choisies("a", "b"), how).retirer, []);
    const changement = enclose(["a", "b", "c"], choisies("a", "b", "z"), { ...how, retire: true });
    assert.deepEqual(changement, { ajouter: [], retirer: ["a", "b"], geste: "lasso" });
  });

  test("replaces the territory when one takes one at a time", () => {
    assert.deepEqual(enclose(["a"], choisies("y", "z"), { ...how, groupe: false }).retirer, ["y", "z"]);
  });

  test("that holds nothing changes nothing, even when one takes one at a time", () => {
    for (const retire of [true, false]) {
      const { ajouter, retirer } = enclose([], choisies("y"), { ...how, retire, groupe: false });
      assert.deepEqual([ajouter, retirer], [[], []]);
    }
  });
});
