"""The preview of the document: its pages as pictures."""

import streamlit as st

from cpts_geo.documents import diagnostic, paquet, pdf_diagnostic
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.dossier import Dossier
from cpts_geo.socle.textes import litteral
from pages.blocs.exporter.export_choix import Choix

VU = "export_vu"
PPI = 90
PDF, WORD = "PDF", "Document Word"


def draw(dossier: Dossier, choix: Choix) -> None:
    """Draw the preview of one of the two documents, page by page."""
    chosen = st.segmented_control(
        "Aperçu",
        [PDF, WORD],
        default=PDF,
        required=True,
        key="export_apercu_de",
        persist_state="session",
    )
    options = choix.pdf if chosen == PDF else choix.docx
    asked = (dossier.projet, dossier.jour, dossier.adresse, options)
    seen = st.session_state.get(VU)
    if seen is None or seen[0] != asked:
        pages = paquet.attempt(f"Aperçu\u00a0: {chosen}", lambda: make(dossier, options))
        seen = st.session_state[VU] = (asked, pages)
    if seen[1] is None:
        st.error(
            "L’aperçu n’a pas pu être fait\u00a0; les fichiers peuvent être préparés tout de même. "
            "Le détail est dans le journal de l’application.",
            icon=":material/error:",
        )
        return
    draw_pages(seen[1], dossier.territoire.nom)
    if chosen == WORD:
        st.caption("Le contenu du document Word, que Word ou LibreOffice mettra en page à sa façon.")


def make(dossier: Dossier, options: Options) -> list[bytes]:
    """Make the pages, saying how far it is."""
    bar = st.progress(0.0, "Préparation de l’aperçu…")
    try:
        document = diagnostic.compose(
            dossier, options, lambda part, what: bar.progress(0.8 * part, f"{litteral(what)}…")
        )
        bar.progress(0.85, "Mise en page…")
        return pdf_diagnostic.apercu(document, PPI)
    finally:
        bar.empty()


def draw_pages(pages: list[bytes], nom: str) -> None:
    """Draw one page, and the choice of the page."""
    count = len(pages)
    kept = min(int(st.session_state.get("export_page", 1)), count)
    st.session_state.export_page = kept
    shown = st.number_input(f"Page (sur {count})", 1, count, key="export_page", step=1)
    with st.container(border=True, key="apercu"):
        st.image(pages[int(shown) - 1], width="stretch", caption=f"{litteral(nom)}, page {shown} sur {count}")
