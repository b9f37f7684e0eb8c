"""Ways out of an error that keep the work: undo what brought it, take the project away.

What has failed may make them fail too: each then says so, and the apology beside it stands all the same.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet import fichier
from cpts_geo.projet.projet import Projet
from cpts_geo.socle.textes import litteral

if TYPE_CHECKING:
    from cpts_geo.communes.fiches import Fiche

ANNULER, TELECHARGER = "Annuler le dernier changement", "Télécharger le projet"
SANS_ANNULER = "Le dernier changement n’a pas pu être annulé\u00a0: le projet est resté comme il était."
SANS_FICHIER = (
    "Le fichier du projet n’a pas pu être écrit. Le projet reste ouvert ici, et l’adresse de la page garde "
    "son territoire, au dernier changement près."
)

_JOURNAL = logging.getLogger(__name__)


def draw(reference: str, today: date) -> None:
    """Draw the ways out that there are; `reference` is that of the error."""
    _offer(partial(undo_button, reference), SANS_ANNULER)
    _offer(partial(file_button, reference, today), SANS_FICHIER)


def _offer(draw_way: Callable[[], None], otherwise: str) -> None:
    try:
        draw_way()
    except Exception:  # noqa: BLE001 - whatever it is, the apology must stand
        _JOURNAL.exception("Une issue de secours a échoué aussi.")
        st.warning(otherwise)


def undo_button(reference: str) -> None:
    """Draw the button that undoes the last change, when there is one and the project is not locked."""
    if etat.to_undo() is not None and not etat.verrouille():
        st.button(ANNULER, icon=":material/undo:", on_click=undo, key=f"annuler_{reference}")


def undo() -> None:
    """Undo the last change, and draw the whole page again, even from a part of it."""
    try:
        etat.undo()
    except Exception:  # noqa: BLE001 - a page that has failed must not fail again
        _JOURNAL.exception("Le dernier changement n’a pas pu être annulé.")
        st.toast(SANS_ANNULER, icon=":material/error:")
    st.rerun()


def file_button(reference: str, today: date) -> None:
    """Draw the button of the file of the project, written at once: that it cannot be is known now."""
    projet = etat.projet()
    if projet.vide:
        return
    try:
        written = content(projet, today)
    except fichier.FichierProjetError as error:
        st.warning(litteral(str(error)))
        return
    st.download_button(
        TELECHARGER,
        data=written,
        file_name=fichier.nom_fichier(projet, today),
        mime="application/json",
        on_click="ignore",
        icon=":material/save:",
        key=f"telecharger_{reference}",
    )


def content(projet: Projet, today: date) -> bytes:
    """Write the file of the project; without names when it is the data that fails: codes are all it needs.

    Raises:
        FichierProjetError: the project is too large; says so in French.
    """
    names: Mapping[str, Fiche] = {}
    try:
        names = donnees().fiches
    except Exception:  # noqa: BLE001 - whatever it is, the file does without
        _JOURNAL.exception("Les noms des communes n’ont pas pu être lus.")
    return fichier.encode(projet, today, names)
