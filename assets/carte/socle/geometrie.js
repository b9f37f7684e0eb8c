// Plane geometry, apart from any map.

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ west: number, east: number, north: number, south: number }} Boite in pixels: north is above, less */
/** @typedef {{ lat: number, lng: number }} Place in degrees */

/**
 * The corners of the rectangle that has two opposite ones there.
 *
 * @param {Place} a
 * @param {Place} b
 * @returns {Place[]}
 */
export const corners = (a, b) => [
  { lat: a.lat, lng: a.lng },
  { lat: a.lat, lng: b.lng },
  { lat: b.lat, lng: b.lng },
  { lat: b.lat, lng: a.lng },
];

/**
 * @param {Boite} a
 * @param {Boite} b
 */
export const overlap = (a, b) => a.west < b.east && b.west < a.east && a.north < b.south && b.north < a.south;

/**
 * Tells of a point of the plane whether it is inside the ring.
 *
 * @param {Point[]} ring
 * @returns {(point: Point) => boolean}
 */
export function insideOf(ring) {
  const [xs, ys] = [ring.map(({ x }) => x), ring.map(({ y }) => y)];
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [north, south] = [Math.min(...ys), Math.max(...ys)];
  // Most points are far from it: the box is quicker to ask than every side.
  const near = (/** @type {Point} */ { x, y }) => x >= west && x <= east && y >= north && y <= south;
  return (point) => near(point) && isInside(point, ring);
}

/**
 * Even-odd rule: how many sides of the ring a half-line from the point meets. What a ring that crosses itself
 * goes round twice is a hole.
 *
 * @param {Point} point
 * @param {Point[]} ring
 */
function isInside({ x, y }, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if (a.y > y !== b.y > y && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y)) inside = !inside;
  }
  return inside;
}
