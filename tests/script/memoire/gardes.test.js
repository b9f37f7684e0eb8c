import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { cleFiche, Gardes } from "../../../assets/composants/memoire/gardes.js";
import { interdit, Stockage } from "./stockage.js";

const garde = {
  lien: "communes=1.x&nom=A",
  nom: "A",
  communes: 2,
  population: 3,
  empreinte: "e",
  etats: "etats",
};
const at = (/** @type {number} */ date) => ({ marque: String(date), date });

/** @type {Stockage} */
let stockage;
/** @type {Gardes} */
let gardes;

beforeEach(() => {
  stockage = new Stockage();
  gardes = new Gardes(() => stockage);
});

describe("what this browser keeps", () => {
  test("is read back, each project under its own identity, whatever its name", () => {
    gardes.write("un", garde, "textes", at(1));
    gardes.write("deux", { ...garde, etats: "autres" }, "", at(2));
    assert.deepEqual(gardes.read("un"), { ...garde, marque: "1", date: 1 });
    assert.equal(gardes.read("deux")?.etats, "autres");
    assert.deepEqual([gardes.readComplements("un"), gardes.readComplements("deux")], ["textes", ""]);
    assert.deepEqual(
      gardes.list().map(({ id }) => id),
      ["deux", "un"],
    );
  });

  test("loses what people wrote once they have taken it off, and all when it is forgotten", () => {
    gardes.write("un", garde, "textes", at(1));
    gardes.write("deux", garde, "textes", at(1));
    gardes.write("un", garde, "", at(2));
    assert.equal(gardes.readComplements("un"), "");
    gardes.forget("un");
    assert.equal(gardes.read("un"), null);
    assert.equal(gardes.readComplements("deux"), "textes");
  });

  test("is forgotten whole, what does not read any more included, and nothing of others", () => {
    gardes.write("un", garde, "textes", at(1));
    gardes.write("deux", garde, "", at(2));
    for (const key of [
      "cpts-geo.complements.A",
      "cpts-geo.ecrits.seul",
      cleFiche("abîmée"),
      "cpts-geo.guide",
      "autre",
    ]) {
      stockage.setItem(key, "{");
    }
    gardes.forgetAll();
    assert.deepEqual([...stockage.content.keys()], ["cpts-geo.guide", "autre"]);
  });

  test("stays as it was when there is no room for more", () => {
    gardes.write("un", garde, "textes", at(1));
    const before = new Map(stockage.content);
    stockage.place = 300;
    assert.equal(gardes.write("un", { ...garde, etats: "x".repeat(500) }, "court", at(2)), "plein");
    assert.deepEqual(stockage.content, before);
    assert.equal(gardes.write("un", garde, "x".repeat(500), at(2)), "plein");
    assert.deepEqual(stockage.content, before);
  });

  test("is nothing, without an error, in a browser that forbids it", () => {
    const closed = new Gardes(interdit);
    assert.equal(closed.write("un", garde, "", at(1)), "interdit");
    assert.deepEqual([closed.read("un"), closed.list(), closed.readComplements("un")], [null, [], ""]);
    closed.forget("un");
    closed.forgetAll();
    closed.rename("un", "B");
  });

  test("that is not ours is left aside", () => {
    stockage.setItem("autre", "{}");
    stockage.setItem("cpts-geo.guide", "vu");
    for (const [rank, text] of ["{", "null", "[]", '{"etats": 1}', '{"etats":"","lien":""}'].entries()) {
      stockage.setItem(cleFiche(String(rank)), text);
      assert.equal(gardes.read(String(rank)), null);
    }
    assert.deepEqual(gardes.list(), []);
  });

  test("takes another name without being changed", () => {
    gardes.write("un", garde, "", at(1));
    gardes.rename("un", "B");
    assert.deepEqual(gardes.read("un"), { ...garde, marque: "1", date: 1, renomme: "B" });
    gardes.rename("absent", "B");
    assert.equal(gardes.read("absent"), null);
  });
});
