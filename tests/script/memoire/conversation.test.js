import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Conversation } from "../../../assets/composants/memoire/conversation.js";
import { cleFiche, Gardes } from "../../../assets/composants/memoire/gardes.js";
import { interdit, Stockage } from "./stockage.js";

/** @import { MessageMemoire, VueMemoire } from "../../../assets/composants/types.js" */

const ID = "projet";
let marks = 0;
let sessions = 0;

/** A tab: what Python says to it, what it answers, what it shows. */
class Onglet {
  /** @type {[string, any][]} */
  told = [];
  /** @type {VueMemoire | undefined} */
  vue;
  session = `séance ${++sessions}`;
  #waiting = () => {};

  /** @param {() => Stockage} open */
  constructor(open) {
    this.conversation = new Conversation(new Gardes(open), {
      tell: (name, value) => this.told.push([name, value]),
      show: (vue) => {
        this.vue = vue;
      },
      later: (action) => {
        this.#waiting = action;
      },
      sign: () => ({ marque: `marque ${++marks}`, date: marks }),
      dateOf: (date) => `le ${date}`,
    });
  }

  /**
   * @param {string} work what the project is
   * @param {Partial<MessageMemoire> & { complements?: string }} more
   */
  hear(work, { complements = "", ...more } = {}) {
    const garde = {
      lien: `communes=${work}`,
      nom: "Mon territoire",
      communes: 1,
      population: 2,
      empreinte: work + complements,
      etats: `états ${work}`,
    };
    const known = { session: this.session, id: ID, copie: `copie de ${this.session}` };
    const usual = { relire: false, sans_identite: false, oublis: [], gardee: "", garde };
    this.conversation.receiveComplements(complements);
    this.conversation.receive({ ...known, ...usual, ...more });
  }

  rest() {
    this.#waiting();
    this.#waiting = () => {};
  }
}

/** @type {Stockage} */
let stockage;
/** @type {Gardes} */
let gardes;
/** @type {Onglet} */
let onglet;

const open = () => new Onglet(() => stockage);
const kept = (id = ID) => gardes.read(id)?.etats;

beforeEach(() => {
  stockage = new Stockage();
  gardes = new Gardes(() => stockage);
  onglet = open();
});

describe("a tab alone", () => {
  test("keeps the last of what it hears, once at rest", () => {
    onglet.hear("A", { relire: true });
    onglet.hear("AB", { relire: true, complements: "textes" });
    assert.equal(kept(), undefined);
    onglet.rest();
    assert.deepEqual([kept(), gardes.readComplements(ID)], ["états AB", "textes"]);
    assert.equal(onglet.vue?.enregistre, true);
    assert.deepEqual(onglet.told, []);
  });

  test("writes nothing again when nothing has changed", () => {
    onglet.hear("A");
    onglet.rest();
    const before = gardes.read(ID);
    onglet.hear("A");
    onglet.rest();
    assert.deepEqual(gardes.read(ID), before);
  });

  test("keeps nothing of an empty project, and deletes nothing", () => {
    onglet.hear("A");
    onglet.rest();
    onglet.hear("", { id: "" });
    onglet.rest();
    assert.equal(kept(), "états A");
    assert.equal(onglet.vue?.enregistre, false);
  });

  test("forgets a project once, when it is told to", () => {
    onglet.hear("A", { complements: "textes" });
    onglet.rest();
    stockage.setItem("cpts-geo.complements.Mon territoire", "anciens textes");
    const oublis = [{ id: ID, nom: "Mon territoire" }];
    onglet.hear("", { id: "", oublis });
    assert.equal(stockage.length, 0);
    onglet.hear("A", { oublis, complements: "textes" });
    onglet.rest();
    onglet.hear("A", { oublis, complements: "textes" });
    assert.equal(kept(), "états A");
  });
});

describe("a page loaded again", () => {
  beforeEach(() => {
    onglet.hear("AB", { complements: "textes" });
    onglet.rest();
    onglet = open();
  });

  test("gives back what is kept, and keeps nothing until it is answered", () => {
    onglet.hear("AB", { relire: true });
    onglet.hear("AB", { relire: true });
    onglet.conversation.flush();
    assert.equal(gardes.readComplements(ID), "textes");
    const date = `le ${gardes.read(ID)?.date}`;
    assert.deepEqual(onglet.told, [
      ["relu", { id: ID, etats: "états AB", complements: "textes", date, renomme: "" }],
    ]);
    onglet.hear("ABC", { complements: "textes" });
    onglet.rest();
    assert.deepEqual([kept(), gardes.readComplements(ID)], ["états ABC", "textes"]);
  });

  test("gives it back to a server started again too", () => {
    onglet.hear("AB", { relire: true });
    onglet.hear("AB", { complements: "textes" });
    onglet.rest();
    onglet.hear("AB", { relire: true, session: "une autre" });
    onglet.conversation.flush();
    assert.equal(onglet.told.length, 2);
    assert.equal(gardes.readComplements(ID), "textes");
  });

  test("under another identity leaves it where it is", () => {
    onglet.hear("Z", { relire: true, id: "autre" });
    onglet.rest();
    assert.deepEqual([kept(), kept("autre")], ["états AB", "états Z"]);
    assert.deepEqual(onglet.told, []);
  });

  test("from a link without identity is known by its territory", () => {
    onglet.hear("AB", { relire: true, id: "neuve", sans_identite: true });
    onglet.rest();
    assert.equal(onglet.told[0][1].id, ID);
    assert.equal(kept("neuve"), undefined);
    onglet.hear("AB", { complements: "textes" });
    onglet.rest();
    assert.equal(onglet.vue?.conflit, false);
  });

  test("gives back what the first versions kept, for a link of theirs only", () => {
    stockage.setItem("cpts-geo.complements.Mon territoire", "anciens textes");
    onglet.hear("Z", { relire: true, id: "neuve" });
    assert.deepEqual(onglet.told, []);
    open().hear("Z", { relire: true, id: "autre", sans_identite: true });
    const older = open();
    older.hear("Z", { relire: true, id: "autre", sans_identite: true });
    assert.deepEqual(older.told, [["relu", { ancien: "anciens textes" }]]);
  });

  test("says of when the version is that a link has replaced", () => {
    onglet.hear("AB", { gardee: "3 mai" });
    assert.equal(onglet.vue?.gardee, "3 mai");
    onglet.conversation.choose("revenir");
    assert.deepEqual(onglet.told, [["choix", { quoi: "revenir" }]]);
  });
});

describe("two tabs on one project", () => {
  /** @type {Onglet} */
  let autre;

  beforeEach(() => {
    onglet.hear("A");
    onglet.rest();
    autre = open();
    autre.hear("A", { relire: true });
    autre.hear("A");
    autre.rest();
    autre.hear("AB", { complements: "textes" });
    autre.rest();
  });

  test("the one that did nothing is told, and keeps the other's work", () => {
    onglet.conversation.changed(cleFiche(ID));
    assert.deepEqual([onglet.vue?.conflit, onglet.vue?.copie], [true, false]);
    onglet.hear("A");
    onglet.rest();
    assert.equal(kept(), "états AB");
    assert.equal(stockage.length, 2, "nothing is kept apart of what is nothing new");
  });

  test("the one that goes on is told, and its work is kept apart", () => {
    onglet.hear("AC");
    onglet.rest();
    assert.deepEqual([onglet.vue?.conflit, onglet.vue?.copie], [true, true]);
    assert.deepEqual([kept(), gardes.readComplements(ID)], ["états AB", "textes"]);
    assert.equal(kept(`copie de ${onglet.session}`), "états AC");
  });

  test("mine goes on as another project", () => {
    onglet.hear("AC");
    onglet.rest();
    onglet.conversation.choose("garder");
    const id = `copie de ${onglet.session}`;
    onglet.hear("ACD", { id, copie: "une autre copie" });
    onglet.rest();
    assert.deepEqual([kept(), kept(id), onglet.vue?.conflit], ["états AB", "états ACD", false]);
  });

  test("the other's is taken, and mine is not written over it meanwhile", () => {
    onglet.hear("AC");
    onglet.rest();
    onglet.conversation.choose("prendre");
    assert.deepEqual(onglet.told, [["choix", { quoi: "prendre", etats: "états AB", complements: "textes" }]]);
    onglet.conversation.flush();
    assert.deepEqual([kept(), kept(`copie de ${onglet.session}`)], ["états AB", undefined]);
    onglet.hear("AB", { complements: "textes" });
    onglet.rest();
    assert.deepEqual([onglet.vue?.conflit, onglet.vue?.enregistre], [false, true]);
  });

  test("what one has had forgotten comes back with a change of the other, not with its end", () => {
    gardes.forgetAll();
    autre.conversation.changed(cleFiche(ID));
    assert.equal(autre.vue?.enregistre, false);
    autre.hear("AB", { complements: "textes" });
    autre.rest();
    autre.conversation.flush();
    assert.equal(stockage.length, 0);
    autre.hear("ABD");
    autre.rest();
    assert.equal(kept(), "états ABD");
  });

  test("the same work in both is no matter", () => {
    onglet.hear("AB", { complements: "textes" });
    onglet.rest();
    assert.equal(onglet.vue?.conflit, false);
    autre.conversation.changed(cleFiche(ID));
    autre.hear("ABD");
    autre.rest();
    assert.equal(autre.vue?.conflit, false);
  });

  test("the same work written again, with another past, is no matter to who has just gone on", () => {
    onglet.hear("AB", { complements: "textes" });
    const fiche = gardes.read(ID);
    assert.ok(fiche);
    gardes.write(ID, { ...fiche, etats: "états AB, autre passé" }, "textes", { marque: "nouvelle", date: 9 });
    autre.hear("ABD");
    autre.conversation.changed(cleFiche(ID));
    autre.rest();
    assert.deepEqual([autre.vue?.conflit, kept()], [false, "états ABD"]);
  });

  test("another project that changes is no matter", () => {
    onglet.conversation.changed(cleFiche("autre"));
    onglet.conversation.changed(null);
    assert.equal(onglet.vue?.conflit, false);
  });

  test("what the other tab forgets is no longer said to be kept", () => {
    gardes.forget(ID);
    onglet.conversation.changed(cleFiche(ID));
    assert.deepEqual([onglet.vue?.conflit, onglet.vue?.enregistre], [false, false]);
    onglet.hear("AC");
    onglet.rest();
    assert.equal(kept(), "états AC");
  });
});

describe("a browser that keeps nothing", () => {
  test("says so once, and again when it keeps", () => {
    stockage.place = 10;
    for (const work of ["A", "AB"]) {
      onglet.hear(work);
      onglet.rest();
    }
    assert.deepEqual([onglet.vue?.panne, onglet.vue?.enregistre], ["plein", false]);
    stockage.place = 1000;
    onglet.hear("ABC");
    onglet.rest();
    assert.deepEqual([onglet.vue?.panne, onglet.vue?.enregistre], ["", true]);
    assert.deepEqual(onglet.told, [
      ["panne", "plein"],
      ["panne", ""],
    ]);
  });

  test("says so when it forbids", () => {
    const closed = new Onglet(interdit);
    closed.hear("A", { relire: true, sans_identite: true });
    closed.rest();
    assert.equal(closed.vue?.panne, "interdit");
  });
});
