// From degrees to what Leaflet works on.

/** @import { Place, Point } from "./geometrie.js" */
/** @import { Bounds } from "../messages.js" */

/** @param {Bounds} bounds */
export const toBounds = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east]);

/**
 * Where a place stands on the plane in which shapes are sought, the same whatever the zoom.
 *
 * @param {Pick<L.Map, "project">} map
 * @param {Place} place
 * @returns {Point}
 */
export const onPlane = (map, place) => map.project(place, 0);
