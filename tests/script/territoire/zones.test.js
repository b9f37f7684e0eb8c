import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Zones } from "../../../assets/carte/territoire/zones.js";

const EPCI = {
  1: { nom: "CC d’Oléron", population: 22_000, communes: ["17140", "17323"] },
  2: { nom: "CA Royan Atlantique", population: 85_000, communes: ["17306"] },
};
const CONTOUR = { type: "MultiPolygon", coordinates: [] };

/** @type {string[]} */
let asked;
/** @type {Set<string>} */
let broken;
/** @type {Zones} */
let zones;

beforeEach(() => {
  asked = [];
  broken = new Set();
  zones = new Zones(async (url) => {
    asked.push(url);
    await null;
    if (broken.has(url)) throw new Error(url);
    return url.startsWith("/geo/") ? { geometry: CONTOUR } : EPCI;
  });
});

describe("groups of a type", () => {
  test("are unknown until they are loaded", () => {
    assert.equal(zones.isLoaded("epci"), false);
    assert.equal(zones.ofCommune("epci", "17140"), undefined);
    assert.equal(zones.get("epci", "1"), undefined);
  });

  test("are found by commune and by code", async () => {
    await zones.load("epci");
    assert.equal(zones.isLoaded("epci"), true);
    assert.deepEqual(zones.ofCommune("epci", "17323"), { type: "epci", code: "1", ...EPCI[1] });
    assert.equal(zones.get("epci", "2")?.nom, "CA Royan Atlantique");
    assert.equal(zones.ofCommune("epci", "29155"), undefined, "an island without EPCI");
  });

  test("are asked for once, even by two at a time", async () => {
    await Promise.all([zones.load("epci"), zones.load("epci")]);
    await zones.load("epci");
    assert.deepEqual(asked, ["/zones/epci.json"]);
  });

  test("that could not be had are asked for again", async () => {
    broken.add("/zones/epci.json");
    await assert.rejects(zones.load("epci"));
    assert.equal(zones.isLoaded("epci"), false);
    broken.clear();
    await zones.load("epci");
    assert.equal(zones.isLoaded("epci"), true);
  });
});

describe("fetching ahead", () => {
  test("takes one type after the other, and goes on after a failure", async () => {
    broken.add("/zones/canton.json");
    await zones.prefetch(["epci", "canton", "departement"]);
    assert.deepEqual(asked, ["/zones/epci.json", "/zones/canton.json", "/zones/departement.json"]);
    assert.deepEqual(
      ["epci", "canton", "departement"].map((type) => zones.isLoaded(type)),
      [true, false, true],
    );
  });
});

describe("an outline", () => {
  const zone = { type: "epci", code: "1" };

  test("is asked for once", async () => {
    assert.equal(await zones.contour(zone), CONTOUR);
    assert.equal(await zones.contour(zone), CONTOUR);
    assert.deepEqual(asked, ["/geo/epci/1.geojson"]);
  });

  test("that could not be had is none, and is asked for again", async () => {
    broken.add("/geo/epci/1.geojson");
    assert.equal(await zones.contour(zone), null);
    broken.clear();
    assert.equal(await zones.contour(zone), CONTOUR);
  });
});
