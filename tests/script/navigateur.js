// What the page gives to the modules of the map before they are read: named colours, whose values no test asks.
globalThis.PALETTE = Object.freeze({});
