"""Local figures: what people know of the territory, typed or imported, with source and date."""

from typing import get_args

import streamlit as st

from cpts_geo.documents.tables.csv_ecriture import write
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_locales
from cpts_geo.projet.donnees_locales import Nature, limites
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie import chiffres_locaux, colonnes, tableur
from cpts_geo.saisie.chiffres_locaux import Commun, DonneesInvalidesError
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.socle.textes import litteral

NATURES = {
    "effectif": "Un nombre, qui s’additionne d’une commune à l’autre",
    "taux": "Un taux ou une moyenne, qui ne s’additionne pas",
}


def draw(territoire: Territoire) -> None:
    """Draw the local figures of the project, and the ways to bring more."""
    st.caption(
        "Ce que seuls la CPAM, l’ARS ou les professionnels savent. Ces chiffres sont les vôtres\u00a0: ils "
        "sont marqués comme tels dans le rapport, sur la carte, dans les fichiers, et gardés dans le projet."
    )
    if etat.projet().locales:
        st.html(html_locales.tableau(etat.projet(), donnees().referentiel))
        forget_box()
    typed, imported = st.columns(2)
    with typed, st.container(border=True):
        st.markdown("##### Un chiffre pour tout le territoire")
        form()
    with imported, st.container(border=True, key="locales_tableau"):
        st.markdown("##### Un chiffre par commune")
        table(territoire)


def forget_box() -> None:
    """Draw the choice of a figure to take off."""
    names = [donnee.libelle for donnee in etat.projet().locales]
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        chosen = st.selectbox("Supprimer une donnée locale", names, index=None, placeholder="Choisir")
    with right:
        st.button(
            "Supprimer",
            on_click=etat.forget,
            args=(chosen,),
            disabled=chosen is None or etat.verrouille(),
            width="stretch",
        )


def form() -> None:
    """Draw the form of one figure, kept when it is complete."""
    with st.form("locale", border=False):
        libelle = name_box("locale")
        valeur = st.text_input("Valeur", placeholder="1 234,5", key="locale_valeur")
        commun = common_boxes("locale", libelle)
        if st.form_submit_button("Ajouter", disabled=etat.verrouille(), type="primary"):
            keep(libelle, valeur, commun)


def keep(libelle: str, valeur: str, commun: Commun) -> None:
    """Keep one figure of the whole territory, or say what is wrong with it."""
    try:
        read = chiffres_locaux.chiffre(libelle, valeur, commun, etat.projet().actif)
    except DonneesInvalidesError as error:
        st.error("\n\n".join(map(litteral, error.messages)))
    else:
        etat.complete(read)
        st.rerun()


def table(territoire: Territoire) -> None:
    """Draw the import of a table, by file."""
    st.caption(
        "Un tableau CSV ou Excel\u00a0: une ligne par commune, une colonne par chiffre, leurs noms en "
        "première ligne. Une case vide reste inconnue\u00a0: ce n’est pas zéro."
    )
    codes = territoire.codes
    st.download_button(
        "Tableau à remplir (CSV)",
        data=lambda: blank_table(codes),
        file_name="donnees-locales-a-remplir.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    given = st.file_uploader("Fichier CSV ou Excel (.xlsx), 5\u00a0Mo au plus", key="locales_fichier")
    commun = common_boxes("locales", "")
    # Above the button, where the eye is.
    with st.container():
        asked = st.session_state.pop("locales_importer", False)
        if asked and given:
            import_file(given.getvalue(), given.name, commun)
        if left_aside := st.session_state.pop("locales_ignorees", ""):
            st.info(litteral(left_aside))
    st.button(
        "Importer",
        on_click=lambda: st.session_state.update(locales_importer=True),
        disabled=given is None or etat.verrouille(),
        type="primary",
    )


def import_file(content: bytes, name: str, commun: Commun) -> None:
    """Take a whole file, or say line by line what is wrong with it."""
    index = index_noms(donnees().referentiel)
    try:
        sheets = tableur.read(content, name)
        rows = sheets[colonnes.meilleure_feuille(sheets, Lecteur(index))].rangees
        found = chiffres_locaux.import_chiffres(rows, index, commun)
    except DonneesInvalidesError as error:
        st.error("Rien n’a été importé.\n\n" + "\n\n".join(map(litteral, error.messages)))
    except SaisieRefuseeError as error:
        st.error(f"Rien n’a été importé. {litteral(str(error))}")
    else:
        etat.complete(*found.donnees)
        st.session_state["locales_ignorees"] = found.message
        st.rerun()


def blank_table(codes: tuple[str, ...]) -> bytes:
    """Write the table to fill for these communes."""
    rows = [(code, donnees().referentiel[code].nom, None) for code in codes]
    return write([("Code INSEE", "Commune", limites().propositions[0].libelle), *rows])


def name_box(key: str) -> str:
    """Draw the name of a figure: one that is often asked for, or any other."""
    names = [proposition.libelle for proposition in limites().propositions]
    chosen = st.selectbox(
        "Donnée",
        names,
        index=None,
        accept_new_options=True,
        placeholder="Choisir, ou taper un autre nom",
        key=f"{key}_nom",
    )
    return str(chosen or "")


def common_boxes(key: str, libelle: str) -> Commun:
    """Draw what goes with every figure."""
    known = {proposition.libelle: proposition for proposition in limites().propositions}.get(libelle)
    natures = list(get_args(Nature))
    nature = st.radio("Nature", natures, format_func=lambda each: NATURES[each], key=f"{key}_nature")
    unite = st.text_input("Unité", placeholder="patients, %, …", key=f"{key}_unite")
    source = st.text_input("Source", placeholder="CPAM de …", key=f"{key}_source")
    date = st.text_input("Date", placeholder="31/12/2025, ou 2025", key=f"{key}_date")
    return Commun(known.nature if known else nature, unite or (known.unite if known else ""), source, date)
