import assert from "node:assert/strict";
import { test } from "node:test";
import { reserves } from "../../assets/composants/partage.js";

const lieu = { hostname: "cpts.exemple.fr", href: "https://cpts.exemple.fr/?communes=1.x" };

test("a link that carries all, from a server that others reach, needs no word", () => {
  assert.deepEqual(reserves("", lieu), []);
});

test("what the link does not carry, and where it does not lead, are said", () => {
  for (const hostname of ["localhost", "127.0.0.1", "[::1]"]) {
    assert.match(reserves("", { ...lieu, hostname })[0], /que sur cet ordinateur/);
  }
  assert.match(reserves("votre synthèse", lieu)[0], /pas votre synthèse\u00a0; le fichier/);
  const [long, ...others] = reserves("", { ...lieu, href: `${lieu.href}${"x".repeat(2000)}` });
  assert.match(long, /messageries/);
  assert.deepEqual(others, []);
});
