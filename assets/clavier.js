// Keys of the map, and the card that lists them with the gestures: one list for both.
(() => {
  const { element, button } = window.Elements;
  const TOUCHES = [
    {
      titre: "Ce qu’un clic prend",
      lignes: [
        { touches: ["C"], texte: "une commune", action: "commune" },
        { touches: ["E"], texte: "un EPCI (communauté de communes, métropole…)", action: "epci" },
        { touches: ["K"], texte: "un canton", action: "canton" },
        { touches: ["B"], texte: "un bassin de vie", action: "bassin_vie" },
        { touches: ["D"], texte: "un département", action: "departement" },
        { touches: ["G"], texte: "grouper plusieurs communes, ou un seul choix à la fois", action: "grouper" },
      ],
    },
    {
      titre: "Tracer",
      lignes: [
        { touches: ["R"], texte: "rectangle : les communes d’un cadre", action: "rectangle" },
        { touches: ["L"], texte: "lasso : les communes d’un tracé à main levée", action: "lasso" },
        { touches: ["X"], texte: "ajouter ou retirer les communes du tracé", action: "inverser" },
        { touches: ["Alt + glisser"], texte: "retirer, le temps d’un tracé" },
        { touches: ["Échap"], texte: "abandonner le tracé, revenir au clic", action: "echapper" },
      ],
    },
    {
      titre: "Revenir, protéger",
      lignes: [
        { touches: ["Z", "Ctrl + Z"], texte: "annuler", action: "annuler" },
        { touches: ["Maj + Z", "Ctrl + Y", "Ctrl + Maj + Z"], texte: "rétablir", action: "refaire" },
        { touches: ["V"], texte: "verrouiller ou déverrouiller le territoire", action: "verrouiller" },
        { touches: ["?"], texte: "cette aide", action: "aider" },
      ],
    },
    {
      titre: "Se déplacer",
      lignes: [
        { touches: ["Glisser", "Flèches"], texte: "déplacer la carte" },
        { touches: ["Molette", "+", "−"], texte: "zoomer, dézoomer ; deux doigts sur un écran tactile" },
      ],
    },
    {
      titre: "Sans souris (Tab jusqu’à la carte)",
      lignes: [
        { touches: ["Entrée", "Espace"], texte: "choisir ce qui est sous la croix ; poser un coin ou un point du tracé" },
        { touches: ["Maj + Entrée"], texte: "fermer le lasso" },
      ],
    },
  ];
  const REPEATED = ["annuler", "refaire"];
  const NAMES = { Escape: "Échap" };

  // As written in the list: "Z", "Ctrl + Maj + Z". Null for a modifier that is not ours.
  const named = ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
    if (altKey || key.length === 0) return null;
    const shown = NAMES[key] ?? key.toUpperCase();
    const shift = shiftKey && shown !== "?";
    return [(ctrlKey || metaKey) && "Ctrl", shift && "Maj", shown].filter(Boolean).join(" + ");
  };

  window.Clavier = class {
    #actions = new Map();

    // `actions` by name, as in the list; one that returns false leaves the key to others.
    constructor(actions) {
      for (const { touches, action } of TOUCHES.flatMap(({ lignes }) => lignes)) {
        if (action) touches.forEach((touche) => this.#actions.set(touche, { action, run: actions[action] }));
      }
      this.fiche = this.#card();
      document.body.append(this.fiche);
    }

    // Tells whether the key was ours.
    press(event) {
      if (this.fiche.open && !["Escape", "?"].includes(event.key)) return false;
      const found = this.#actions.get(named(event));
      if (!found || (event.repeat && !REPEATED.includes(found.action))) return false;
      return found.run() !== false;
    }

    // Tells whether the card was open.
    fermer() {
      const wasOpen = this.fiche.open;
      this.fiche.close();
      return wasOpen;
    }

    // The focus goes to the card, and back to where it was, be it on the page around the map.
    basculer() {
      if (this.fermer()) return;
      const outside = window.parent.document.activeElement;
      this.fiche.addEventListener("close", () => outside !== window.frameElement && outside?.focus(), { once: true });
      this.fiche.showModal();
    }

    // ---- Card --------------------------------------------------------------------------------------------

    #card() {
      const card = element("dialog", "fiche");
      card.setAttribute("aria-labelledby", "titre-fiche");
      const title = element("h2", "", "Touches et gestes");
      title.id = "titre-fiche";
      const head = element("div", "entete");
      head.append(title, button("fermer", "Fermer", () => card.close()));
      const body = element("div", "sections");
      body.append(...TOUCHES.map((section) => this.#section(section)));
      card.append(head, body);
      card.addEventListener("click", ({ target }) => target === card && card.close());
      return card;
    }

    #section({ titre, lignes }) {
      const section = element("section", "");
      const list = element("dl", "");
      for (const { touches, texte } of lignes) {
        const keys = element("dt", "");
        keys.append(...touches.map((touche) => element("kbd", "", touche)));
        list.append(keys, element("dd", "", texte));
      }
      section.append(element("h3", "", titre), list);
      return section;
    }
  };
})();
