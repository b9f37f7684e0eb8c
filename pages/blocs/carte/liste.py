"""The dialog that adds a list of communes, pasted or read from a file."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import etat
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie import liste
from cpts_geo.saisie.decoupage import LigneCollee, lignes_du_texte
from cpts_geo.saisie.liste import Rapprochement, Statut
from cpts_geo.saisie.noms import IndexNoms, index_noms
from cpts_geo.saisie.perimetres.lecture import is_perimetre
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.territoires import Part, Territoires
from cpts_geo.saisie.tables.texte_colle import feuille_collee
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import litteral, shorten
from pages.blocs import tableau_apporte, tableau_colonnes
from pages.blocs.carte import perimetre

MOST_TO_SETTLE = 100
MOST_WITHOUT_SCROLL, SCROLL_HEIGHT = 5, 280
SHOWN_TEXT = 60
IGNORER = "ignorer"
TOUS = "Tous, un scénario par territoire"
LAISSEES = {Statut.AMBIGUE, Statut.INCONNUE, Statut.ECARTEE}
EXEMPLE = "Royan\nSaint-Georges-de-Didonne (17)\n17421\n17200 Royan"


@st.dialog("Ajouter une liste de communes", width="large")
def dialogue() -> None:
    """Draw the dialog: paste or choose a file, settle what is doubtful, and add."""
    coller, fichier = st.tabs(["Coller", "Fichier"])
    with coller:
        pasted()
    with fichier:
        uploaded()


def pasted() -> None:
    """Draw the box where a list is pasted, and what is recognised in it."""
    texte = st.text_area(
        "Noms, codes Insee ou codes postaux, un par ligne, ou colonnes copiées d’un tableur",
        placeholder=EXEMPLE,
        height=140,
        key="liste_texte",
    )
    # Leaving the box is enough; the button says so to those who look for one.
    st.button("Reconnaître les communes", icon=":material/search:", key="liste_lire")
    if not texte.strip():
        return
    try:
        feuille = feuille_collee(texte)
        if feuille is None:
            draw_parts(territoires.of_lines(lignes_du_texte(texte)), "coller")
        else:
            draw_sheets([feuille], "coller")
    except SaisieRefuseeError as error:
        st.error(litteral(str(error)), icon=":material/error:")


def uploaded() -> None:
    """Draw the choice of a file, and what is recognised in it."""
    given = st.file_uploader(
        "Tableau (Excel, LibreOffice, CSV) ou périmètre (GeoJSON, GeoPackage, KML, shapefile), zippé ou non, "
        "20\u00a0Mo au plus",
        key="liste_fichier",
    )
    if given is None:
        return
    try:
        if is_perimetre(given.getvalue()):
            draw_perimetres(perimetre.draw(given.getvalue(), given.name))
            return
        feuilles = tableau_apporte.read_file(given.getvalue(), given.name)
        draw_sheets(tableau_apporte.choose_sheets(feuilles, "liste", toutes=True), "fichier")
    except SaisieRefuseeError as error:
        st.error(litteral(str(error)), icon=":material/error:")


# ---- What is long is done once -------------------------------------------------------------------------


@st.cache_data(show_spinner="Recherche des communes…", max_entries=16)
def match(lignes: tuple[LigneCollee, ...], proches: tuple[str, ...]) -> tuple[Rapprochement, ...]:
    """Match lines to communes."""
    return liste.bring_together(lignes, index(), proches)


def index() -> IndexNoms:
    """Give the names of communes."""
    return index_noms(donnees().referentiel)


# ---- Tables --------------------------------------------------------------------------------------------


def draw_sheets(feuilles: Sequence[Feuille], prefixe: str) -> None:
    """Draw how sheets are read, then what is recognised in them."""
    lues = [
        tableau_apporte.draw_reading(feuille, f"{prefixe}_{rank}", roles=tableau_apporte.DE_LISTE)
        for rank, feuille in enumerate(feuilles)
    ]
    draw_parts(territoires.read(lues, tableau_colonnes.lecteur()), prefixe)


def draw_parts(found: Territoires, prefixe: str) -> None:
    """Draw what is recognised, in the territory that the person chooses when there are several."""
    if len(found.parts) <= 1:
        (part,) = found.parts or (Part("", ()),)
        draw_matches((*part.lignes, *found.autres), prefixe)
        return
    every = len(found.parts)
    chosen = st.selectbox(
        f"{pluriel(every, 'territoire')} dans ce tableau",
        [every, *range(every)],
        format_func=lambda rank: TOUS if rank == every else found.parts[rank].nom,
        key=f"liste_territoire_{prefixe}_{every}",
    )
    if chosen == every:
        draw_all(found, prefixe)
    else:
        draw_matches((*found.parts[chosen].lignes, *found.autres), prefixe)


def draw_all(found: Territoires, prefixe: str) -> None:
    """Draw what is recognised in every territory, and the button that makes a scenario of each."""
    matched = {part.nom: match(part.lignes, ()) for part in found.parts}
    everything = [each for lines in matched.values() for each in lines]
    choix = settle(everything, prefixe)
    drawn, told, start = [], [], 0
    for nom, lines in matched.items():
        own = {rank - start: code for rank, code in choix.items() if 0 <= rank - start < len(lines)}
        codes = liste.retenues(
            lines, {rank: code for rank, code in own.items() if code != IGNORER}, donnees().referentiel
        )
        told.append(f"- **{litteral(nom)}**\u00a0: {liste.bilan(lines)}")
        drawn += [Territoire(nom, codes)] if codes else []
        start += len(lines)
    st.markdown("\n".join(told))
    create(drawn, prefixe)
    draw_rest([*everything, *match(found.autres, ())], prefixe)


def create(drawn: Sequence[Territoire], prefixe: str) -> None:
    """Draw the button that makes a scenario of each of these territories."""
    if st.button(
        f"Créer {pluriel(len(drawn), 'scénario')}",
        type="primary",
        disabled=etat.verrouille() or not drawn,
        key=f"liste_scenarios_{prefixe}",
    ):
        etat.add_territoires(drawn)
        st.rerun()


def draw_perimetres(drawn: Sequence[Territoire]) -> None:
    """Draw the buttons that take the communes of perimeters."""
    if len(drawn) > 1:
        create(drawn, "perimetre")
        return
    retained = [code for each in drawn for code in each.codes]
    take(retained, [code for code in retained if code not in etat.territoire()], 0, "perimetre")


# ---- What is recognised --------------------------------------------------------------------------------


def draw_matches(lignes: tuple[LigneCollee, ...], prefixe: str) -> None:
    """Draw what the lines mean, the choices left to the person, and the buttons that take the communes."""
    found = match(lignes, etat.territoire().codes)
    st.markdown(f"**{liste.bilan(found)}**")
    choix = settle(found, prefixe)
    retained = liste.retenues(
        found, {rank: code for rank, code in choix.items() if code != IGNORER}, donnees().referentiel
    )
    added = [code for code in retained if code not in etat.territoire()]
    if len(added) < len(retained):
        already = pluriel(len(retained) - len(added), "commune est déjà", "communes sont déjà")
        st.caption(f"{already} dans le territoire.")
    left = sum(each.a_preciser for each in found) - len(choix)
    take(retained, added, left, prefixe)
    draw_rest(found, prefixe)


def settle(found: Sequence[Rapprochement], prefixe: str) -> dict[int, str]:
    """Draw a choice for each doubtful line, and give the choices made, by rank."""
    doubtful = [(rank, each) for rank, each in enumerate(found) if each.a_preciser]
    if not doubtful:
        return {}
    nearest_button(doubtful[:MOST_TO_SETTLE], prefixe)
    height: Literal["content"] | int = SCROLL_HEIGHT if len(doubtful) > MOST_WITHOUT_SCROLL else "content"
    with st.container(height=height, key=f"liste_a_preciser_{prefixe}"):
        choices = {rank: choose(each, key(prefixe, rank, each)) for rank, each in doubtful[:MOST_TO_SETTLE]}
    if len(doubtful) > MOST_TO_SETTLE:
        rest = pluriel(len(doubtful) - MOST_TO_SETTLE, "autre ligne reste", "autres lignes restent")
        st.caption(f"{rest} de côté\u00a0: corrigez la liste, ou ajoutez-la en plusieurs fois.")
    return {rank: choice for rank, choice in choices.items() if choice is not None}


def chosen_codes(found: Sequence[Rapprochement], choix: Mapping[int, str]) -> tuple[str, ...]:
    """Give the communes found, and those chosen but for the lines that the person ignores."""
    kept = {rank: code for rank, code in choix.items() if code != IGNORER}
    return liste.retenues(found, kept, donnees().referentiel)


def nearest_button(doubtful: Sequence[tuple[int, Rapprochement]], prefixe: str) -> None:
    """Draw the button that makes, for all homonyms not yet chosen, the choice proposed first.

    Once there is none left it stays, disabled, so that the choices below do not move.
    """
    nearest = {
        key(prefixe, rank, each): each.propositions[0].code
        for rank, each in doubtful
        if each.statut == Statut.AMBIGUE
    }
    if len(nearest) > 1:
        waiting = {name: code for name, code in nearest.items() if not st.session_state.get(name)}
        st.button(
            "Choisir la plus proche des autres pour chaque ligne ambiguë",
            icon=":material/near_me:",
            on_click=st.session_state.update,
            args=(waiting,),
            disabled=not waiting,
            key=f"liste_proches_{prefixe}",
        )


def key(prefixe: str, rank: int, line: Rapprochement) -> str:
    """Name the choice left by a line: another text at the same rank is another choice."""
    return f"liste_{prefixe}_{rank}_{line.texte}"


def choose(line: Rapprochement, key: str) -> str | None:
    """Draw the choice left by one line, and give it."""
    mentions = {candidat.code: candidat.mention for candidat in line.propositions}
    asked = litteral(shorten(line.texte, SHOWN_TEXT))
    said = f"Ligne {line.numero}\u00a0: **{asked}**, {litteral(line.mention)}"
    what, choice = st.columns(2, vertical_alignment="center")
    what.markdown(said)
    return choice.selectbox(
        said,
        [*mentions, IGNORER],
        index=None,
        format_func=partial(label, mentions=mentions),
        placeholder="Choisir…",
        key=key,
        label_visibility="collapsed",
    )


def label(code: str, mentions: dict[str, str]) -> str:
    """Name one of the communes to choose from."""
    if code == IGNORER:
        return "Ignorer cette ligne"
    return liste.libelle(code, index(), mentions.get(code, ""))


def draw_rest(found: Sequence[Rapprochement], prefixe: str) -> None:
    """Draw, folded, the communes recognised, and the lines that bring none, to be taken away too."""
    parts = {
        "Communes reconnues": [each for each in found if each.statut == Statut.TROUVEE],
        "Doublons": [each for each in found if each.statut == Statut.DOUBLON],
        "Lignes écartées": [each for each in found if each.statut == Statut.ECARTEE],
        "Lignes ignorées": [each for each in found if each.statut == Statut.IGNOREE],
    }
    for title, lines in parts.items():
        if lines:
            with st.expander(f"{title} ({len(lines)})"):
                st.dataframe(liste.apercu(lines, index()), hide_index=True)
    left = [each for each in found if each.statut in LAISSEES]
    tableau_apporte.left_out_button(
        [(each.numero, each.texte, each.mention) for each in left], f"liste_laissees_{prefixe}"
    )


def take(retained: Sequence[str], added: Sequence[str], left: int, prefixe: str) -> None:
    """Draw the two buttons, which close the dialog."""
    ajout, remplacement = st.columns(2)
    locked = etat.verrouille()
    if ajout.button(
        liste.libelle_ajout(len(added), left),
        type="primary",
        disabled=locked or not added,
        key=f"liste_ajouter_{prefixe}",
        width="stretch",
    ):
        etat.add_communes(*added)
        st.rerun()
    if remplacement.button(
        "Remplacer le territoire",
        disabled=locked or not retained,
        key=f"liste_remplacer_{prefixe}",
        width="stretch",
    ):
        etat.replace_communes(*retained)
        st.rerun()
    if locked:
        st.info(etat.VERROUILLE, icon=":material/lock:")
