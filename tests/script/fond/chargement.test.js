import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Chargement } from "../../../assets/carte/fond/chargement.js";

/** @type {string[]} */
let said;
/** @type {(() => void) | null} */
let retry;
/** @type {Record<string, string[]>} names of départements by state */
let states;
/** @type {string[]} */
let done;
/** @type {number} how many times the outlines cannot be had */
let failures;
/** @type {Chargement} */
let chargement;

const departements = {
  load: async (/** @type {string} */ code) => void done.push(`load ${code}`),
  loadOutlines: () => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error("unreachable")) : Promise.resolve();
  },
  names: (/** @type {string} */ state) => states[state] ?? [],
  forgetFailures: () => void done.push("forget"),
};
const annonce = {
  say: (/** @type {string} */ text) => void said.push(text),
  askRetry: (/** @type {string} */ text) =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      said.push(text);
      retry = resolve;
    }),
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  [said, done, states, failures, retry] = [[], [], {}, 0, null];
  chargement = new Chargement(departements, annonce, {
    chosen: () => ["87085", "87050", "97105"],
    refresh: () => done.push("refresh"),
  });
});

describe("the first fetch", () => {
  test("brings the départements of the territory, each once", async () => {
    await chargement.begin();
    assert.deepEqual(said, ["Chargement de la carte…", ""]);
    assert.deepEqual(done, ["load 87", "load 971", "refresh"]);
  });

  test("that fails waits for the person, as many times as it takes", async () => {
    failures = 2;
    const begun = chargement.begin();
    for (const attempt of [1, 2]) {
      await turn();
      assert.equal(said.filter((text) => text.includes("n’a pas pu")).length, attempt);
      assert.deepEqual(done, []);
      retry?.();
    }
    await begun;
    assert.equal(said.at(-1), "");
    assert.equal(done.at(-1), "refresh");
  });
});

describe("what is said", () => {
  test("names what is being fetched, before what has failed", () => {
    states = { loading: ["Creuse", "Corrèze"], failed: ["Ain"] };
    chargement.tell();
    assert.deepEqual(said, ["Chargement des communes : Creuse, Corrèze…"]);
  });

  test("of a failure offers another try", async () => {
    states = { failed: ["Ain"] };
    chargement.tell();
    assert.deepEqual(said, ["Communes non chargées : Ain."]);
    assert.deepEqual(done, []);
    retry?.();
    await turn();
    assert.deepEqual(done, ["forget", "load 87", "load 971", "refresh"]);
  });

  test("is nothing when nothing is awaited", () => {
    chargement.tell();
    assert.deepEqual(said, [""]);
  });
});
