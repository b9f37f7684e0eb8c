// The one script that is no module: streamlit-folium wants its Leaflet map at once, and speaks to it before the
// modules have come. They are asked for as soon as this is read, and what is said meanwhile waits for them.
{
  const OPTIONS = {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    minZoom: 4,
    maxZoom: 17,
    boxZoom: false,
  };
  // A hand that shakes by eight pixels, in whatever direction, still clicks. Leaflet adds both sides of the move.
  const TREMBLEMENT = 12;
  /** @type {[number, number]} */
  const FRANCE = [46.5, 2.2];

  // The outlines that the first map draws: on their way while the modules are.
  const outlines = {
    rel: "preload",
    as: "fetch",
    crossOrigin: "anonymous",
    href: "/geo/departements.geojson",
  };
  document.body.append(Object.assign(document.createElement("link"), outlines));

  const modules = import("./carte.js");
  const declarations = fetch("/declarations/carte.json").then((response) => response.json());

  /** @type {(map: L.Map) => void} */
  let begin;
  const carte = /** @type {Promise<L.Map>} */ (
    new Promise((resolve) => {
      begin = resolve;
    })
  ).then(async (map) => {
    const { Carte } = await modules;
    window.carte = new Carte(map, await declarations, (envoi) => window.Streamlit.setComponentValue(envoi));
    return window.carte;
  });

  window.CarteCpts = {
    create(id) {
      L.Draggable.mergeOptions({ clickTolerance: TREMBLEMENT });
      const map = L.map(id, OPTIONS).setView(FRANCE, OPTIONS.minZoom);
      begin(map);
      return map;
    },
    receive(message) {
      carte.then((ready) => ready.receive(message));
    },
    show(message) {
      carte.then((ready) => ready.show(message));
    },
  };
}
