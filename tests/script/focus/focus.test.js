import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeValeur } from "../../../assets/carte/focus/focus.js";
import { tellCommunes } from "../../../assets/carte/focus/structures.js";

const plain = (/** @type {string} */ text) => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("the bubble of a coloured commune", () => {
  const drawn = { titre: "Bénéficiaires d’une ALD", unite: "%", decimales: 1 };
  const says = (/** @type {import("../../../assets/carte/messages.js").ValeurCommune | undefined} */ value) =>
    plain(describeValeur(drawn, value));

  test("gives the value as it is written", () => {
    assert.equal(says([2, 1234.56, 1234.56]), "Bénéficiaires d’une ALD : 1 234,6 %");
    assert.equal(says([0, 0, 0]), "Bénéficiaires d’une ALD : 0,0 %");
  });

  test("gives both ends of what is hidden", () => {
    assert.equal(says([-1, 1, 5]), "Bénéficiaires d’une ALD : 1,0 à 5,0 % (secret statistique)");
  });

  test("says what secrecy leaves nothing of", () => {
    assert.equal(says([-1]), "Bénéficiaires d’une ALD : secret statistique");
  });

  test("says what there is nothing to divide by", () => {
    assert.equal(says([-3]), "Bénéficiaires d’une ALD : sans objet");
  });

  test("says what is not available", () => {
    for (const value of /** @type {const} */ ([undefined, [-2]])) {
      assert.equal(says(value ? [...value] : undefined), "Bénéficiaires d’une ALD : non disponible");
    }
  });
});

describe("the bubble of a commune with structures", () => {
  test("names those that are placed, then counts the others", () => {
    /** @type {Map<string, string>} */
    const said = new Map();
    tellCommunes(said, {
      points: [
        ["MSP des Charmilles", 1.2, 45.8, "87085"],
        ["MSP Carnot", 1.3, 45.8, "87085"],
      ],
      comptes: [
        ["87085", 1.2, 45.8, 2],
        ["87050", 1.2, 45.9, 3],
        ["87113", 1.2, 45.9, 1],
      ],
    });
    assert.deepEqual(Object.fromEntries(said), {
      87085: "MSP des Charmilles, MSP Carnot, et 2 autres",
      87050: "3",
      87113: "1",
    });
  });

  test("writes one other in the singular", () => {
    const said = new Map([["87085", "MSP Carnot"]]);
    tellCommunes(said, { points: [], comptes: [["87085", 1.2, 45.8, 1]] });
    assert.equal(said.get("87085"), "MSP Carnot, et 1 autre");
  });
});
