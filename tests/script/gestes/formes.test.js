import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Formes } from "../../../assets/carte/gestes/formes.js";

/** @typedef {import("../../../assets/carte/socle/geometrie.js").Place} Place */
/** @typedef {{ inside: boolean[], retire: boolean }} Fin */

// A map on which a degree is ten pixels, drawn without a browser.
const PIXELS = 10;
const INSIDE = [
  { x: 5, y: 5 },
  { x: 50, y: 50 },
];

class FakeContainer extends EventTarget {
  ownerDocument = new EventTarget();
  setPointerCapture() {}
  /** @returns {object | null} */
  closest() {
    return this.onControl ? {} : null;
  }
  onControl = false;
}

const toPixel = (/** @type {Place} */ { lat, lng }) => {
  const pixel = { x: lng * PIXELS, y: lat * PIXELS };
  return {
    ...pixel,
    distanceTo: (/** @type {{ x: number, y: number }} */ to) => Math.hypot(to.x - pixel.x, to.y - pixel.y),
  };
};
const placeOf = (/** @type {MouseEvent} */ { clientX, clientY }) => ({
  lat: clientY / PIXELS,
  lng: clientX / PIXELS,
});

/** @type {FakeContainer} */
let container;
/** @type {() => void} */
let moveMap;
/** @type {{ outil: string, retire: boolean, mayBegin: boolean }} */
let state;
/** @type {Fin[]} */
let ends;
/** @type {Fin[]} */
let previews;
/** @type {(() => void)[]} */
let frames;
/** @type {Formes} */
let formes;
let center = { lat: 0, lng: 0 };

const told = (
  /** @type {import("../../../assets/carte/gestes/formes.js").Contient} */ contains,
  /** @type {boolean} */ retire,
) => ({
  inside: INSIDE.map(contains),
  retire,
});

beforeEach(() => {
  [ends, previews, frames] = [[], [], []];
  globalThis.requestAnimationFrame = (callback) => frames.push(() => callback(0));
  globalThis.cancelAnimationFrame = () => {
    frames = [];
  };
  container = new FakeContainer();
  state = { outil: "rectangle", retire: false, mayBegin: true };
  const map = {
    getContainer: () => container,
    getCenter: () => center,
    on: (/** @type {string} */ _, /** @type {() => void} */ follow) => {
      moveMap = follow;
    },
    project: toPixel,
    latLngToContainerPoint: toPixel,
    mouseEventToContainerPoint: (/** @type {MouseEvent} */ event) => toPixel(placeOf(event)),
    mouseEventToLatLng: placeOf,
  };
  const outline = {
    setStyle: () => outline,
    setLatLngs: () => outline,
    addTo: () => outline,
    remove: () => outline,
  };
  formes = new Formes(/** @type {any} */ (map), /** @type {any} */ (outline), {
    outil: () => state.outil,
    retire: () => state.retire,
    begin: () => state.mayBegin,
    follow: (contains, retire) => previews.push(told(contains, retire)),
    end: (contains, retire) => ends.push(told(contains, retire)),
    rest: () => undefined,
  });
});

/** @param {string} type @param {number} x @param {number} y @param {object} more */
const pointer = (type, x, y, more = {}) => {
  const pressed = {
    pointerId: 1,
    isPrimary: true,
    button: 0,
    altKey: false,
    clientX: x,
    clientY: y,
    ...more,
  };
  container.dispatchEvent(Object.assign(new Event(type), pressed));
};
/** @param {[number, number][]} path @param {object} more */
const drag = (path, more = {}) => {
  const last = path[path.length - 1];
  pointer("pointerdown", ...path[0], more);
  for (const point of path.slice(1)) pointer("pointermove", ...point, more);
  pointer("pointerup", ...last, more);
};
const press = (/** @type {string} */ type, /** @type {string} */ key) =>
  container.ownerDocument.dispatchEvent(Object.assign(new Event(type), { key }));
const paint = () => {
  const asked = frames;
  frames = [];
  for (const frame of asked) frame();
};

describe("a rectangle", () => {
  test("holds what is between its corners", () => {
    drag([
      [0, 0],
      [20, 20],
    ]);
    assert.deepEqual(ends, [{ inside: [true, false], retire: false }]);
    assert.equal(formes.drawing, false);
  });

  test("drawn from its other corners holds the same", () => {
    drag([
      [20, 0],
      [0, 20],
    ]);
    assert.deepEqual(ends[0].inside, [true, false]);
  });

  test("too small to be one is a click", () => {
    drag([
      [4, 4],
      [6, 6],
    ]);
    assert.deepEqual(ends, []);
  });

  test("removes with Alt, or when shapes remove", () => {
    drag(
      [
        [0, 0],
        [20, 20],
      ],
      { altKey: true },
    );
    state.retire = true;
    drag([
      [0, 0],
      [20, 20],
    ]);
    drag([
      [0, 0],
      [60, 60],
    ]);
    assert.deepEqual(
      ends.map(({ retire }) => retire),
      [true, true, true],
    );
  });
});

describe("a lasso", () => {
  beforeEach(() => {
    state.outil = "lasso";
  });
  /** @type {[number, number][]} */
  const TRIANGLE = [
    [0, 0],
    [20, 0],
    [0, 20],
  ];

  test("holds what it goes round", () => {
    drag(TRIANGLE);
    assert.deepEqual(ends, [{ inside: [true, false], retire: false }]);
  });

  test("removes with Alt pressed at any time before it is closed", () => {
    pointer("pointerdown", 0, 0);
    pointer("pointermove", 20, 0);
    press("keydown", "Alt");
    pointer("pointerup", 0, 20);
    assert.equal(ends[0].retire, true);
  });

  test("adds once Alt is let go", () => {
    drag(TRIANGLE, { altKey: true });
    pointer("pointerdown", 0, 0);
    press("keydown", "Alt");
    press("keyup", "Alt");
    pointer("pointermove", 20, 0);
    pointer("pointerup", 0, 20);
    assert.deepEqual(
      ends.map(({ retire }) => retire),
      [true, false],
    );
  });
});

describe("a shape being drawn", () => {
  test("tells what it would hold, once a frame", () => {
    pointer("pointerdown", 0, 0);
    pointer("pointermove", 10, 10);
    pointer("pointermove", 60, 60);
    paint();
    assert.deepEqual(previews, [{ inside: [true, true], retire: false }]);
  });

  test("is given up at a second finger", () => {
    pointer("pointerdown", 0, 0);
    pointer("pointerdown", 30, 30, { pointerId: 2, isPrimary: false });
    pointer("pointerup", 20, 20);
    assert.deepEqual(ends, []);
  });

  test("is given up when the browser takes the pointer", () => {
    pointer("pointerdown", 0, 0);
    pointer("pointercancel", 0, 0);
    assert.equal(formes.drawing, false);
  });

  test("ignores any other pointer", () => {
    pointer("pointerdown", 0, 0);
    pointer("pointerup", 20, 20, { pointerId: 2 });
    assert.equal(formes.drawing, true);
    assert.deepEqual(ends, []);
  });
});

describe("no shape begins", () => {
  const attempt = () => {
    pointer("pointerdown", 0, 0);
    return formes.drawing;
  };

  test("with the hand", () => {
    state.outil = "main";
    assert.equal(attempt(), false);
  });

  test("on a control", () => {
    container.onControl = true;
    assert.equal(attempt(), false);
  });

  test("with another button", () => {
    pointer("pointerdown", 0, 0, { button: 2 });
    assert.equal(formes.drawing, false);
  });

  test("when it may not", () => {
    state.mayBegin = false;
    assert.equal(attempt(), false);
    formes.put({ lat: 0, lng: 0 });
    assert.equal(formes.drawing, false);
  });
});

describe("from the keyboard", () => {
  test("a rectangle is two corners", () => {
    formes.put({ lat: 0, lng: 0 });
    assert.equal(formes.byKeyboard, true);
    formes.put({ lat: 2, lng: 2 });
    assert.deepEqual(ends, [{ inside: [true, false], retire: false }]);
  });

  test("a lasso is closed by its last point, never with less than three", () => {
    state.outil = "lasso";
    formes.put({ lat: 0, lng: 0 });
    formes.put({ lat: 0, lng: 2 }, { close: true });
    assert.equal(ends.length, 0);
    formes.put({ lat: 2, lng: 0 }, { close: true });
    assert.deepEqual(ends[0].inside, [true, false]);
  });

  test("the corner that follows is where the cross is", () => {
    formes.put({ lat: 0, lng: 0 });
    center = { lat: 6, lng: 6 };
    moveMap();
    paint();
    assert.deepEqual(
      previews.map(({ inside }) => inside),
      [[true, true]],
    );
  });

  test("a map that moves under the pointer draws nothing", () => {
    moveMap();
    paint();
    assert.deepEqual(previews, []);
  });
});
