"""Whether the work is kept by the browser: said where the page has room for it, written last."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from cpts_geo.interface import composants, etat, memoire
from pages.blocs import sauvegarde

MEMOIRE = st.components.v2.component(**composants.sources("memoire"))
CLE = "memoire"
PANNES = {
    "plein": (
        "La place que ce navigateur donne à l’application est pleine\u00a0: ce projet n’y est plus gardé. "
        "Sauvegardez-le dans un fichier, ou oubliez d’anciens projets."
    ),
    "interdit": (
        "Ce navigateur ne garde rien (navigation privée, réglage)\u00a0: le territoire reste dans "
        "l’adresse de la page, mais quitter la page perdrait vos données locales et vos textes. "
        "Sauvegardez le projet dans un fichier."
    ),
}


def receive(name: str, do: Callable[[Any], None]) -> None:
    """Hand what the browser has just told."""
    told = st.session_state[CLE][name]
    if told is not None:
        do(told)


def keep(place: AbstractContextManager[Any]) -> None:
    """Write the project in the address and give it to the browser: last, figures do not wait for it.

    Args:
        place: where the page has room to say it.
    """
    etat.write_adresse()
    message = memoire.message()
    MEMOIRE(key="complements", data=memoire.complements())
    with place:
        MEMOIRE(
            key=CLE,
            data=message,
            on_relu_change=lambda: receive("relu", memoire.receive_kept),
            on_choix_change=lambda: receive("choix", memoire.receive_choice),
            on_panne_change=lambda: receive("panne", memoire.receive_failure),
        )
        if why := PANNES.get(memoire.panne()):
            st.warning(why)
            sauvegarde.draw("Sauvegarder ce projet dans un fichier", key="sauvegarder_panne")
