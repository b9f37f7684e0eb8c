// The groups of communes that one click can take: their names and communes by type, and their outlines.
(() => {
  const TYPES = ["epci", "canton", "bassin_vie", "departement"];
  const { fetchJson } = window.Elements;

  window.Zones = class {
    #zones = new Map(); // by type: the zone of each commune, once fetched
    #byCode = new Map(); // by type: the zone of each code, once fetched
    #fetching = new Map();
    #contours = new Map();

    isLoaded(type) {
      return this.#zones.has(type);
    }

    // Undefined when the commune belongs to none: a few islands have no EPCI.
    ofCommune(type, commune) {
      return this.#zones.get(type)?.get(commune);
    }

    get(type, code) {
      return this.#byCode.get(type)?.get(code);
    }

    load(type) {
      if (!this.#fetching.has(type)) this.#fetching.set(type, this.#fetch(type));
      return this.#fetching.get(type);
    }

    // One after the other, without hurry; what fails is asked for again when it is needed.
    async prefetch() {
      for (const type of TYPES) await this.load(type).catch(() => {});
    }

    // Latitudes and longitudes of the outline, as Leaflet draws them.
    contour({ type, code }) {
      const cle = `${type}:${code}`;
      if (!this.#contours.has(cle)) this.#contours.set(cle, this.#fetchContour(type, code, cle));
      return this.#contours.get(cle);
    }

    async #fetch(type) {
      try {
        this.#keep(type, await fetchJson(`/zones/${type}.json`));
      } catch (error) {
        this.#fetching.delete(type);
        throw error;
      }
    }

    #keep(type, zones) {
      const byCode = new Map();
      const byCommune = new Map();
      for (const [code, zone] of Object.entries(zones)) {
        byCode.set(code, { type, code, ...zone });
        zone.communes.forEach((commune) => byCommune.set(commune, byCode.get(code)));
      }
      this.#byCode.set(type, byCode);
      this.#zones.set(type, byCommune);
    }

    async #fetchContour(type, code, cle) {
      try {
        return L.GeoJSON.geometryToLayer(await fetchJson(`/geo/${type}/${code}.geojson`)).getLatLngs();
      } catch {
        this.#contours.delete(cle);
        return [];
      }
    }
  };
})();
