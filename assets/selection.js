// The selection as the person sees it: what Python last confirmed, then the clicks it has not confirmed yet.
// Each click is shown at once and sent with all those still unconfirmed, so that neither a lost message nor
// an answer that arrives late can undo a newer click.
window.Selection = class {
  #send;
  #instance = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  #pending = [];
  #seq = 0;
  #codes = new Set();

  constructor(send) {
    this.#send = send;
  }

  get codes() {
    return [...this.#codes];
  }

  has(code) {
    return this.#codes.has(code);
  }

  // The person's own operation: applied here first, then sent.
  apply({ ajouter = [], retirer = [] }) {
    const operation = { seq: ++this.#seq, ajouter, retirer };
    this.#pending.push(operation);
    this.#replay(operation);
    this.#send({ instance: this.#instance, seq: this.#seq, operations: this.#pending });
  }

  // What Python holds, up to our operation `ack`. Returns the codes whose state has changed here.
  receive({ instance, ack, codes }) {
    const before = this.#codes;
    const seen = instance === this.#instance ? ack : 0;
    this.#pending = this.#pending.filter(({ seq }) => seq > seen);
    this.#codes = new Set(codes);
    this.#pending.forEach((operation) => this.#replay(operation));
    const both = new Set([...before, ...this.#codes]);
    return [...both].filter((code) => before.has(code) !== this.#codes.has(code));
  }

  #replay({ ajouter, retirer }) {
    ajouter.forEach((code) => this.#codes.add(code));
    retirer.forEach((code) => this.#codes.delete(code));
  }
};
