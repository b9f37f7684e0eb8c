"""What the map shows besides the territory: an indicator in colours, structures as marks."""

import streamlit as st

from cpts_geo.analyse.listes import ecart_de_liste
from cpts_geo.dessin.classes import Methode, methodes
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.structures import type_structure, types
from cpts_geo.interface import composants, etat
from cpts_geo.interface.focus import MOST_STRUCTURES, Focus, cartographiables
from cpts_geo.socle.nombres import entier

CLES = ("focus_indicateur", "focus_methode", "focus_structures")


MONTRER = st.components.v2.component(**composants.sources("montrer"))


def draw() -> None:
    """Draw the menu of what the map shows; a choice runs this alone, and is handed to the map at once.

    Not in the first run of the page. What is asked of the map and its panel meanwhile runs next: Streamlit
    then drops what it has not sent yet of them, but not of a fragment inside, whose place the browser has
    never heard of. It gives up the whole page for that.
    """
    if etat.is_part_run():
        menu_alone()
    else:
        with st.container():
            menu()


def menu() -> None:
    """Draw the menu, and hand its choices to the map."""
    MONTRER(key="montrer", data=etat.message_focus())
    with st.popover("Focus", icon=":material/palette:", key="menu_focus", on_change="rerun") as opened:
        if opened.open:
            boxes(etat.focus())


menu_alone = st.fragment(menu)


def boxes(shown: Focus) -> None:
    """Draw the choices."""
    indicator_box(shown)
    structure_box(shown)
    st.button(
        "Ne rien montrer", on_click=lambda: etat.show(Focus()), disabled=shown == Focus(), width="stretch"
    )


def indicator_box(shown: Focus) -> None:
    """Draw the choice of an indicator, typed or picked, and of how its classes are made."""
    locales = cartographiables(etat.projet().locales)
    noms = {cle: f"{locale.libelle} (donnée locale)" for cle, locale in locales.items()}
    noms |= {item.code: item.libelle for item in donnees().catalogue.indicateurs}
    st.session_state.focus_indicateur = shown.indicateur if shown.indicateur in noms else None
    st.selectbox(
        "Colorer les communes selon un indicateur",
        list(noms),
        index=None,
        format_func=lambda code: noms.get(code, ""),
        placeholder="Choisir un indicateur",
        key="focus_indicateur",
        on_change=change,
    )
    st.session_state.focus_methode = shown.methode
    st.radio(
        "Couleurs",
        list(methodes()),
        format_func=lambda methode: methodes()[methode],
        key="focus_methode",
        on_change=change,
        disabled=not shown.indicateur,
    )


def structure_box(shown: Focus) -> None:
    """Draw the choice of structures, with how many the territory has, and their list."""
    codes = etat.territoire().codes
    counts = donnees().structures.comptes(codes) if codes else {}
    st.session_state.focus_structures = list(shown.structures)
    st.multiselect(
        "Marquer les professionnels et les structures",
        [kind.code for kind in types()],
        format_func=lambda code: label(code, counts),
        placeholder="Choisir jusqu’à trois types",
        max_selections=MOST_STRUCTURES,
        key="focus_structures",
        on_change=change,
    )
    for code in shown.structures if codes else ():
        kind = type_structure(code)
        with st.expander(f"Liste\u00a0: {label(code, counts)}", key=f"liste_{code}"):
            st.dataframe(
                donnees().structures.liste(kind, codes).rename(columns=str.capitalize),
                hide_index=True,
                height=220,
            )
            st.caption(donnees().structures.source(kind, codes))
            if apart := ecart_de_liste(kind, codes, donnees()):
                st.caption(apart)


def label(code: str, counts: dict[str, int | None]) -> str:
    """Name a type with how many the territory has: "Infirmier (775)"."""
    nom = type_structure(code).nom
    return f"{nom} ({entier(counts[code])})" if code in counts else nom


def change() -> None:
    """Show what has just been chosen."""
    indicateur, methode, kinds = (st.session_state[cle] for cle in CLES)
    wanted: Methode = methode
    etat.show(Focus(indicateur or "", wanted, tuple(kinds)))
