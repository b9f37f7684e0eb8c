// How everything is drawn on the map.
export const STYLES = {
  departement: { color: "#7c9896", weight: 1, fillColor: "#ffffff" },
  limite: { color: "#2f5f5c", weight: 1.6, opacity: 0.8, fill: false },
  commune: { color: "#b4c6c4", weight: 0.7, fillColor: "#ffffff" },
  choisie: { color: "#854d0e", weight: 1.8, fillColor: "#facc15", fillOpacity: 0.72 },
  socle: { color: "#ffffff", weight: 5, fill: false },
  survol: { color: "#0f2f2e", weight: 2.6, fill: false },
  halo: { color: "#ffffff", weight: 6.5, opacity: 0.85, fill: false }, // the outline shows on any colour
  repere: { radius: 9, color: "#854d0e", weight: 2, fillColor: "#facc15", fillOpacity: 0.9 },
  trace: { weight: 2.5, dashArray: "7 5", fillOpacity: 0.1 },
  ajouter: { color: "#0f766e", fillColor: "#0f766e" },
  retirer: { color: "#b91c1c", fillColor: "#b91c1c" },
  marque: { color: "#ffffff", weight: 1.5, fillOpacity: 0.95 },
};

// Of communes coloured by an indicator.
export const FONDS_COMMUNE = { neutre: "#ffffff", masquee: "#b8b2ab", manquante: "#f4f3f1" };
