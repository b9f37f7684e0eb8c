import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Connexion } from "../../../assets/page/connexion.js";

const textes = {
  perdue: "perdue",
  attente_une: "une",
  attente_plusieurs: "{} attendent",
  finie: "finie",
  retablie: "rétablie",
  introuvable: "introuvable",
  erreur: "erreur",
};
/** @type {string[]} */
let said;
/** @type {string[]} */
let asked;
/** @type {number} */
let waiting;
/** @type {boolean} */
let onMap;
/** @type {string[]} */
let suspended;
/** @type {Connexion} */
let connexion;
const cut = (more = {}) => connexion.hear({ type: "WEBSOCKET_DISCONNECTED", ...more });
const back = () => connexion.hear({ type: "WEBSOCKET_CONNECTED" });

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  [said, asked, waiting, onMap, suspended] = [[], [], 0, true, []];
  connexion = new Connexion(textes, {
    ask: (type) => void asked.push(type),
    waiting: () => waiting,
    say: (text, how = {}) => void said.push([text, ...Object.keys(how)].join("+")),
    back: () => void asked.push("back"),
    onMap: () => onMap,
    suspend: (suspens) => void suspended.push(suspens),
  });
});
afterEach(() => mock.timers.reset());

describe("a cut", () => {
  test("that is short is not said", () => {
    cut();
    mock.timers.tick(1_400);
    back();
    assert.deepEqual(said, ["rétablie"]);
  });

  test("that lasts is said, with what waits as it comes", () => {
    cut();
    mock.timers.tick(1_500);
    waiting = 1;
    mock.timers.tick(1_500);
    waiting = 3;
    mock.timers.tick(1_500);
    assert.deepEqual(said, ["perdue", "perdue une", "perdue 3 attendent"]);
  });

  test("once over, has the whole page run again, and is said no more", () => {
    cut();
    back();
    assert.deepEqual(asked, ["RERUN_SCRIPT", "back"]);
    mock.timers.tick(60_000);
    assert.deepEqual(said, ["rétablie", ""]);
  });

  test("that Streamlit gives up leaves one thing to do", () => {
    cut({ attemptingToReconnect: false });
    assert.deepEqual(said, ["finie+recharger"]);
  });
});

test("the first connection is not a return", () => {
  back();
  assert.deepEqual([asked, said], [[], []]);
});

describe("what is done", () => {
  test("is not kept while the connection is cut, and is again once all is confirmed", () => {
    cut();
    mock.timers.tick(1_400);
    assert.deepEqual(suspended, [], "that is short is not said");
    mock.timers.tick(200);
    waiting = 2;
    back();
    mock.timers.tick(2_000);
    assert.deepEqual(suspended, ["connexion"]);
    waiting = 0;
    mock.timers.tick(400);
    assert.deepEqual(suspended, ["connexion", ""]);
    mock.timers.tick(60_000);
    assert.equal(suspended.length, 2);
  });

  test("is not kept when Streamlit gives the connection up", () => {
    cut({ attemptingToReconnect: false });
    assert.deepEqual(suspended, ["connexion"]);
  });

  test("waits for a server that says nothing, but not as long as one click takes", () => {
    waiting = 1;
    mock.timers.tick(8_000);
    waiting = 0;
    mock.timers.tick(7_000);
    assert.deepEqual(suspended, []);
    waiting = 1;
    mock.timers.tick(1_000);
    mock.timers.tick(1_500);
    assert.deepEqual(suspended, ["connexion"]);
  });

  test("on the map and left behind waits for the map, which alone sends it", () => {
    [waiting, onMap] = [1, false];
    back();
    mock.timers.tick(1_500);
    assert.deepEqual(suspended, ["carte"]);
    [waiting, onMap] = [0, true];
    mock.timers.tick(400);
    assert.deepEqual(suspended, ["carte", ""]);
  });
});

describe("a dialog that Streamlit would have opened", () => {
  const fail = (/** @type {string} */ error) => connexion.hear({ type: "CLIENT_ERROR_DIALOG", error });

  test("is said in French", () => {
    fail("Page not found");
    fail("Bad message format");
    assert.deepEqual(said, ["introuvable+fermer", "erreur+recharger"]);
  });

  test("of the connection says that of the connection", () => {
    cut();
    waiting = 2;
    fail("Connection error");
    assert.deepEqual(said, ["perdue 2 attendent"]);
  });
});

describe("a sign of life", () => {
  test("is asked for while something waits, and on waking up", () => {
    mock.timers.tick(16_000);
    assert.deepEqual(asked, []);
    waiting = 1;
    mock.timers.tick(8_000);
    assert.deepEqual(asked, ["SEND_APP_HEARTBEAT"]);
    connexion.wake();
    assert.equal(asked.length, 2);
  });

  test("is not asked of a connection known to be cut", () => {
    waiting = 1;
    cut();
    mock.timers.tick(20_000);
    connexion.wake();
    assert.deepEqual(asked, []);
  });
});
