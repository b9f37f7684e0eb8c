// The selection as the person sees it: what Python last confirmed, then what it has not confirmed yet.
// Each click is shown at once and sent with all those still unconfirmed, so that neither a lost message nor
// an answer that arrives late can undo a newer click. Undo, redo and lock travel in the same sequence; what
// undo brings back only Python knows, so it shows once Python has answered.
window.Selection = class {
  #send;
  #instance = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  #pending = [];
  #seq = 0;
  #codes = new Set();
  #verrou = false;
  #historique = { annuler: null, refaire: null };

  constructor(send) {
    this.#send = send;
  }

  get codes() {
    return [...this.#codes];
  }

  has(code) {
    return this.#codes.has(code);
  }

  get verrou() {
    const locks = this.#pending.filter(({ commande }) => commande?.endsWith("verrouiller"));
    return locks.length ? locks.at(-1).commande === "verrouiller" : this.#verrou;
  }

  // What undo and redo would do, in French; null when there is nothing to undo or redo.
  get historique() {
    const isPending = (wanted) => this.#pending.some(wanted);
    const drawn = isPending(({ commande }) => !commande);
    const { annuler, refaire } = this.#historique;
    return {
      annuler: drawn || isPending(({ commande }) => commande === "refaire") ? "le dernier changement" : annuler,
      refaire: isPending(({ commande }) => commande === "annuler") ? "le dernier changement" : drawn ? null : refaire,
    };
  }

  // The person's own operation: applied here first, then sent.
  apply({ ajouter = [], retirer = [], geste = "commune" }) {
    this.#post({ ajouter, retirer, geste });
  }

  // annuler, refaire, verrouiller or deverrouiller.
  command(commande) {
    this.#post({ commande });
  }

  // What Python holds, up to our operation `ack`. Returns the codes whose state has changed here.
  receive({ instance, ack, codes }, { verrou = false, historique = {} } = {}) {
    const before = this.#codes;
    const seen = instance === this.#instance ? ack : 0;
    this.#pending = this.#pending.filter(({ seq }) => seq > seen);
    this.#codes = new Set(codes);
    this.#verrou = verrou;
    this.#historique = { annuler: null, refaire: null, ...historique };
    this.#pending.forEach((operation) => this.#replay(operation));
    const both = new Set([...before, ...this.#codes]);
    return [...both].filter((code) => before.has(code) !== this.#codes.has(code));
  }

  #post(content) {
    const operation = { seq: ++this.#seq, ...content };
    this.#pending.push(operation);
    this.#replay(operation);
    this.#send({ instance: this.#instance, seq: this.#seq, operations: this.#pending });
  }

  #replay({ ajouter = [], retirer = [] }) {
    ajouter.forEach((code) => this.#codes.add(code));
    retirer.forEach((code) => this.#codes.delete(code));
  }
};
