import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { situation } from "../../../assets/carte/autour/guide.js";
import { declarations } from "../declarations.js";

const CLICK = {
  verrou: false,
  trace: false,
  outil: "main",
  unite: "commune",
  groupe: true,
  proche: true,
  auClavier: false,
};
const LASSO = { ...CLICK, trace: true, outil: "lasso" };

describe("the guide", () => {
  for (const [name, etat, expected] of /** @type {const} */ ([
    ["says nothing to who clicks communes", CLICK, null],
    ["warns that a click replaces everything", { ...CLICK, groupe: false }, "seul"],
    ["asks to come near", { ...CLICK, proche: false }, "loin"],
    ["offers the whole département", { ...CLICK, proche: false, unite: "departement" }, "departement"],
    ["asks to zoom before drawing", { ...LASSO, proche: false }, "zoomer"],
    ["tells how to draw", LASSO, "lasso"],
    ["tells how to draw without a mouse", { ...LASSO, auClavier: true }, "lasso_clavier"],
    ["tells first of the lock", { ...LASSO, verrou: true, proche: false }, "verrou"],
  ])) {
    test(name, () => assert.equal(situation(etat), expected));
  }

  test("has a text for every situation, and no other text", () => {
    const { unites, outils, guides } = declarations;
    const both = [true, false];
    const said = new Set(
      unites.flatMap(({ code: unite }) =>
        outils.flatMap(({ code: outil }) =>
          Array.from({ length: 16 }, (_, bits) => {
            const [verrou, groupe, proche, auClavier] = [1, 2, 4, 8].map((bit) => both[bits & bit ? 0 : 1]);
            return situation({ verrou, trace: outil !== "main", outil, unite, groupe, proche, auClavier });
          }),
        ),
      ),
    );
    said.delete(null);
    assert.deepEqual([...said].toSorted(), Object.keys(guides).toSorted());
  });
});
