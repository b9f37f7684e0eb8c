// Dates as they are written in French.

const JOUR = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", year: "numeric" });
const HEURE = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit" });

/** @param {number} date in milliseconds */
export const enFrancais = (date) => `${JOUR.format(date)} à ${HEURE.format(date)}`;
