/** @import { Envoi } from "../../../assets/carte/messages.js" */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Attente } from "../../../assets/carte/territoire/attente.js";
import { Selection } from "../../../assets/carte/territoire/selection.js";

/** @type {Envoi[]} */
let sent;
/** @type {Selection} */
let selection;
/** What the tab keeps. @type {object} */
let kept;

const memoire = {
  read: () => structuredClone(kept),
  /** @param {object} content */
  write: (content) => {
    kept = structuredClone(content);
  },
};
const open = () => new Selection((envoi) => sent.push(structuredClone(envoi)), new Attente(memoire));

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  [sent, kept] = [[], {}];
  selection = open();
});
afterEach(() => mock.timers.reset());

const last = () => sent[sent.length - 1];
const add = (/** @type {string[]} */ ...ajouter) =>
  selection.apply({ ajouter, retirer: [], geste: "commune" });
/** What Python answers, once it has seen our operations up to number `ack`. */
const answer = (/** @type {number} */ ack, /** @type {string[]} */ ...codes) =>
  selection.receive({ instance: last()?.instance ?? "", ack, codes }, { session: "s" }).changed;

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
    new Selection(({ instance }) => others.push(instance), new Attente(memoire)).command("verrouiller");
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

describe("what has no answer", () => {
  const numbers = () => last().operations.map(({ seq }) => seq);

  test("is sent again, numbered, less and less often", () => {
    add("87085");
    mock.timers.tick(9_999);
    assert.equal(sent.length, 1);
    for (const wait of [1, 20_000, 40_000, 80_000, 80_000]) mock.timers.tick(wait);
    assert.deepEqual(
      sent.map(({ essai }) => essai),
      [undefined, 1, 2, 3, 4, 5],
    );
    assert.deepEqual(numbers(), [1]);
  });

  test("is not sent again once it has one", () => {
    add("87085");
    answer(1, "87085");
    mock.timers.tick(1_000_000);
    assert.equal(sent.length, 1);
  });

  test("an answer to some gives the others more time", () => {
    add("87085");
    add("87050");
    mock.timers.tick(9_000);
    answer(1, "87085");
    mock.timers.tick(9_999);
    assert.equal(sent.length, 2);
    mock.timers.tick(1);
    assert.deepEqual(numbers(), [2]);
  });

  test("goes at once to a server that has been started again", () => {
    answer(0, "87085");
    add("87050");
    selection.receive({ instance: "", ack: 0, codes: ["87085"] }, { session: "another" });
    assert.deepEqual(selection.codes, ["87085", "87050"]);
    assert.equal(last().essai, 1);
    assert.deepEqual(numbers(), [1]);
  });
});

describe("a map opened anew", () => {
  const again = (/** @type {string[]} */ ...codes) => {
    selection = open();
    return selection.receive({ instance: "", ack: 0, codes }, { session: "another" });
  };

  test("takes up what the last one had not seen confirmed", () => {
    answer(0, "87085");
    add("87050");
    selection.command("annuler");
    again("87085");
    assert.deepEqual(selection.codes, ["87085", "87050"]);
    assert.deepEqual(
      last().operations.map(({ seq: _, ...content }) => content),
      [{ ajouter: ["87050"], retirer: [], geste: "commune" }, { commande: "annuler" }],
    );
  });

  test("leaves what went to another territory, says it, and forgets it", () => {
    answer(0, "87085");
    add("87050");
    assert.equal(again("23001").perdues, 1);
    assert.deepEqual(selection.codes, ["23001"]);
    assert.equal(again("87085").perdues, 0);
    assert.deepEqual(selection.codes, ["87085"]);
  });

  test("keeps what is clicked before Python has said anything", () => {
    answer(0, "87085");
    add("87050");
    selection = open();
    add("87113");
    selection.receive({ instance: "", ack: 0, codes: ["87085"] }, { session: "another" });
    assert.deepEqual(new Set(selection.codes), new Set(["87085", "87050", "87113"]));
    assert.equal(last().operations.length, 2);
  });
});
