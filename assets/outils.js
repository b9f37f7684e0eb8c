// The drawing tools of the map: what one click takes, the tool in hand, undo and redo, lock, help.
// The choice is kept in the tab, so that it is found again on coming back from another page.
(() => {
  const { element, button, icon } = window.Elements;
  const MEMOIRE = "cpts-geo.outils";
  const PHONE = "(width < 600px)"; // as in carte.css
  const UNITES = {
    commune: { nom: "Commune", bulle: "Un clic prend une commune", touche: "C" },
    epci: { nom: "EPCI", bulle: "Un clic prend un EPCI entier (communauté de communes, métropole…)", touche: "E" },
    canton: { nom: "Canton", bulle: "Un clic prend un canton entier", touche: "K" },
    bassin_vie: { nom: "Bassin de vie", bulle: "Un clic prend un bassin de vie entier", touche: "B" },
    departement: { nom: "Département", bulle: "Un clic prend un département entier", touche: "D" },
  };
  const OUTILS = {
    main: { nom: "Cliquer", bulle: "Cliquer et déplacer la carte", touche: "Échap" },
    rectangle: { nom: "Rectangle", bulle: "Prendre les communes d’un rectangle", touche: "R" },
    lasso: { nom: "Lasso", bulle: "Prendre les communes d’un tracé à main levée", touche: "L" },
  };
  const SENS = {
    ajouter: { nom: "Ajouter", bulle: "Le tracé ajoute ses communes", touche: "X" },
    retirer: { nom: "Retirer", bulle: "Le tracé retire ses communes (ou touche Alt en traçant)", touche: "X" },
  };

  window.Outils = class {
    unite = "commune";
    outil = "main";
    sens = "ajouter";
    groupe = true;
    #onChange;

    // `actions`: changer (another choice), annuler, refaire, verrouiller, aider.
    constructor(map, actions) {
      this.#onChange = actions.changer;
      Object.assign(this, this.#kept());
      this.#build(actions);
      this.#place(map);
      this.#draw();
    }

    get retire() {
      return this.sens === "retirer";
    }

    get trace() {
      return this.outil !== "main";
    }

    // What one click takes is for clicks: another choice of it gives the hand back.
    choisirUnite(unite) {
      this.#choose({ unite, outil: "main" });
    }

    choisirOutil(outil) {
      this.#choose({ outil });
    }

    inverser() {
      this.#choose({ sens: this.retire ? "ajouter" : "retirer" });
    }

    basculerGroupe() {
      this.#choose({ groupe: !this.groupe });
    }

    // What Python says: labels of undo and redo, null when there is none, and the lock.
    montrer({ annuler, refaire }, verrou) {
      this.#tell(this.annuler, annuler && !verrou, annuler ? `Annuler : ${annuler}` : "Rien à annuler", "Z");
      this.#tell(this.refaire, refaire && !verrou, refaire ? `Rétablir : ${refaire}` : "Rien à rétablir", "Maj + Z");
      const bulle = verrou ? "Déverrouiller le territoire" : "Verrouiller le territoire";
      this.verrou.replaceChildren(icon(verrou ? "verrou" : "ouvert"));
      this.verrou.setAttribute("aria-pressed", String(verrou));
      this.#label(this.verrou, bulle, "V");
      this.deverrouiller.hidden = !verrou;
      this.guide.classList.toggle("ferme", verrou);
    }

    // The line of help under the map; empty, it goes.
    guider(text, { sens = false } = {}) {
      if (this.texte.textContent !== text) this.texte.textContent = text;
      this.sensBox.hidden = !sens;
      this.guide.hidden = !text;
    }

    // ---- Building ----------------------------------------------------------------------------------------

    #build({ annuler, refaire, verrouiller, aider }) {
      this.annuler = button("bouton", "", annuler);
      this.annuler.append(icon("annuler"));
      this.refaire = button("bouton", "", refaire);
      this.refaire.append(icon("refaire"));
      this.groupeBox = this.#tool("grouper", () => this.basculerGroupe());
      this.verrou = this.#tool("ouvert", verrouiller);
      this.aide = this.#tool("aide", aider);
      this.#label(this.aide, "Aide : touches et gestes", "?");
      this.deverrouiller = button("deverrouiller", "Déverrouiller", verrouiller);
      this.unites = this.#choice("unite", "Ce qu’un clic prend", UNITES, (unite) => this.choisirUnite(unite));
      this.outils = this.#choice("outil", "Outil", OUTILS, (outil) => this.choisirOutil(outil), true);
      this.sensBox = this.#choice("sens", "Le tracé", SENS, () => this.inverser());
    }

    #place(map) {
      this.prise = this.#fold("prise", "Ce qu’un clic prend", this.unites);
      this.boite = this.#fold("boite", "Outils de dessin", this.outils, this.groupeBox, this.verrou, this.aide);
      const historique = element("div", "historique barre");
      historique.append(this.annuler, this.refaire);
      const bandeau = element("div", "bandeau");
      bandeau.append(this.prise, historique);
      this.texte = element("span", "");
      this.texte.setAttribute("aria-live", "polite");
      this.guide = element("div", "guide");
      this.guide.append(icon("verrou"), this.texte, this.sensBox, this.deverrouiller);
      map.getContainer().append(bandeau, this.guide);
      const strip = L.control({ position: "topleft" });
      strip.onAdd = () => this.boite;
      strip.addTo(map);
      for (const part of [bandeau, this.guide, this.boite]) this.#shield(part, map.getContainer());
    }

    // Only a phone folds it.
    #fold(className, label, ...content) {
      const box = element("details", `${className} barre`);
      const phone = matchMedia(PHONE);
      const summary = element("summary", "");
      summary.setAttribute("aria-label", label);
      box.append(summary, ...content);
      box.open = !phone.matches;
      phone.addEventListener("change", () => (box.open = !phone.matches));
      return box;
    }

    // Native radio buttons: arrows and screen readers know them.
    #choice(name, label, options, onChoice, withIcons = false) {
      const box = element("div", `choix ${name}`);
      box.setAttribute("role", "radiogroup");
      box.setAttribute("aria-label", label);
      for (const [value, { nom, bulle, touche }] of Object.entries(options)) {
        const option = element("label", "option");
        const input = Object.assign(element("input", ""), { type: "radio", name, value });
        input.setAttribute("aria-label", nom);
        input.addEventListener("change", () => onChoice(value));
        option.dataset.bulle = `${bulle} · touche\u00a0${touche}`;
        input.setAttribute("aria-description", option.dataset.bulle);
        option.append(input, withIcons ? icon(value) : element("span", "", nom));
        box.append(option);
      }
      return box;
    }

    #tool(name, onClick) {
      const tool = button(`bouton ${name}`, "", onClick);
      tool.append(icon(name));
      return tool;
    }

    // Clicks on a control are not for the map, but the keyboard goes back to it.
    #shield(part, container) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
      part.addEventListener("click", ({ detail }) => {
        if (detail > 0) setTimeout(() => container.focus({ preventScroll: true }));
      });
    }

    // ---- State -------------------------------------------------------------------------------------------

    #choose(choice) {
      Object.assign(this, choice);
      const { unite, outil, sens, groupe } = this;
      sessionStorage.setItem(MEMOIRE, JSON.stringify({ unite, outil, sens, groupe }));
      this.#draw();
      if (matchMedia(PHONE).matches) this.prise.open = this.boite.open = false;
      this.#onChange();
    }

    #kept() {
      const kept = JSON.parse(sessionStorage.getItem(MEMOIRE) ?? "{}");
      if (!(kept.unite in UNITES) || !(kept.outil in OUTILS)) return {};
      return kept;
    }

    #draw() {
      for (const box of [this.unites, this.outils, this.sensBox]) {
        for (const input of box.querySelectorAll("input")) input.checked = input.value === this[input.name];
      }
      this.prise.firstChild.replaceChildren(UNITES[this.unite].nom);
      this.boite.firstChild.replaceChildren(icon(this.outil), icon("fermer"));
      this.groupeBox.setAttribute("aria-pressed", String(this.groupe));
      this.#label(this.groupeBox, this.groupe ? "Grouper plusieurs communes : oui" : "Grouper plusieurs communes : non", "G");
    }

    #tell(control, enabled, bulle, touche) {
      control.disabled = !enabled;
      this.#label(control, bulle, touche);
    }

    #label(control, bulle, touche) {
      control.setAttribute("aria-label", bulle);
      control.dataset.bulle = `${bulle} · touche\u00a0${touche}`;
    }
  };
})();
