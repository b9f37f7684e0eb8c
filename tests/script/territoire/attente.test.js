/** @import { Gardee } from "../../../assets/carte/territoire/attente.js" */
/** @import { Operation } from "../../../assets/carte/messages.js" */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Attente, remaining } from "../../../assets/carte/territoire/attente.js";

const change = (
  /** @type {number} */ seq,
  /** @type {string[]} */ ajouter,
  /** @type {string[]} */ retirer = [],
) => ({
  seq,
  ajouter,
  retirer,
  geste: "commune",
});
const undo = (/** @type {number} */ seq) => ({ seq, commande: /** @type {const} */ ("annuler") });

/** @type {Gardee} */
const kept = {
  instance: "map",
  session: "s",
  base: ["a"],
  operations: [change(4, ["b"]), change(5, ["c"], ["a"]), undo(6), change(7, ["d"])],
};
/** @param {Operation[] | null} operations */
const numbers = (operations) => operations?.map(({ seq }) => seq) ?? null;

describe("what Python has not applied", () => {
  test("is what follows the last number it has seen of this map", () => {
    assert.deepEqual(numbers(remaining(kept, { session: "s", instance: "map", ack: 5, codes: [] })), [6, 7]);
    assert.deepEqual(numbers(remaining(kept, { session: "s", instance: "map", ack: 7, codes: [] })), []);
  });

  test("is all of it for the same session, which has never heard of this map", () => {
    assert.equal(remaining(kept, { session: "s", instance: "other", ack: 9, codes: ["z"] })?.length, 4);
  });

  test("is told by the communes it holds, in another session", () => {
    const after = (/** @type {string[]} */ ...codes) =>
      numbers(remaining(kept, { session: "new", instance: "", ack: 0, codes }));
    assert.deepEqual(after("a"), [4, 5, 6, 7]);
    assert.deepEqual(after("b", "a"), [5, 6, 7]);
    assert.deepEqual(after("c", "b"), [6, 7]);
  });

  test("is unknown when they are those of no moment, or of a moment after an undo", () => {
    for (const codes of [[], ["z"], ["a", "b", "c"], ["b", "c", "d"]]) {
      assert.equal(remaining(kept, { session: "new", instance: "", ack: 0, codes }), null);
    }
  });

  test("is nothing when nothing was kept", () => {
    assert.deepEqual(remaining({}, { session: "s", instance: "", ack: 0, codes: ["a"] }), []);
  });
});

test("the tab keeps what waits, and nothing once all is confirmed", () => {
  /** @type {Partial<Gardee>} */
  let written = {};
  const attente = new Attente({
    read: () => ({}),
    write: (content) => {
      written = content;
    },
  });
  attente.confirm({ session: "s", instance: "", ack: 0, codes: ["a"] });
  attente.add({ ajouter: ["b"], retirer: [], geste: "commune" });
  assert.deepEqual(written, {
    instance: attente.instance,
    session: "s",
    base: ["a"],
    operations: [{ seq: 1, ajouter: ["b"], retirer: [], geste: "commune" }],
  });
  attente.confirm({ session: "s", instance: attente.instance, ack: 1, codes: ["a", "b"] });
  assert.deepEqual(written, {});
});
