// Colours by what they mean, as `data/declarations/palette.toml` declares them: served before the modules.
/** @type {Readonly<Record<string, string>>} */
export const PALETTE = globalThis.PALETTE ?? {};
