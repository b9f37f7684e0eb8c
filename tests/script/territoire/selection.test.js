/** @import { Envoi } from "../../../assets/carte/messages.js" */

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Selection } from "../../../assets/carte/territoire/selection.js";

/** @type {Envoi[]} */
let sent;
/** @type {Selection} */
let selection;

beforeEach(() => {
  sent = [];
  selection = new Selection((envoi) => sent.push(structuredClone(envoi)));
});

const last = () => sent[sent.length - 1];
const add = (/** @type {string[]} */ ...ajouter) =>
  selection.apply({ ajouter, retirer: [], geste: "commune" });
/** What Python answers, once it has seen our operations up to number `ack`. */
const answer = (/** @type {number} */ ack, /** @type {string[]} */ ...codes) =>
  selection.receive({ instance: last()?.instance ?? "", ack, codes });

describe("a click", () => {
  test("shows at once and is sent", () => {
    add("87085");
    assert.deepEqual(selection.codes, ["87085"]);
    assert.equal(last().seq, 1);
    assert.deepEqual(last().operations, [{ seq: 1, ajouter: ["87085"], retirer: [], geste: "commune" }]);
  });

  test("is sent again with those that follow, until it is acknowledged", () => {
    add("87085");
    add("87050");
    assert.deepEqual(
      last().operations.map(({ seq }) => seq),
      [1, 2],
    );
    answer(1, "87085");
    add("87113");
    assert.deepEqual(
      last().operations.map(({ seq }) => seq),
      [2, 3],
    );
  });

  test("that takes off undoes one that adds", () => {
    add("87085", "87050");
    selection.apply({ ajouter: [], retirer: ["87085"], geste: "commune" });
    assert.deepEqual(selection.codes, ["87050"]);
    assert.equal(selection.has("87085"), false);
  });
});

describe("an answer", () => {
  test("that is late does not undo a newer click", () => {
    add("87085");
    add("87050");
    const changed = answer(1, "87085");
    assert.deepEqual(selection.codes, ["87085", "87050"]);
    assert.deepEqual(changed, []);
  });

  test("that has seen everything is what is shown, whatever was clicked", () => {
    add("99999");
    assert.deepEqual(answer(1), ["99999"]);
    assert.deepEqual(selection.codes, []);
  });

  test("to another instance of the map acknowledges nothing of ours", () => {
    add("87085");
    selection.receive({ instance: "another", ack: 40, codes: ["23001"] });
    assert.deepEqual(selection.codes, ["23001", "87085"]);
    add("87050");
    assert.deepEqual(
      last().operations.map(({ seq }) => seq),
      [1, 2],
    );
  });

  test("tells which communes come and which go", () => {
    answer(0, "87085", "87050");
    assert.deepEqual(answer(0, "87050", "87113").toSorted(), ["87085", "87113"]);
  });

  test("is the same the second time", () => {
    add("87085");
    answer(1, "87085");
    assert.deepEqual(answer(1, "87085"), []);
  });
});

describe("two instances", () => {
  test("never take each other's numbers for their own", () => {
    const others = /** @type {string[]} */ ([]);
    new Selection(({ instance }) => others.push(instance)).command("verrouiller");
    add("87085");
    assert.notEqual(others[0], last().instance);
  });
});

describe("undo and redo", () => {
  const historique = { annuler: "ajout de Limoges", refaire: "ajout de Tulle" };

  test("are named by Python", () => {
    selection.receive({ instance: "", ack: 0, codes: [] }, { historique });
    assert.deepEqual(selection.historique, historique);
  });

  test("of a change not yet confirmed: it can be undone, there is nothing left to redo", () => {
    selection.receive({ instance: "", ack: 0, codes: [] }, { historique });
    add("87085");
    assert.deepEqual(selection.historique, { annuler: "le dernier changement", refaire: null });
  });

  test("not yet confirmed leave the communes as they are", () => {
    answer(0, "87085");
    selection.command("annuler");
    assert.deepEqual(selection.codes, ["87085"]);
    assert.equal(selection.historique.refaire, "le dernier changement");
    selection.command("refaire");
    assert.equal(selection.historique.annuler, "le dernier changement");
  });

  test("are unknown until Python speaks", () => {
    assert.deepEqual(selection.historique, { annuler: null, refaire: null });
  });
});

describe("the lock", () => {
  test("closes at once, before Python answers", () => {
    selection.command("verrouiller");
    assert.equal(selection.verrou, true);
  });

  test("is the last one asked for, then what Python holds", () => {
    selection.command("verrouiller");
    selection.command("deverrouiller");
    assert.equal(selection.verrou, false);
    selection.receive({ instance: last().instance, ack: 2, codes: [] }, { verrou: true });
    assert.equal(selection.verrou, true);
  });

  test("travels in the same sequence as clicks", () => {
    add("87085");
    selection.command("verrouiller");
    assert.deepEqual(last().operations[1], { seq: 2, commande: "verrouiller" });
  });
});
