"""What the map and Python say to each other about the territory being drawn.

The map shows a click before Python knows of it, and sends all the operations that Python has not confirmed
yet. Python applies those it has not seen, and answers with what it holds and the last one it saw: a late or
repeated message changes nothing. Undo, redo and lock travel in the same sequence, so that they too are
applied once, and in the order in which the person asked for them. An operation that cannot be applied is
confirmed too, with the reason: the map takes it off, and it does not stand in the way of the next ones.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.projet import gestes
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet

VERROUILLE = "Le territoire est verrouillé\u00a0: déverrouillez-le (touche v sur la carte) pour le changer."
ILLISIBLE = "Un changement fait sur la carte n’a pas pu être pris en compte\u00a0: il en a été retiré."

_JOURNAL = logging.getLogger(__name__)


class OperationRefuseeError(ValueError):
    """An operation of the map cannot be applied; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Reponse:
    """What a post of the map has given: the drawing, the last operation seen, and why some were refused."""

    dessin: "Dessin"
    ack: int
    refus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dessin:
    """What the map works on: the project with its history, and whether it is locked against stray clicks."""

    historique: Historique[Projet]
    verrou: bool = False

    @property
    def projet(self) -> Projet:
        """The project as it stands."""
        return self.historique.present

    def hold(self, projet: Projet, libelle: str) -> "Dessin":
        """After this change; a locked project does not change."""
        return self if self.verrou else replace(self, historique=self.historique.hold(projet, libelle))

    def undo(self) -> "Dessin":
        """Before the last change; a locked project does not change."""
        return self if self.verrou else replace(self, historique=self.historique.undo())

    def redo(self) -> "Dessin":
        """After the change last undone; a locked project does not change."""
        return self if self.verrou else replace(self, historique=self.historique.redo())


_COMMANDES: dict[str, Callable[[Dessin], Dessin]] = {
    "annuler": Dessin.undo,
    "refaire": Dessin.redo,
    "verrouiller": lambda dessin: replace(dessin, verrou=True),
    "deverrouiller": lambda dessin: replace(dessin, verrou=False),
}
_VERROUS = ("verrouiller", "deverrouiller")


def apply_post(dessin: Dessin, last_seq: int, post: Mapping[str, Any], referentiel: Referentiel) -> Reponse:
    """Apply the operations of a post of the map that come after `last_seq`.

    An operation has a number `seq` and either a `commande` (annuler, refaire, verrouiller, deverrouiller) or
    lists of codes `ajouter` and `retirer` with a `geste` (see `gestes.libelle`). Codes of no present commune
    are left out, and said. Each operation is one step of the history.
    """
    refus: dict[str, None] = {}
    for operation in sorted(post["operations"], key=lambda each: int(each["seq"])):
        if operation["seq"] > last_seq:
            last_seq = int(operation["seq"])
            dessin = _try_operation(dessin, operation, referentiel, refus)
    return Reponse(dessin, last_seq, tuple(refus))


def _try_operation(
    dessin: Dessin, operation: Mapping[str, Any], referentiel: Referentiel, refus: dict[str, None]
) -> Dessin:
    """Apply an operation; one that fails leaves the drawing as it is, and its reason in `refus`."""
    try:
        if unknown := [code for code in operation.get("ajouter", ()) if code not in referentiel]:
            refus[f"Communes inconnues, laissées de côté\u00a0: {', '.join(map(str, unknown))}."] = None
        return _apply(dessin, operation, referentiel)
    except OperationRefuseeError as error:
        refus[str(error)] = None
    except Exception:  # noqa: BLE001 - whatever it is, the map must go on with what was done next
        _JOURNAL.exception("Une opération de la carte a échoué.")
        refus[ILLISIBLE] = None
    return dessin


def _apply(dessin: Dessin, operation: Mapping[str, Any], referentiel: Referentiel) -> Dessin:
    commande = operation.get("commande")
    if dessin.verrou and commande not in _VERROUS:
        raise OperationRefuseeError(VERROUILLE)
    if commande:
        return _COMMANDES[commande](dessin)
    before = dessin.projet.territoire
    added = [code for code in operation["ajouter"] if code in referentiel]
    after = before.add(*added).remove(*operation["retirer"])
    held, kept = set(before.codes), set(after.codes)
    gained = [code for code in after.codes if code not in held]
    lost = [code for code in before.codes if code not in kept]
    if not gained and not lost:
        return dessin
    libelle = gestes.libelle(gained, lost, operation.get("geste", "commune"), referentiel)
    return dessin.hold(dessin.projet.draw_territoire(after), libelle)


def message_selection(dessin: Dessin) -> dict[str, Any]:
    """What the map is told of the project: lock, colours, and what undo and redo would do."""
    couleur = dessin.projet.couleur
    return {
        "couleurs": {"fond": couleur.fond, "trait": couleur.trait},
        "historique": {"annuler": dessin.historique.to_undo, "refaire": dessin.historique.to_redo},
        "verrou": dessin.verrou,
    }
