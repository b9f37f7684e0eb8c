// What Streamlit gives the components of the page, and what they tell it. Nothing here runs: these are types.

/** @import { Suspens } from "../page/connexion.js" */

/**
 * @template Data what Python gives
 * @template {Record<string, unknown>} [Told={}] what is told to Python, by name
 * @typedef {{
 *   data: Data,
 *   parentElement: HTMLElement,
 *   setTriggerValue: <Name extends keyof Told & string>(name: Name, value: Told[Name]) => void
 * }} Composant
 */

/** @typedef {{ code: string, nom: string, population: number }} CommuneChoisie */

/** @typedef {{ type: string, code: string }} Choix */

/**
 * An answer of the search: a commune (its département, postal codes, and what more must be said of it), or a
 * zone (the name of its type, how many communes, and where).
 *
 * @typedef {Choix & {
 *   nom: string, population: number, nom_type: string, communes: number, lieu: string,
 *   nom_departement: string, codes_postaux: string, mention: string
 * }} Proposition
 */

/**
 * What Python gives to be kept of a project: `lien` its perimeters as in the address, `etats` its states, packed,
 * `empreinte` the same for all states of the same work.
 *
 * @typedef {{
 *   lien: string, nom: string, communes: number, population: number, empreinte: string, etats: string
 * }} Garde
 */

/**
 * What is kept of a project: `marque` is new each time it is written, `date` when, in milliseconds, `renomme` the
 * name that it takes once opened.
 *
 * @typedef {Garde & { marque: string, date: number, renomme?: string }} Fiche
 */

/** @typedef {Fiche & { id: string }} FicheConnue */

/**
 * What Python says to the memory of the browser: `id` is empty when there is nothing to keep, `copie` the
 * identity for what must be kept apart, `relire` whether Python has not been given back what is kept,
 * `sans_identite` whether the link had no identity, `oublis` what to forget, `gardee` the date of the version
 * kept here when the link brought another.
 *
 * @typedef {{
 *   session: string, id: string, copie: string, relire: boolean, sans_identite: boolean,
 *   oublis: { id: string, nom: string }[], gardee: string, garde: Garde
 * }} MessageMemoire
 */

/** What people wrote, packed, apart from the rest. @typedef {{ complements: string }} Complements */

/** @typedef {"prendre" | "garder" | "revenir" | "fermer"} ChoixVersion */

/** @typedef {{ etats: string, complements: string }} Contenu */

/**
 * What the memory tells Python: `relu` what was kept of the project (or what the first versions kept), `choix`
 * what the person chose, `panne` why nothing is kept.
 *
 * @typedef {{
 *   relu: (Contenu & { id: string, date: string, renomme: string }) | { ancien: string },
 *   choix: { quoi: ChoixVersion } & Partial<Contenu>,
 *   panne: "" | "plein" | "interdit"
 * }} ReponsesMemoire
 */

/**
 * What the person is shown of it; `suspens` why what she does now is not kept yet.
 *
 * @typedef {{
 *   enregistre: boolean, panne: string, suspens: Suspens,
 *   conflit: boolean, copie: boolean, gardee: string
 * }} VueMemoire
 */

export {};
