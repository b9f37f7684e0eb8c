// Figures as they are written in French.

const ENTIER = new Intl.NumberFormat("fr-FR");

/** @param {number} value */
export const entier = (value) => ENTIER.format(value);

/**
 * @param {number} value
 * @param {number} decimales how many digits after the comma
 */
export const decimal = (value, decimales) =>
  new Intl.NumberFormat("fr-FR", {
    minimumFractionDigits: decimales,
    maximumFractionDigits: decimales,
  }).format(value);

/** @param {number} count */
export const communes = (count) => `${entier(count)}\u00a0commune${count > 1 ? "s" : ""}`;

/** @param {number} count */
export const arrondissements = (count) => `${entier(count)}\u00a0arrondissement${count > 1 ? "s" : ""}`;

/** @param {number} count */
export const habitants = (count) => `${entier(count)} habitants`;
