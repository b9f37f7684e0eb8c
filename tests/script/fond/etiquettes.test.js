import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { choose, room } from "../../../assets/carte/fond/etiquettes.js";
import { overlap } from "../../../assets/carte/socle/geometrie.js";

const NARROW = 800;
const town = (/** @type {string} */ nom, /** @type {number} */ x, /** @type {number} */ y) => ({ nom, x, y });
const boxOf = (/** @type {ReturnType<typeof town>} */ { nom, x, y }) => room({ x, y }, nom, NARROW);
const names = (/** @type {ReturnType<typeof town>[]} */ towns, /** @type {number} */ most) =>
  choose(towns, boxOf, most).map(({ nom }) => nom);

describe("names on the map", () => {
  test("the first of two that would touch is kept", () => {
    assert.deepEqual(
      names([town("Limoges", 100, 100), town("Isle", 110, 105), town("Tulle", 400, 400)], 60),
      ["Limoges", "Tulle"],
    );
  });

  test("one left out does not keep another from its place", () => {
    const row = [town("Limoges", 100, 100), town("Isle", 140, 100), town("Condat", 190, 100)];
    assert.ok(overlap(boxOf(row[1]), boxOf(row[2])));
    assert.deepEqual(names(row, 60), ["Limoges", "Condat"]);
  });

  test("no more are kept than asked for", () => {
    const far = Array.from({ length: 10 }, (_, rank) => town(`V${rank}`, 300 * rank, 0));
    assert.deepEqual(names(far, 3), ["V0", "V1", "V2"]);
  });

  test("however many, no two touch", () => {
    const many = Array.from({ length: 400 }, (_, rank) =>
      town("Ville", (rank * 37) % 900, (rank * 91) % 700),
    );
    const kept = choose(many, boxOf).map(boxOf);
    assert.ok(kept.length > 10);
    for (const [rank, box] of kept.entries()) {
      assert.ok(!kept.slice(rank + 1).some((other) => overlap(box, other)));
    }
  });
});

describe("the room of a name", () => {
  test("is around its place, wider for a longer name and on a wide map", () => {
    const { west, east, north, south } = room({ x: 100, y: 50 }, "Limoges", NARROW);
    assert.deepEqual([(west + east) / 2, (north + south) / 2], [100, 50]);
    const width = (/** @type {string} */ nom, /** @type {number} */ map) =>
      room({ x: 0, y: 0 }, nom, map).east;
    assert.ok(width("Saint-Léonard-de-Noblat", NARROW) > width("Isle", NARROW));
    assert.ok(width("Isle", 1900) > width("Isle", NARROW));
  });
});
