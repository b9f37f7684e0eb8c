"""What one open page holds, between two runs of the script."""

import secrets
from collections import deque
from dataclasses import dataclass, field, replace
from typing import cast

import streamlit as st

from cpts_geo.interface import vues
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.focus import Focus
from cpts_geo.projet import adresse
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.identite import nouvelle_identite
from cpts_geo.projet.memoire import Archiviste
from cpts_geo.projet.projet import Projet

# More than the changes that can be made while one message of the browser is on its way.
ADRESSES_CONNUES = 50


@dataclass(frozen=True, slots=True)
class VersionGardee:
    """What the browser kept of a project that a link brought back otherwise; `date` as it said, in French."""

    projet: Projet
    date: str


@dataclass(slots=True)
class Session:
    """Everything that one open page knows: `ecrite` is the address we wrote, `avis` a message to show.

    `connues` are the last addresses that this page has had: its browser may still say any of them.

    Of the memory of the browser: `relues` are the projects that it gave back, `sans_identite` the one that a
    link without identity opened, `copie` the identity that its work takes when another tab changed the
    project, `oublis` the projects it must forget, `gardee` what it kept of a project that a link changed,
    `panne` why it keeps nothing, `etroite` whether it has once been full.
    """

    dessin: Dessin
    cle: str = field(default_factory=lambda: secrets.token_hex(8))
    instance: str = ""
    ack: int = 0
    vue: vues.Vue | None = None
    vues_demandees: int = 0
    ecrite: adresse.Adresse | None = None
    connues: deque[adresse.Adresse] = field(default_factory=lambda: deque(maxlen=ADRESSES_CONNUES))
    focus: Focus = field(default_factory=Focus)
    avis: str = ""
    archiviste: Archiviste = field(default_factory=Archiviste)
    relues: frozenset[str] = frozenset()
    sans_identite: str = ""
    copie: str = field(default_factory=nouvelle_identite)
    oublis: tuple[Projet, ...] = ()
    gardee: VersionGardee | None = None
    panne: str = ""
    etroite: bool = False


def session() -> Session:
    """Give what this page holds; a page just opened holds an empty project."""
    if "session" not in st.session_state:
        first = replace(Projet.nouveau(), identite=nouvelle_identite())
        st.session_state["session"] = Session(Dessin(Historique(first)))
    return cast("Session", st.session_state["session"])
