"""What this page and the memory of the browser say to each other (assets/composants/memoire is its script).

The browser is given, after each change, all that it must keep, and keeps it unless another tab has changed
the project. It gives back what it kept of a project that it sees for the first time.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.session import Session, VersionGardee, session
from cpts_geo.projet import adresse, fichier, memoire
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.identite import identite_lue, nouvelle_identite
from cpts_geo.projet.memoire import MemoireIllisibleError
from cpts_geo.projet.projet import Projet

ILLISIBLE = (
    "Ce que ce navigateur gardait de ce projet ne se lit plus\u00a0: c’est laissé tel quel, "
    "et votre travail est gardé à part."
)
AUTRE_ONGLET, VERSION_GARDEE = "version de l’autre onglet", "version gardée par ce navigateur"


def message() -> dict[str, Any]:
    """Give what the browser must keep, and what it must say; see `Message` in assets/composants/types.js."""
    held = session()
    projet = held.dessin.projet
    perimetres = {name: value for name, value in adresse.write(projet).items() if name != adresse.IDENTITE}
    kept = held.archiviste.write(held.dessin.historique, 0 if held.etroite else None)
    return {
        "session": held.cle,
        "id": "" if projet.vide else projet.identite,
        "copie": held.copie,
        "relire": projet.identite not in held.relues,
        "sans_identite": projet.identite == held.sans_identite,
        "oublis": [{"id": each.identite, "nom": each.nom} for each in held.oublis],
        "gardee": held.gardee.date if held.gardee else "",
        "garde": {
            "lien": urlencode(perimetres),
            "nom": projet.nom,
            "communes": len(projet.territoire),
            "population": donnees().referentiel.population(projet.territoire.codes),
            "empreinte": kept.empreinte,
            "etats": kept.etats,
        },
    }


def complements() -> dict[str, Any]:
    """Give what people wrote, apart: it is large, and not sent again until it changes.

    Call it after `message`, whose states call for it.
    """
    return {"complements": session().archiviste.complements}


# ---- What the browser gives back ------------------------------------------------------------------------


def receive_kept(given: Mapping[str, Any]) -> None:
    """Take back what the browser kept of the project that a link brought; see `Relu` in types.js."""
    held = session()
    if "ancien" in given:
        held.relues |= {held.dessin.projet.identite}
        _recover_former(held, str(given["ancien"]))
        return
    known = identite_lue(str(given["id"]))
    if known != held.dessin.projet.identite and held.sans_identite == held.dessin.projet.identite:
        _identify(held, known)
    held.relues |= {known}
    kept = _read(held, given)
    if kept is None or known != held.dessin.projet.identite:
        return
    former = kept.present.identite
    # Kept apart from its project, it bears the identity of that in what it holds.
    kept = kept.map(lambda projet: replace(projet, identite=known) if projet.identite == former else projet)
    reunion = memoire.reunir(held.dessin.historique, kept)
    historique = reunion.historique
    if wanted := str(given.get("renomme", "")):
        first = historique.present.scenarios[0].cle
        historique = historique.adjust(historique.present.rename(first, wanted))
    held.dessin = replace(held.dessin, historique=historique)
    held.gardee = VersionGardee(kept.present, str(given["date"])) if reunion.autre else None


def receive_choice(given: Mapping[str, Any]) -> None:
    """Do what the person chose of another version of her project; see `Choix` in types.js."""
    held = session()
    quoi = given["quoi"]
    if quoi == "prendre" and (kept := _read(held, given)):
        _take(held, kept.present, AUTRE_ONGLET)
    elif quoi == "garder":
        _identify(held, held.copie)
        held.copie = nouvelle_identite()
    elif quoi == "revenir" and held.gardee:
        _take(held, held.gardee.projet, VERSION_GARDEE)
    if quoi in {"revenir", "fermer"}:
        held.gardee = None


def receive_failure(why: str) -> None:
    """Know why the browser keeps nothing: "plein", "interdit"; empty when it keeps again.

    A browser once full is given no undo any more: the work itself may fit.
    """
    held = session()
    held.panne = why
    held.etroite |= why == "plein"


def panne() -> str:
    """Tell why the browser keeps nothing; empty when it does."""
    return session().panne


def _read(held: Session, given: Mapping[str, Any]) -> Historique[Projet] | None:
    """What the browser kept; unreadable, it is left there, and the work takes another identity."""
    try:
        return memoire.read(str(given["etats"]), str(given["complements"]), donnees().referentiel)
    except MemoireIllisibleError:
        _identify(held, nouvelle_identite())
        held.avis = ILLISIBLE
        return None


def _recover_former(held: Session, kept: str) -> None:
    """Take back what the first versions kept under the name of the project, if of the same scenarios."""
    try:
        former = fichier.decode(kept.encode(), donnees().referentiel).projet
    except fichier.FichierProjetError:
        return
    historique = held.dessin.historique
    held.dessin = replace(held.dessin, historique=historique.adjust(historique.present.recover(former)))


def _take(held: Session, projet: Projet, libelle: str) -> None:
    """Hold another state of the project, locked or not; undoing comes back to this one."""
    taken = replace(projet, identite=held.dessin.projet.identite)
    held.dessin = replace(held.dessin, historique=held.dessin.historique.hold(taken, libelle))


def _identify(held: Session, identite: str) -> None:
    """Give the project another identity, in all its states."""
    former = held.dessin.projet.identite

    def identified(projet: Projet) -> Projet:
        return replace(projet, identite=identite) if projet.identite == former else projet

    held.dessin = replace(held.dessin, historique=held.dessin.historique.map(identified))
    held.relues |= {identite}
