"""The choices of the export page: formats, templates, sections, pictures, logo."""

from dataclasses import dataclass

import streamlit as st

from cpts_geo.documents.diagnostic import Options, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.formats import FORMATS
from cpts_geo.documents.logo import LogoInvalideError, logo
from cpts_geo.socle.textes import litteral

WORD, PDF = "projet_sante", "rapport"


@dataclass(frozen=True, slots=True)
class Choix:
    """What is asked for: formats by code, and the options of the Word document and of the PDF."""

    formats: tuple[str, ...]
    docx: Options
    pdf: Options


def draw(dossier: Dossier) -> Choix:
    """Draw the choices, and give them."""
    st.markdown("##### Que voulez-vous emporter\u00a0?")
    formats = formats_box()
    word = modele_box("Modèle du document Word", "modele_word", WORD)
    pdf = modele_box("Modèle du PDF", "modele_pdf", PDF)
    with st.expander("Sections, cartes, logo", icon=":material/tune:"):
        sans = sections_box(word, pdf)
        cartes = st.toggle("Avec les cartes", value=True, key="export_cartes", persist_state="session")
        charts = st.toggle(
            "Avec les graphiques", value=True, key="export_graphiques", persist_state="session"
        )
        picture = logo_box()
    several = sum(bool(each.territoire.codes) for each in dossier.projet.scenarios) > 1
    if several and "scenarios" not in sans:
        st.caption("La comparaison des scénarios du projet est jointe en annexe.")
    return Choix(
        formats,
        Options(word, sans, cartes, charts, picture),
        Options(pdf, sans, cartes, charts, picture),
    )


def formats_box() -> tuple[str, ...]:
    """Draw the choice of formats, and give their codes."""
    offered = {code: each.nom for code, each in FORMATS.items() if each.write is not None}
    chosen = st.pills(
        "Formats",
        list(offered),
        format_func=lambda code: offered.get(code, ""),
        selection_mode="multi",
        default=[code for code, each in FORMATS.items() if each.propose],
        key="export_formats",
        label_visibility="collapsed",
        persist_state="session",
    )
    return tuple(code for code in offered if code in chosen)


def modele_box(label: str, key: str, default: str) -> str:
    """Draw the choice of a template, and give its code."""
    offered = modeles()
    chosen = st.selectbox(
        label,
        list(offered),
        format_func=lambda code: offered[code].nom if code in offered else "",
        index=list(offered).index(default),
        key=key,
        help="  \n".join(f"{each.nom}\u00a0: {each.explication}" for each in offered.values()),
        persist_state="session",
    )
    return str(chosen)


def sections_box(*codes: str) -> frozenset[str]:
    """Draw the choice of sections, and give the codes of those left out."""
    named = {
        section.code: section.titre
        for code in reversed(codes)
        for section in modeles()[code].sections
        if section.blocs
    }
    left_out = st.multiselect(
        "Sections à laisser de côté",
        list(named),
        format_func=lambda code: named.get(code, ""),
        key="export_sans",
        placeholder="Aucune\u00a0: tout est dans le document",
    )
    return frozenset(left_out)


def logo_box() -> bytes:
    """Draw the choice of a logo, and give it as a PNG; empty without one."""
    given = st.file_uploader("Logo de la CPTS (PNG ou JPEG, 5\u00a0Mo au plus)", key="export_logo")
    if given is None:
        return b""
    try:
        return logo(given.getvalue())
    except LogoInvalideError as error:
        st.error(litteral(str(error)), icon=":material/error:")
        return b""
