import assert from "node:assert/strict";
import { test } from "node:test";
import { enumerate } from "../../../assets/carte/autour/annonce.js";
import { departementOf } from "../../../assets/carte/fond/communes.js";
import { communes, habitants } from "../../../assets/carte/socle/francais.js";

test("the département of a commune is at the head of its code", () => {
  const codes = ["01001", "2A004", "2B033", "87085", "97105", "97302", "97608"];
  assert.deepEqual(codes.map(departementOf), ["01", "2A", "2B", "87", "971", "973", "976"]);
});

test("communes and inhabitants are counted in French", () => {
  assert.deepEqual([0, 1, 2].map(communes), ["0\u00a0commune", "1\u00a0commune", "2\u00a0communes"]);
  assert.equal(communes(1234).replaceAll("\u202f", " "), "1 234\u00a0communes");
  assert.equal(habitants(131_479).replaceAll("\u202f", " "), "131 479 habitants");
});

test("départements are named, or counted when they are many", () => {
  assert.equal(enumerate(["Ain"]), "Ain");
  assert.equal(enumerate(["Ain", "Aisne", "Allier"]), "Ain, Aisne, Allier");
  assert.equal(enumerate(["Ain", "Aisne", "Allier", "Ardèche"]), "4 départements");
});
