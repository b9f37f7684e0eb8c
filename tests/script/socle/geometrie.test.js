import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { corners, insideOf, overlap } from "../../../assets/carte/socle/geometrie.js";

const ring = (/** @type {[number, number][]} */ ...points) => points.map(([x, y]) => ({ x, y }));

describe("inside a ring", () => {
  test("a square, whichever way it turns", () => {
    const square = ring([0, 0], [10, 0], [10, 10], [0, 10]);
    for (const drawn of [square, square.toReversed()]) {
      const contains = insideOf(drawn);
      assert.ok(contains({ x: 5, y: 5 }));
      for (const [x, y] of [
        [-1, 5],
        [11, 5],
        [5, -1],
        [5, 11],
      ]) {
        assert.ok(!contains({ x, y }), `${x}, ${y}`);
      }
    }
  });

  test("a hollow shape does not hold its hollow", () => {
    const contains = insideOf(ring([0, 0], [10, 0], [10, 10], [6, 10], [6, 4], [4, 4], [4, 10], [0, 10]));
    assert.ok(contains({ x: 2, y: 8 }));
    assert.ok(contains({ x: 8, y: 8 }));
    assert.ok(!contains({ x: 5, y: 8 }));
  });

  test("what a ring that crosses itself goes round twice is a hole", () => {
    const outer = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ];
    const inner = [
      [3, 3],
      [7, 3],
      [7, 7],
      [3, 7],
      [3, 3],
    ];
    const contains = insideOf([...outer, ...inner, [0, 0]].map(([x, y]) => ({ x, y })));
    assert.ok(contains({ x: 1, y: 5 }));
    assert.ok(!contains({ x: 5, y: 5 }));
  });

  test("a half-line through a vertex counts it once", () => {
    const contains = insideOf(ring([0, 5], [5, 0], [10, 5], [5, 10]));
    assert.ok(contains({ x: 5, y: 5 }));
    assert.ok(!contains({ x: -1, y: 5 }));
    assert.ok(!contains({ x: 11, y: 5 }));
  });

  test("agrees with a polygon of many sides about its distance to the centre", () => {
    const sides = Array.from({ length: 360 }, (_, degree) => (degree * Math.PI) / 180);
    const contains = insideOf(sides.map((angle) => ({ x: Math.cos(angle), y: Math.sin(angle) })));
    for (let i = 0; i < 500; i++) {
      const [x, y] = [Math.sin(i * 12.9898) * 1.4, Math.sin(i * 78.233) * 1.4];
      const distance = Math.hypot(x, y);
      if (Math.abs(distance - 1) > 1e-3) assert.equal(contains({ x, y }), distance < 1, `${x}, ${y}`);
    }
  });

  test("nothing is inside a line or a point", () => {
    assert.ok(!insideOf(ring([0, 0], [10, 10]))({ x: 5, y: 5 }));
    assert.ok(!insideOf(ring([3, 3]))({ x: 3, y: 3 }));
  });
});

describe("a rectangle", () => {
  test("is the same from any two opposite corners", () => {
    const sorted = (/** @type {{ lat: number, lng: number }[]} */ places) =>
      places.map(({ lat, lng }) => `${lat} ${lng}`).toSorted();
    const [a, b] = [
      { lat: 45, lng: 1 },
      { lat: 46, lng: 2 },
    ];
    const [c, d] = [
      { lat: 45, lng: 2 },
      { lat: 46, lng: 1 },
    ];
    assert.deepEqual(sorted(corners(a, b)), ["45 1", "45 2", "46 1", "46 2"]);
    assert.deepEqual(sorted(corners(c, d)), sorted(corners(b, a)));
  });

  test("goes round: neighbours share a side", () => {
    const around = corners({ lat: 45, lng: 1 }, { lat: 46, lng: 2 });
    for (const [rank, corner] of around.entries()) {
      const next = around[(rank + 1) % around.length];
      assert.notEqual(corner.lat === next.lat, corner.lng === next.lng);
    }
  });
});

describe("two boxes", () => {
  const box = { west: 0, east: 10, north: 0, south: 10 };

  test("overlap when they share some room, either way", () => {
    const other = { west: 9, east: 19, north: 9, south: 19 };
    assert.ok(overlap(box, other));
    assert.ok(overlap(other, box));
  });

  test("that only touch, or are beside, do not", () => {
    assert.ok(!overlap(box, { ...box, west: 10, east: 20 }));
    assert.ok(!overlap(box, { ...box, north: 20, south: 30 }));
  });
});
