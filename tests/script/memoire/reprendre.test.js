import assert from "node:assert/strict";
import { test } from "node:test";
import { enFrancais } from "../../../assets/composants/memoire/dates.js";
import { said } from "../../../assets/composants/memoire/etat.js";
import { adresse, nomDe, resume } from "../../../assets/composants/memoire/reprendre.js";

/** @import { Suspens } from "../../../assets/page/connexion.js" */

const fiche = {
  id: "aZ09aZ09aZ09",
  lien: "communes=1.x&nom=A",
  nom: "A",
  communes: 12,
  population: 13_401,
  empreinte: "",
  etats: "",
  marque: "",
  date: new Date(2026, 4, 3, 14, 5).getTime(),
};

test("a project kept is told in French, and opened by its address", () => {
  assert.equal(resume(fiche), "12\u00a0communes, 13\u202f401\u00a0habitants");
  assert.equal(resume({ ...fiche, communes: 1, population: 1 }), "1\u00a0commune, 1\u00a0habitant");
  assert.equal(resume({ ...fiche, communes: 0, population: 0 }), "Aucune commune");
  assert.equal(enFrancais(fiche.date), "3 mai 2026 à 14:05");
  assert.equal(adresse(fiche), "?communes=1.x&nom=A&id=aZ09aZ09aZ09");
  assert.equal(adresse({ ...fiche, lien: "" }), "?id=aZ09aZ09aZ09");
  assert.deepEqual([nomDe(fiche), nomDe({ ...fiche, renomme: "B" })], ["A", "B"]);
});

const vue = {
  enregistre: true,
  panne: "",
  suspens: /** @type {Suspens} */ (""),
  conflit: false,
  copie: false,
  gardee: "",
};

test("it is said whether the work is kept, and never both ways", () => {
  assert.equal(said(vue).etat, "Enregistré dans ce navigateur");
  assert.equal(said({ ...vue, enregistre: false }).etat, "");
  for (const panne of ["plein", "interdit"]) {
    const told = said({ ...vue, panne });
    assert.match(told.etat, /^Non enregistré/);
    assert.ok(told.alerte);
  }
});

test("what waits for the connection, or for the map, is never said to be kept", () => {
  for (const suspens of /** @type {Suspens[]} */ (["connexion", "carte"])) {
    const told = said({ ...vue, suspens });
    assert.ok(told.attente);
    assert.doesNotMatch(told.etat, /^Enregistré/);
    assert.match(said({ ...vue, suspens, panne: "plein" }).etat, /^Non enregistré/);
  }
  assert.equal(said(vue).attente, false);
});

test("two versions of a project are a question, with two answers", () => {
  const onglets = said({ ...vue, conflit: true, copie: true });
  assert.equal(onglets.etat, "");
  assert.match(onglets.question, /autre onglet.*gardé à part/);
  assert.deepEqual(
    onglets.boutons.map(([quoi]) => quoi),
    ["prendre", "garder"],
  );
  const link = said({ ...vue, gardee: "3 mai 2026" });
  assert.match(link.question, /3 mai 2026/);
  assert.deepEqual(
    link.boutons.map(([quoi]) => quoi),
    ["revenir", "fermer"],
  );
  assert.equal(link.etat, "Enregistré dans ce navigateur");
});
