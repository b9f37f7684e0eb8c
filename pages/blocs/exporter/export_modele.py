"""People's own Word template: filled with the figures, what it does not know being said."""

import streamlit as st

from cpts_geo.dessin import carte_imprimee
from cpts_geo.documents import docx_modele
from cpts_geo.documents.docx_modele import ModeleInvalideError
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.modele_word.passage import Remplissage
from cpts_geo.documents.modele_word.regles import regles
from cpts_geo.socle import textes
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral
from pages.blocs.exporter.export_fichiers import button


def draw(dossier: Dossier) -> None:
    """Draw the dialog between a template and what fills it."""
    with st.expander("Remplir votre propre modèle Word", icon=":material/edit_document:"):
        st.caption(
            "Écrivez dans votre document des champs comme {{ nom }}, {{ population }} ou "
            "{{ densite_infirmiers }}\u00a0: ils sont remplacés par les chiffres. "
            "Un champ que nous ne connaissons pas est signalé, et reste tel quel."
        )
        fields_table(dossier)
        given = st.file_uploader(f"Votre modèle (.docx, {regles().limites.poids})", key="export_modele")
        if given is None:
            return
        try:
            with st.spinner("Remplissage de votre modèle…"):
                filled = fill(given.getvalue(), dossier)
        except ModeleInvalideError as error:
            st.error(litteral(str(error)), icon=":material/error:")
            return
        draw_filled(filled, dossier)


def fields_table(dossier: Dossier) -> None:
    """Draw every field that can be written, with its value for this territory."""
    with st.popover("Voir les champs et leurs valeurs", icon=":material/list:"):
        fields = docx_modele.champs(dossier).items()
        st.dataframe(
            [
                {"Champ": f"{{{{ {name} }}}}", "Valeur": text}
                for name, text in fields
                if isinstance(text, str)
            ],
            hide_index=True,
            width="stretch",
        )


def fill(modele: bytes, dossier: Dossier) -> Remplissage:
    """Fill the template, with the map of the territory."""
    carte = None if dossier.carte is None else carte_imprimee.png(dossier.carte)
    return docx_modele.fill_template(modele, dossier, carte)


def draw_filled(filled: Remplissage, dossier: Dossier) -> None:
    """Draw what has been filled, and the file."""
    st.success(f"{pluriel(len(filled.remplis), 'champ rempli', 'champs remplis')}.", icon=":material/check:")
    if filled.inconnus:
        names = ", ".join(litteral(name) for name in filled.inconnus)
        st.warning(
            f"Champs inconnus, laissés tels quels dans le document\u00a0: {names}.", icon=":material/info:"
        )
    button(textes.nom_fichier("modele-rempli", dossier.territoire.nom, dossier.jour, "docx"), filled.contenu)
