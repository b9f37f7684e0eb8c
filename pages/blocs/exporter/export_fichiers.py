"""The files of the export page: made on demand, with their progress, then ready to be saved."""

import streamlit as st

from cpts_geo.documents import formats, paquet
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.paquet import Paquet
from cpts_geo.socle import textes
from pages.blocs.exporter.export_choix import Choix

FAITS = "export_faits"


def draw(dossier: Dossier, choix: Choix) -> None:
    """Draw the button that makes the files, then the files."""
    asked = (dossier.projet, dossier.jour, dossier.adresse, choix)
    if st.button(
        "Préparer les fichiers",
        type="primary",
        icon=":material/description:",
        disabled=not choix.formats,
        width="stretch",
    ):
        st.session_state[FAITS] = (asked, make(dossier, choix))
    if not choix.formats:
        st.caption("Choisissez au moins un format.")
    made = st.session_state.get(FAITS)
    if made is None:
        return
    if made[0] != asked:
        st.caption("Le territoire ou les choix ont changé\u00a0: préparez les fichiers à nouveau.")
        return
    draw_files(dossier, made[1])


def make(dossier: Dossier, choix: Choix) -> Paquet:
    """Make the files, saying how far it is."""
    bar = st.progress(0.0, "Préparation des fichiers…")
    made = paquet.export(
        dossier,
        choix.formats,
        choix.docx,
        choix.pdf,
        lambda part, what: bar.progress(min(part, 1.0), f"{textes.litteral(what)}…"),
    )
    bar.empty()
    return made


def draw_files(dossier: Dossier, made: Paquet) -> None:
    """Draw one button for each file, and one for all."""
    for failure in made.echecs:
        st.error(textes.litteral(failure), icon=":material/error:")
    for message in made.messages:
        st.warning(textes.litteral(message), icon=":material/info:")
    for name, content in made.fichiers.items():
        button(name, content)
    if len(made.fichiers) > 1:
        name = textes.nom_fichier("diagnostic", dossier.territoire.nom, dossier.jour, "zip")
        project = paquet.attempt("Fichier du projet", lambda: formats.fichier_du_projet(dossier))
        before = "Tout, avec le projet\u00a0: " if project else "Tout, sans le projet\u00a0: "
        button(name, paquet.archive(made.fichiers | dict([project] if project else [])), before)


def button(name: str, content: bytes, before: str = "") -> None:
    """Draw the button that saves a file."""
    st.download_button(
        f"{before}{textes.litteral(name)}",
        data=content,
        file_name=name,
        mime=formats.mime_of(name),
        on_click="ignore",
        icon=":material/download:",
        key=f"export_{name}",
        width="stretch",
    )
