// What Streamlit gives the components of the page, and what they tell it. Nothing here runs: these are types.

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

export {};
