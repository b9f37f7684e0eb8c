// The maps that can be put under the communes, and the places that one can go to.

/** @import { Fond, Lieu } from "../messages.js" */

import { button, control, element } from "../socle/elements.js";

const NARROW = 600; // pixels: a phone, where the bar of places begins folded
const MAX_ZOOM = 19;

/**
 * No tile is asked for before one of the online maps is chosen.
 *
 * @param {L.Map} map
 * @param {Fond[]} fonds
 * @param {() => void} onFailure
 */
export function addFonds(map, fonds, onFailure) {
  const offered = fonds.map(({ nom, url, attribution }) => {
    const tiles = L.tileLayer(url, { attribution, maxZoom: MAX_ZOOM }).on("tileerror", onFailure);
    return [nom, tiles];
  });
  const none = L.layerGroup().addTo(map);
  const layers = L.control.layers({ "Sans fond de carte": none, ...Object.fromEntries(offered) }).addTo(map);
  const toggle = layers.getContainer()?.querySelector(".leaflet-control-layers-toggle");
  toggle?.setAttribute("title", "Fonds de carte");
  toggle?.setAttribute("aria-label", "Fonds de carte");
}

/**
 * @param {L.Map} map
 * @param {Lieu[]} lieux
 * @param {(lieu: Lieu) => void} goTo
 */
export function addLieux(map, lieux, goTo) {
  const bar = element("details", "lieux");
  bar.open = map.getContainer().clientWidth > NARROW;
  bar.append(element("summary", "lieu", "Aller à"));
  bar.append(...lieux.map((lieu) => button("lieu", lieu.nom, () => goTo(lieu))));
  L.DomEvent.disableClickPropagation(bar);
  control("bottomleft", () => bar).addTo(map);
}
