"""Local figures: what people know of the territory, typed or imported, with source and date."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import get_args

import pandas as pd
import streamlit as st

from cpts_geo.documents.tables.csv_ecriture import write
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.interface.html import html_locales
from cpts_geo.projet.donnees_locales import Nature, limites
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie import chiffres_locaux
from cpts_geo.saisie.chiffres.table import (
    ColonneChoisie,
    Commun,
    DonneesInvalidesError,
    Fusions,
    Prise,
    TableDeChiffres,
)
from cpts_geo.saisie.chiffres_locaux import Importation
from cpts_geo.saisie.noms import IndexNoms, index_noms
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables.plan import FeuilleLue
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import capitale, litteral, shorten
from pages.blocs import tableau_apporte

SHOWN = 40
NATURES_COURTES: dict[Nature, str] = {"effectif": "S’additionne", "taux": "Taux ou moyenne"}
FUSIONS: dict[Fusions, str] = {
    "inconnu": "Les laisser inconnus",
    "actuelle": "Prendre celui de la commune qui a gardé le code",
}
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
    """Draw the import of a table, by file: how it is read, what to take of it, then taking it."""
    st.caption(
        "Un tableau Excel, LibreOffice ou CSV\u00a0: une ligne par commune, une colonne par chiffre. Une "
        "case vide ou masquée reste inconnue\u00a0: ce n’est pas zéro."
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
    given = tableau_apporte.upload("locales_fichier")
    if told := st.session_state.pop("locales_importees", ""):
        st.success(litteral(told))
    if given is None:
        return
    try:
        contenu, nom = given
        feuilles = tableau_apporte.read_file(contenu, nom)
        (sheet,) = tableau_apporte.choose_sheets(feuilles, "locales", toutes=False)
        lue = tableau_apporte.draw_reading(sheet, "locales", roles=tableau_apporte.DE_CHIFFRES)
        draw_table(matched(lue, fingerprint(contenu, lue)), nom, codes)
    except SaisieRefuseeError as error:
        st.error(f"Rien n’a été importé. {litteral(str(error))}")


@st.cache_data(show_spinner="Recherche des communes…", max_entries=4)
def matched(_lue: FeuilleLue, empreinte: str) -> TableDeChiffres:  # noqa: ARG001 - tells what is cached
    """Read the figures of a sheet, once for a fingerprint (`empreinte`)."""
    return chiffres_locaux.read_table(_lue, index())


def fingerprint(contenu: bytes, lue: FeuilleLue) -> str:
    """Tell a sheet and its way to be read from any other, without going through its rows."""
    read_as = f"{lue.feuille.fichier}\n{lue.feuille.nom}\n{lue.plan}\n{sorted(lue.prises)}".encode()
    return sha256(contenu).hexdigest() + sha256(read_as).hexdigest()


def draw_table(table: TableDeChiffres, nom: str, codes: tuple[str, ...]) -> None:
    """Draw what can be taken of a table, and the button that takes it."""
    key = f"locales_{nom}_{len(table.lignes)}"
    source = st.text_input("Source", placeholder="CPAM de …", key="locales_source")
    date = st.text_input(
        "Date, si l’en-tête ne la donne pas", placeholder="31/12/2025, ou 2025", key="locales_date"
    )
    annee = ""
    if len(table.annees) > 1:
        annee = st.selectbox("Année", table.annees, key=f"{key}_annee")
    gardees = choose_rows(table, key)
    columns = choose_columns(chiffres_locaux.propose(table, source, date or annee), key)
    columns = choose_thousands(columns, key)
    if table.ecartees:
        st.caption(
            "Colonnes non utilisées\u00a0: "
            f"{', '.join(litteral(shorten(each, SHOWN)) for each in table.ecartees)}."
        )
    fusions = choose_fusions(table, columns, key)
    if columns:
        preview(table, columns)
    unsettled = [each for each in columns if each.a_confirmer]
    if unsettled:
        st.warning("\n\n".join(f"Dites ce que vaut {litteral(asked_of(each))}." for each in unsettled))
        return
    prise = Prise(columns, annee, codes or None, fusions, gardees)
    try:
        found = chiffres_locaux.import_chiffres(table, prise)
    except DonneesInvalidesError as error:
        st.warning("\n\n".join(map(litteral, error.messages)))
        return
    st.markdown(f"**{litteral(summary(found))}**")
    tableau_apporte.left_out_button(
        [(each.numero, each.texte, each.raison) for each in found.laissees], "locales_laissees"
    )
    nothing = not any(each.communes for each in found.donnees)
    if st.button("Importer", disabled=etat.verrouille() or nothing, type="primary"):
        etat.complete(*found.donnees)
        st.session_state["locales_importees"] = f"Importé\u00a0: {summary(found)}"
        st.rerun()


def choose_columns(proposed: tuple[ColonneChoisie, ...], key: str) -> tuple[ColonneChoisie, ...]:
    """Draw the columns of figures, to take or leave, and what each is."""
    rows = pd.DataFrame(
        {
            "Prendre": True,
            "Chiffre": [each.libelle for each in proposed],
            "Nature": [NATURES_COURTES[each.commun.nature] for each in proposed],
            "Unité": [each.commun.unite for each in proposed],
        }
    )
    edited = st.data_editor(
        rows,
        hide_index=True,
        column_config={
            "Nature": st.column_config.SelectboxColumn(options=list(NATURES_COURTES.values()), required=True)
        },
        key=f"{key}_colonnes_{len(proposed)}",
    )
    codes = {short: code for code, short in NATURES_COURTES.items()}
    chosen = zip(proposed, edited.itertuples(index=False), strict=True)
    return tuple(
        replace(
            each,
            libelle=str(row.Chiffre or each.libelle),
            commun=replace(each.commun, nature=codes[str(row.Nature)], unite=str(row.Unité or "")),
        )
        for each, row in chosen
        if row.Prendre
    )


def choose_rows(table: TableDeChiffres, key: str) -> dict[int, str]:
    """Draw which rows to take of those that a column tells apart, as one by sex."""
    chosen = {
        each.rang: st.selectbox(
            f"Lignes à prendre, d’après la colonne «\u00a0{litteral(shorten(each.nom, SHOWN))}\u00a0»",
            each.valeurs,
            index=None,
            placeholder="Choisir\u00a0: chaque commune en a plusieurs",
            key=f"{key}_lignes_{each.rang}",
        )
        for each in table.distinctions
    }
    return {rank: value for rank, value in chosen.items() if value}


def choose_thousands(columns: tuple[ColonneChoisie, ...], key: str) -> tuple[ColonneChoisie, ...]:
    """Draw what a figure as "1.254" is worth in each column of them; nothing is chosen when nothing tells."""
    return tuple(settled(each, f"{key}_milliers_{each.rang}") if each.exemple else each for each in columns)


def settled(column: ColonneChoisie, key: str) -> ColonneChoisie:
    """Draw what a figure of a column is worth, and give the column as it is then read."""
    choices = list(column.lectures)
    chosen = st.radio(
        f"Que vaut {litteral(asked_of(column))}\u00a0?",
        choices,
        index=None if column.a_confirmer else choices.index(column.milliers),
        format_func=column.lectures.__getitem__,
        horizontal=True,
        key=key,
    )
    return column if chosen is None else replace(column, milliers=chosen, a_confirmer=False)


def asked_of(column: ColonneChoisie) -> str:
    """Name a figure that could be read in two ways, and its column."""
    return f"«\u00a0{column.exemple}\u00a0» dans «\u00a0{shorten(column.libelle, SHOWN)}\u00a0»"


def preview(table: TableDeChiffres, columns: tuple[ColonneChoisie, ...]) -> None:
    """Draw the first figures of each column to take, as they are read."""
    rows = {
        "Chiffre": [each.libelle for each in columns],
        "Premières valeurs lues": [chiffres_locaux.first_values(table, each) for each in columns],
    }
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def choose_fusions(table: TableDeChiffres, columns: Sequence[ColonneChoisie], key: str) -> Fusions:
    """Draw what becomes of the rates of former communes, when there are some."""
    former = any(each.ancienne for each in table.lignes)
    if not former or all(each.commun.nature == "effectif" for each in columns):
        return "inconnu"
    fusions: Fusions = st.radio(
        "Taux des communes aujourd’hui fusionnées",
        list(get_args(Fusions)),
        format_func=FUSIONS.__getitem__,
        key=f"{key}_fusions",
    )
    return fusions


def summary(found: Importation) -> str:
    """What is taken, and what is not."""
    communes = {code for donnee in found.donnees for code in donnee.communes}
    taken = f"{pluriel(len(found.donnees), 'chiffre')} pour {pluriel(len(communes), 'commune')}"
    return f"{taken}. {capitale(found.message)}".strip()


def index() -> IndexNoms:
    """Give the names of communes."""
    return index_noms(donnees().referentiel)


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
