import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Francais } from "../../../assets/page/francais.js";

const francais = new Francais([
  { ou: ".barre", textes: { Search: "Chercher", "Close: {}": "Fermer : {}" } },
  { ou: ".menu", textes: { Search: "Trouver", "{} of {} results": "{} sur {}", "{} results": "{} trouvés" } },
  { ou: ".alerte", textes: { "{}": "Réessayez." } },
]);
/** An element that stands in these places. @param {string[]} places */
const within = (...places) => ({
  closest: (/** @type {string} */ ou) => (places.includes(ou) ? /** @type {any} */ ({}) : null),
});

describe("a text", () => {
  test("is said in French where it is declared, with the blanks around it", () => {
    assert.equal(francais.of("Search", within(".barre")), "Chercher");
    assert.equal(francais.of(" Search\n", within(".menu")), " Trouver\n");
  });

  test("is left as it is anywhere else: it may be what people typed", () => {
    assert.equal(francais.of("Search", within(".nom")), null);
    assert.equal(francais.of("Autre", within(".barre", ".menu")), null);
    assert.equal(francais.of("  ", within(".alerte")), null);
  });

  test("keeps what it holds, in its order, as it is", () => {
    assert.equal(francais.of("3 of 12 results", within(".menu")), "3 sur 12");
    assert.equal(francais.of("12 results", within(".menu")), "12 trouvés");
    assert.equal(francais.of("Close: $& {}", within(".barre")), "Fermer : $& {}");
    assert.equal(francais.of("Any (error) [at all]", within(".alerte")), "Réessayez.");
  });
});
