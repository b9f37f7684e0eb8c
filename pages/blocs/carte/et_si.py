"""What adding each neighbouring commune would do, and the fewest that reach a goal."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cpts_geo.analyse import et_si
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.socle.nombres import decimal, entier, signe
from cpts_geo.socle.textes import litteral

TRIS: dict[et_si.Tri, str] = {"population": "Population", "densite": "Médecins généralistes", "nom": "Nom"}
AJOUT = "essai_ajoute"
WIDTH_AJOUT = 52
WIDTH_EFFET = 230


def draw(codes: tuple[str, ...]) -> None:
    """Draw the proposals, then the table of the neighbours."""
    for rank, proposition in enumerate(
        (et_si.prochaine_taille(codes, donnees()), et_si.en_un_morceau(codes, donnees()))
    ):
        if proposition:
            draw_proposition(proposition, rank)
    tri = st.segmented_control(
        "Trier les communes voisines par",
        list(TRIS),
        format_func=lambda tri: TRIS[tri],
        default="population",
        required=True,
        key="tri_voisines",
    )
    essais = et_si.voisines(codes, donnees(), tri or "population")
    if essais:
        draw_table(essais)
    else:
        st.caption("Aucune commune voisine.")


def draw_proposition(proposition: et_si.PropositionAjout, rank: int) -> None:
    """Draw a proposal, and the button that carries it out."""
    st.markdown(litteral(proposition.message))
    if proposition.codes:
        count = len(proposition.codes)
        st.button(
            "Ajouter cette commune" if count == 1 else f"Ajouter ces {count} communes",
            key=f"proposition_{rank}",
            icon=":material/add:",
            on_click=etat.add_communes,
            args=proposition.codes,
            disabled=etat.verrouille(),
        )


def draw_table(essais: Sequence[et_si.Essai]) -> None:
    """Draw one row by neighbour, with its button unless the project is locked."""
    item = et_si.indicateur(donnees())
    table = pd.DataFrame([row(essai) for essai in essais])
    formats: dict[Any, str | Callable[[Any], str] | None] = {
        "Habitants": signe,
        "Population": entier,
        "Méd. gén.": lambda value: signe(value, item.decimales),
        "Densité": lambda value: decimal(value, item.decimales),
    }
    unit = f"{item.libelle} {item.unite}"
    columns: dict[str, Any] = {
        "Ajouter": st.column_config.ButtonColumn(
            "",
            width=WIDTH_AJOUT,
            help="Ajouter la commune au territoire",
            type="secondary",
            key=AJOUT,
            on_click=add_row,
            args=(tuple(essai.code for essai in essais),),
        ),
        "Habitants": st.column_config.NumberColumn(help="Habitants de la commune"),
        "Taille": st.column_config.TextColumn(help="Taille de la CPTS avec la commune"),
        "Méd. gén.": st.column_config.NumberColumn(help=f"{unit}\u00a0: ce que la commune y change"),
        "Effet": st.column_config.TextColumn(width=WIDTH_EFFET),
        "Densité": st.column_config.NumberColumn(help=f"{unit}, avec la commune"),
        "Population": st.column_config.NumberColumn(help="Population du territoire avec la commune"),
        "Même EPCI": st.column_config.TextColumn(help="L’EPCI où vivent le plus d’habitants du territoire"),
    }
    if etat.verrouille():
        table = table.drop(columns="Ajouter")
        del columns["Ajouter"]
    st.dataframe(
        table.style.format(formats), column_config=columns, hide_index=True, row_height=32, key="essais"
    )


def row(essai: et_si.Essai) -> dict[str, object]:
    """Write a neighbour as a row of the table."""
    return {
        "Ajouter": "+",
        "Commune": essai.nom,
        "Habitants": essai.ajout,
        "Taille": f"→ {essai.classement.numero}" if essai.change_taille else str(essai.classement.numero),
        "Méd. gén.": essai.ecart,
        "Effet": essai.effet,
        "Densité": essai.densite,
        "Population": essai.population,
        "Même EPCI": "oui" if essai.meme_epci else "",
    }


def add_row(codes: tuple[str, ...]) -> None:
    """Add the commune whose button has just been clicked, among those of the table."""
    etat.add_communes(codes[st.session_state[AJOUT].row])
