// Colours by what they mean, as `data/declarations/palette.toml` declares them: served before the modules.
if (!globalThis.PALETTE) throw new Error("/palette.js n’a pas été servi : la carte n’a pas ses couleurs.");
/** @type {Readonly<Record<string, string>>} */
export const PALETTE = globalThis.PALETTE;
