"""The list of what deserves a look in the territory, with a way to see it and to settle it."""

import streamlit as st

from cpts_geo.analyse.verifications import Constat, check
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.socle.textes import litteral

ICONES = {"attention": ":orange[:material/warning:]", "information": ":gray[:material/info:]"}


def draw(codes: tuple[str, ...]) -> None:
    """Draw one line by finding, or say that there is none."""
    constats = check(codes, donnees())
    if not constats:
        st.caption(":material/check: Rien à signaler.")
    for rank, constat in enumerate(constats):
        with st.container(key=f"constat_{rank}", gap=None):
            draw_constat(constat, rank)


def draw_constat(constat: Constat, rank: int) -> None:
    """Draw a finding and its buttons; a rank tells two findings of one kind apart."""
    st.markdown(f"{ICONES[constat.niveau]} **{litteral(constat.titre)}** — {litteral(constat.message)}")
    if not constat.codes:
        return
    with st.container(horizontal=True, gap="medium"):
        st.button(
            "Voir",
            key=f"voir_{rank}",
            icon=":material/search:",
            type="tertiary",
            on_click=etat.look_at_communes,
            args=(constat.codes,),
        )
        if constat.ajouter:
            st.button(
                "Ajouter" if len(constat.ajouter) == 1 else f"Ajouter ces {len(constat.ajouter)} communes",
                key=f"completer_{rank}",
                icon=":material/add:",
                type="tertiary",
                on_click=etat.add_communes,
                args=constat.ajouter,
                disabled=etat.verrouille(),
            )
