/** @import { Bounds } from "../../../assets/carte/messages.js" */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Vue } from "../../../assets/carte/autour/vue.js";

/** @type {Bounds} */
const OLERON = [-1.5, 45.8, -1.1, 46.1];
const COMMUNE = /** @type {any} */ ("around a commune");

/** @type {any[]} */
let moves;
/** @type {any} */
let stored;
/** @type {string[]} */
let told;
/** @type {Vue} */
let vue;
let zoom = 5;

const map = /** @type {any} */ ({
  fitBounds: (/** @type {any} */ bounds) => moves.push(bounds),
  setView: (/** @type {any} */ ...view) => moves.push(view.slice(0, 2)),
  getZoom: () => zoom,
  getCenter: () => ({ lat: 46, lng: 2 }),
  invalidateSize: () => undefined,
});

const open = () =>
  new Vue(
    map,
    {
      read: () => stored,
      write: (content) => {
        stored = content;
      },
    },
    {
      ready: async () => void told.push("ready"),
      refresh: () => told.push("refresh"),
      reach: async (code) => (code === "17140" ? COMMUNE : undefined),
    },
  );

beforeEach(() => {
  // Leaflet's own, of which the view only makes boxes.
  Object.assign(globalThis, { L: { latLngBounds: (/** @type {any[]} */ ...ends) => ends.flat() } });
  [moves, told, stored, zoom] = [[], [], {}, 5];
  vue = open();
});

const FITTED = [OLERON[1], OLERON[0], OLERON[3], OLERON[2]];

describe("what Python asks to look at", () => {
  test("is fitted, its départements shown whatever the zoom", async () => {
    await vue.look({ id: 1, bounds: OLERON, departements: ["17"] });
    assert.deepEqual(moves, [FITTED]);
    assert.deepEqual([...vue.forced], ["17"]);
    assert.deepEqual([vue.far, vue.close], [false, false]);
    assert.ok(told.indexOf("ready") < told.indexOf("refresh"));
  });

  test("is looked at once: the person then moves as she likes", async () => {
    await vue.look({ id: 1, bounds: OLERON });
    await vue.look({ id: 1, bounds: OLERON });
    assert.equal(moves.length, 1);
    await vue.look({ id: 2, bounds: OLERON });
    assert.equal(moves.length, 2);
  });

  test("may be a commune, where it is", async () => {
    await vue.look({ id: 1, code: "17140" });
    assert.deepEqual(moves, [COMMUNE]);
  });

  test("may be a commune that is nowhere: the map stays", async () => {
    await vue.look({ id: 1, code: "99999" });
    assert.deepEqual(moves, []);
  });
});

describe("a frame that changes size", () => {
  test("is fitted again until the person takes the map in hand", () => {
    vue.fit(OLERON);
    vue.resize();
    assert.deepEqual(moves, [FITTED, FITTED]);
    vue.release();
    vue.resize();
    assert.equal(moves.length, 2);
  });
});

describe("the distance", () => {
  test("is near from the zoom of communes on", () => {
    assert.deepEqual([vue.close, vue.far], [false, true]);
    zoom = 8;
    assert.deepEqual([vue.close, vue.far], [true, false]);
  });
});

describe("back from another page", () => {
  const remembered = async () => {
    vue.restore("s1");
    await vue.look({ id: 7, bounds: OLERON });
    zoom = 11;
    vue.remember();
    moves = [];
    vue = open();
  };

  test("the map is where it was left, and stays there", async () => {
    await remembered();
    vue.restore("s1");
    assert.deepEqual(moves, [[[46, 2], 11]]);
    await vue.look({ id: 7, bounds: OLERON });
    vue.resize();
    assert.equal(moves.length, 1);
  });

  test("a new session begins afresh", async () => {
    await remembered();
    vue.restore("s2");
    assert.deepEqual(moves, []);
    await vue.look({ id: 7, bounds: OLERON });
    assert.equal(moves.length, 1);
  });

  test("is asked once: later messages leave the map alone", async () => {
    await remembered();
    vue.restore("s1");
    vue.restore("s1");
    assert.equal(moves.length, 1);
  });

  test("nothing is remembered before Python has spoken", () => {
    vue.remember();
    assert.deepEqual(stored, {});
  });
});
