// How everything is drawn on the map.
import { PALETTE } from "./palette.js";

export const STYLES = {
  departement: { color: PALETTE.departement_ferme, weight: 1, fillColor: PALETTE.commune },
  limite: { color: PALETTE.limite_departement, weight: 1.6, opacity: 0.8, fill: false },
  commune: { color: PALETTE.limite_commune, weight: 0.7, fillColor: PALETTE.commune },
  choisie: { weight: 1.8, fillOpacity: 0.72 }, // with the colours of its scenario
  socle: { color: PALETTE.papier, weight: 5, fill: false },
  survol: { color: PALETTE.encre, weight: 2.6, fill: false },
  halo: { color: PALETTE.papier, weight: 6.5, opacity: 0.85, fill: false }, // the outline shows on any colour
  repere: { radius: 9, weight: 2, fillOpacity: 0.9 },
  trace: { weight: 2.5, dashArray: "7 5", fillOpacity: 0.1 },
  ajouter: { color: PALETTE.accent, fillColor: PALETTE.accent },
  retirer: { color: PALETTE.retrait, fillColor: PALETTE.retrait },
  marque: { color: PALETTE.papier, weight: 1.5, fillOpacity: 0.95 },
};

// Of communes coloured by an indicator.
export const FONDS_COMMUNE = {
  neutre: PALETTE.commune,
  masquee: PALETTE.secret,
  manquante: PALETTE.absent,
};
