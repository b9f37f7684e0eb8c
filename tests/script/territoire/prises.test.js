import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Prises } from "../../../assets/carte/territoire/prises.js";
import { Zones } from "../../../assets/carte/territoire/zones.js";
import { declarations } from "../declarations.js";

const CONTOUR = /** @type {any} */ ([[{ lat: 45, lng: 1 }]]);
const polygon = { getLatLngs: () => CONTOUR };
const COMMUNES = new Map([
  ["87085", { nom: "Limoges", population: 131_479, departement: "Haute-Vienne", polygon }],
  ["87050", { nom: "Couzeix", population: 9_800, departement: "Haute-Vienne", polygon }],
  ["29155", { nom: "Ouessant", population: 830, departement: "Finistère", polygon }],
]);
const HAUTE_VIENNE = /** @type {const} */ ({
  code: "87",
  nom: "Haute-Vienne",
  bounds: [0.6, 45.4, 1.9, 46.4],
});
const DEPARTEMENTS = new Map([
  ["87", { properties: { ...HAUTE_VIENNE, bounds: [...HAUTE_VIENNE.bounds] }, polygon }],
]);
const SERVED = {
  "/zones/epci.json": { 1: { nom: "Limoges Métropole", population: 209_000, communes: ["87085", "87050"] } },
  "/zones/departement.json": {
    87: { nom: "Haute-Vienne", population: 372_000, communes: ["87085", "87050"] },
  },
};

/** @type {{ unite: string, trace: boolean }} */
let outils;
/** @type {Set<string>} */
let chosen;
/** @type {Zones} */
let zones;
/** @type {Prises} */
let prises;

/** Lines as a person reads them, whatever the spaces. */
const lines = (/** @type {string} */ code) =>
  prises.at(code)?.lignes.map((line) => line.replaceAll(/[\u00a0\u202f]/g, " "));

beforeEach(() => {
  outils = { unite: "commune", trace: false };
  chosen = new Set();
  zones = new Zones(async (url) => SERVED[/** @type {keyof typeof SERVED} */ (url)]);
  prises = new Prises(
    declarations.unites,
    { communes: COMMUNES, departements: /** @type {any} */ (DEPARTEMENTS), zones },
    outils,
    (code) => chosen.has(code),
    (code) => [`de plus sur ${code}`],
  );
});

describe("one commune", () => {
  test("is taken alone, with what is known of it", () => {
    const prise = prises.at("87085");
    assert.deepEqual([prise?.geste, prise?.nom, prise?.communes], ["commune", "Limoges", ["87085"]]);
    assert.deepEqual(lines("87085"), ["131 479 habitants", "Haute-Vienne", "de plus sur 87085"]);
    assert.equal(prise?.contour, CONTOUR);
  });

  test("is what is under a tool that draws, whatever a click takes", async () => {
    await zones.load("epci");
    Object.assign(outils, { unite: "epci", trace: true });
    assert.equal(prises.at("87085")?.geste, "commune");
  });

  test("unknown here is nothing", () => assert.equal(prises.at("99999"), null));
});

describe("a group", () => {
  beforeEach(() => {
    outils.unite = "epci";
  });

  test("is awaited until the groups are here, under its kind", () => {
    assert.equal(prises.at("87085"), null);
    assert.deepEqual(prises.waiting("87085"), { nom: "Limoges", lignes: ["EPCI…"] });
    assert.equal(prises.waiting("87").nom, "Haute-Vienne");
  });

  test("is taken whole, and says how much of it is already chosen", async () => {
    await zones.load("epci");
    assert.equal(prises.at("87050")?.geste, "epci:1");
    assert.deepEqual(prises.at("87050")?.communes, ["87085", "87050"]);
    const size = ["EPCI · 2 communes", "209 000 habitants"];
    assert.deepEqual(lines("87050"), size);
    chosen.add("87085");
    assert.deepEqual(lines("87050"), [...size, "1 commune déjà dans le territoire"]);
    chosen.add("87050");
    assert.deepEqual(lines("87050"), [...size, "Déjà dans le territoire"]);
  });

  test("that does not exist there leaves the commune alone, and says so", async () => {
    await zones.load("epci");
    assert.deepEqual(prises.at("29155")?.communes, ["29155"]);
    assert.ok(lines("29155")?.includes("Sans EPCI"));
  });
});

describe("from afar, a département", () => {
  test("opens, and takes nothing", () => {
    const prise = prises.at("87");
    assert.deepEqual([prise?.communes, prise?.ouvre?.code], [[], "87"]);
  });

  test("is taken whole when clicks take départements", async () => {
    outils.unite = "departement";
    assert.equal(prises.at("87"), null, "not here yet");
    await zones.load("departement");
    const prise = prises.at("87");
    assert.deepEqual([prise?.geste, prise?.ouvre], ["departement:87", undefined]);
    assert.equal(prise?.contour, CONTOUR);
  });

  test("only opens under a tool that draws", async () => {
    await zones.load("departement");
    Object.assign(outils, { unite: "departement", trace: true });
    assert.equal(prises.at("87")?.ouvre?.code, "87");
  });
});
