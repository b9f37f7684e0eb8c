/** @import { Envoi } from "../../../assets/carte/messages.js" */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Attente } from "../../../assets/carte/territoire/attente.js";
import { Selection } from "../../../assets/carte/territoire/selection.js";
import { Territoire } from "../../../assets/carte/territoire/territoire.js";

/** @type {Envoi[]} */
let sent;
/** @type {string[]} */
let said;
/** @type {string[]} */
let told;
/** @type {Selection} */
let selection;
/** @type {Territoire} */
let territoire;

const LIMOGES = { ajouter: ["87085"], retirer: [], geste: "commune" };

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  [sent, said, told] = [[], [], []];
  selection = new Selection(
    (envoi) => sent.push(structuredClone(envoi)),
    new Attente({ read: () => ({}), write: () => undefined }),
  );
  const annonce = { sayBriefly: (/** @type {string} */ text) => void said.push(text) };
  territoire = new Territoire(selection, annonce, {
    change: ({ ajouter }) => told.push(`change ${ajouter}`),
    tell: () => told.push("tell"),
  });
});

afterEach(() => mock.timers.reset());

describe("a change", () => {
  test("is sent, then shown", () => {
    territoire.change(LIMOGES);
    assert.deepEqual([selection.codes, sent.length, told], [["87085"], 1, ["change 87085", "tell"]]);
  });

  test("of nothing is no step for undo", () => {
    territoire.change({ ajouter: [], retirer: [], geste: "lasso" });
    assert.deepEqual([sent, told], [[], []]);
  });
});

describe("a locked territory", () => {
  beforeEach(() => {
    territoire.change(LIMOGES);
    territoire.toggleLock();
    [sent, told] = [[], []];
  });

  test("does not change, and says why", () => {
    territoire.change({ ajouter: [], retirer: ["87085"], geste: "commune" });
    territoire.command("annuler");
    assert.deepEqual([selection.codes, sent, told], [["87085"], [], []]);
    assert.equal(said.length, 2);
    assert.match(said[0], /verrouillé/);
  });

  test("opens again", () => {
    territoire.toggleLock();
    assert.equal(territoire.refuse(), false);
    territoire.change({ ajouter: [], retirer: ["87085"], geste: "commune" });
    assert.deepEqual(selection.codes, []);
  });
});

describe("undo and redo", () => {
  test("with nothing to undo are not sent", () => {
    territoire.command("annuler");
    territoire.command("refaire");
    assert.deepEqual([sent, said, told], [[], [], []]);
  });

  test("are sent once there is something", () => {
    territoire.change(LIMOGES);
    territoire.command("annuler");
    assert.equal(sent.at(-1)?.operations.at(-1)?.commande, "annuler");
  });
});
