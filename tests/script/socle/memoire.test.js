import assert from "node:assert/strict";
import { test } from "node:test";
import { Memoire } from "../../../assets/carte/socle/memoire.js";

/** @param {Partial<Storage>} storage */
const over = (storage) => new Memoire("cle", () => /** @type {Storage} */ (storage));

test("what is written is read again", () => {
  /** @type {Record<string, string>} */
  const held = {};
  const memoire = over({
    getItem: (key) => held[key] ?? null,
    setItem: (key, text) => {
      held[key] = text;
    },
  });
  assert.deepEqual(memoire.read(), {});
  memoire.write({ outil: "lasso" });
  assert.deepEqual(memoire.read(), { outil: "lasso" });
});

test("a browser that keeps nothing stops nothing", () => {
  const refuse = () => {
    throw new Error("QuotaExceededError");
  };
  for (const memoire of [over({ getItem: refuse, setItem: refuse }), new Memoire("cle", refuse)]) {
    memoire.write({ outil: "lasso" });
    assert.deepEqual(memoire.read(), {});
  }
  assert.deepEqual(over({ getItem: () => "{abîmé" }).read(), {});
});
