// What the map and the rest of the application say to each other. Nothing here runs: these are types.

/** @typedef {[number, number, number, number]} Bounds west, south, east, north, in degrees */

// ---- What is declared in data/declarations/carte.toml ------------------------------------------------------

/**
 * One of several choices: its code, its name, what its button says, its key, and what the card of keys says.
 * @typedef {{ code: string, nom: string, bulle: string, touche: string, aide: string, partielle?: boolean }} Choix
 */

/**
 * A place to go to; the communes of its départements are shown whatever the zoom.
 * @typedef {{ nom: string, bounds: Bounds, departements: string[] }} Lieu
 */

/** @typedef {{ nom: string, url: string, attribution: string }} Fond */

/**
 * What a click takes (`unites`), the tools, the lines of help by situation, the places, the maps underneath.
 * @typedef {{
 *   unites: Choix[], outils: Choix[], guides: Record<string, string>, lieux: Lieu[], fonds: Fond[]
 * }} Declarations
 */

// ---- From Python to the map --------------------------------------------------------------------------------

/**
 * What Python holds, once it has applied the operations of this instance of the map up to number `ack`.
 * @typedef {{ instance: string, ack: number, codes: string[] }} EtatSelection
 */

/**
 * What undo and redo would do, in French; null when there is nothing to undo or redo.
 * @typedef {{ annuler: string | null, refaire: string | null }} Historique
 */

/**
 * What to look at, once per identifier: a box and its départements, or a commune.
 * @typedef {{ id: number | string, code?: string, bounds?: Bounds, departements?: string[] }} VueDemandee
 */

/**
 * A commune that has no contour, and where its mairie stands.
 * @typedef {{ nom: string, lat: number, lon: number }} Repere
 */

/** @typedef {{ fond: string, trait: string }} Couleurs colours of the chosen communes */

/**
 * @typedef {object} MessageFocus what the map shows besides the territory
 * @property {IndicateurDemande | { locale: CarteIndicateur } | null} [focus]
 * @property {TypeStructure[]} [structures]
 */

/** @typedef {{ indicateur: string, methode: string }} IndicateurDemande */

/**
 * A type of structure shown as marks, and how many the territory has (null without territory).
 * @typedef {{ code: string, nom: string, couleur: string, nombre: number | null }} TypeStructure
 */

/**
 * @typedef {object} EtatCarte
 * @property {string} session
 * @property {EtatSelection} selection
 * @property {Couleurs} [couleurs]
 * @property {Historique} historique
 * @property {boolean} verrou
 * @property {Repere[]} reperes
 * @property {VueDemandee | null} [vue]
 */

/** @typedef {EtatCarte & MessageFocus} Message */

// ---- From the map to Python --------------------------------------------------------------------------------

/** @typedef {"annuler" | "refaire" | "verrouiller" | "deverrouiller"} Commande */

/**
 * Communes that come and go in one gesture: "commune", a tool, or a type and a code of zone ("epci:200041762").
 * @typedef {{ ajouter: string[], retirer: string[], geste: string }} Changement
 */

/** @typedef {{ seq: number, commande?: Commande } & Partial<Changement>} Operation either a change or a command */

/** `essai` numbers what is sent again. @typedef {{ instance: string, seq: number, operations: Operation[], essai?: number }} Envoi */

// ---- What the server answers -------------------------------------------------------------------------------

/** @typedef {{ code: string, nom: string, bounds: Bounds }} ProprietesDepartement */

/**
 * `point` is the longitude and latitude of a point inside the commune; `departement` is a name.
 * @typedef {{
 *   code: string, nom: string, population: number, departement: string, point: [number, number]
 * }} ProprietesCommune
 */

/**
 * @template Properties
 * @typedef {GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon, Properties>} Contours
 */

/**
 * The communes of a département, and its own exact outline.
 * @typedef {Contours<ProprietesCommune> & { contour: GeoJSON.MultiPolygon }} ContoursDepartement
 */

/** @typedef {{ nom: string, population: number, communes: string[] }} ZoneServie */

/** @typedef {{ type: string, code: string } & ZoneServie} Zone */

/**
 * An indicator drawn in classes; by commune, the rank of its class and the bounds between which its value is.
 * A negative rank is no class: hidden by statistical confidentiality (-1), or not available.
 * @typedef {object} CarteIndicateur
 * @property {string} titre
 * @property {string} unite
 * @property {{ couleur: string, libelle: string }[]} classes
 * @property {string} source
 * @property {string} mention
 * @property {number | null} france
 * @property {number} decimales
 * @property {Record<string, ValeurCommune>} communes
 */

/** @typedef {[rank: number, low?: number, high?: number]} ValeurCommune */

/**
 * Marks: points (name, longitude, latitude, commune) and counts (commune, longitude, latitude, how many).
 * @typedef {{
 *   points: [string, number, number, string][], comptes: [string, number, number, number][]
 * }} MarquesServies
 */

export {};
