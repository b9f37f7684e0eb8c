"""The territories that a command line names: codes, links, lists, tables of many territories, projects."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cpts_geo.communes.referentiel import CommuneInconnueError, Referentiel
from cpts_geo.projet import adresse, fichier
from cpts_geo.projet.lien import LienInvalideError
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.decoupage import LigneCollee, lignes_du_texte
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.fichiers.textes_apportes import decode
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together, retenues
from cpts_geo.saisie.noms import IndexNoms, index_noms
from cpts_geo.saisie.perimetres.communes_couvertes import Couverture, couvertures, en_partie_en_mots
from cpts_geo.saisie.perimetres.lecture import EXTENSIONS, is_perimetre
from cpts_geo.saisie.perimetres.rassemblement import read_perimetres
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.choix import Choix
from cpts_geo.saisie.tables.plan import FeuilleLue, read_plan
from cpts_geo.saisie.tables.territoires import Territoires
from cpts_geo.saisie.tables.vocabulaire import Role
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import shorten

NOM_PAR_DEFAUT = "Territoire"
# What is said in place of a column when a file describes one territory.
AUCUNE_COLONNE = "aucune"
_CODES = re.compile(r"(?:\d{5}|2[abAB]\d{3})(?:[\s,;]+(?:\d{5}|2[abAB]\d{3}))*[\s,;]*")
_SEPARATORS = re.compile(r"[\s,;]+")
_LINK = re.compile(r"\S+[?&](?:communes|projet)=\S+")
_PLAIN_TEXT = ".txt"
_LISTS = frozenset({_PLAIN_TEXT, ".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods", ".zip"}) | EXTENSIONS
_PROJECTS = frozenset({".json"})
_SHOWN, _MOST_SHOWN = 40, 5


class DemandeInvalideError(SaisieRefuseeError):
    """What was given names no territory; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Demande:
    """One territory asked for: its project, or why there is none.

    `lecture` says how its file was read; `laissees` are its lines that bring no commune though they are no
    heading, title or total; `en_partie` names the communes of which its outline covers less than is taken.
    """

    nom: str
    projet: Projet | None = None
    probleme: str = ""
    lecture: str = ""
    laissees: tuple[Rapprochement, ...] = ()
    en_partie: str = ""


@dataclass(frozen=True, slots=True)
class Consignes:
    """How files are to be read.

    `nom` replaces the name that is read; `ignorer` leaves out the lines that name no commune, instead of
    refusing the territory; `colonne` is the column that names the territories, or `AUCUNE_COLONNE`.
    """

    nom: str = ""
    ignorer: bool = False
    colonne: str = ""


def read(text: str, referentiel: Referentiel, consignes: Consignes = Consignes()) -> list[Demande]:
    """The territories of one argument of the command line.

    Args:
        text: codes, a link, the path of a file or of a folder.
        referentiel: the present communes.
        consignes: how files are to be read.

    Raises:
        DemandeInvalideError: nothing can be read in it.
    """
    if _CODES.fullmatch(text.strip()):
        return [_of_codes(text, referentiel, consignes.nom)]
    if _LINK.fullmatch(text.strip()):
        return [_of_link(text.strip(), referentiel, consignes.nom)]
    path = Path(text)
    if path.is_dir():
        return _of_folder(path, referentiel, consignes)
    if path.is_file():
        return _of_file(path, referentiel, consignes)
    shown = f"«\u00a0{shorten(text, _SHOWN)}\u00a0»"
    raise DemandeInvalideError(f"{shown} n’est ni un fichier, ni un dossier, ni des codes Insee, ni un lien.")


def _of_codes(text: str, referentiel: Referentiel, nom: str) -> Demande:
    codes = [code.upper() for code in _SEPARATORS.split(text.strip()) if code]
    named = nom or NOM_PAR_DEFAUT
    units = chain.from_iterable(_units(code, referentiel) for code in codes)
    try:
        return Demande(named, Projet.nouveau(Territoire(named, referentiel.validate(dict.fromkeys(units)))))
    except CommuneInconnueError as error:
        return Demande(named, probleme=str(error))


def _units(code: str, referentiel: Referentiel) -> tuple[str, ...]:
    """A city by its arrondissements; any other code as it is."""
    ville = referentiel.villes.get(code)
    return ville.arrondissements if ville else (code,)


def _of_link(text: str, referentiel: Referentiel, nom: str) -> Demande:
    given = {name: values[0] for name, values in parse_qs(urlsplit(text).query).items()}
    try:
        projet = adresse.read(adresse.own(given), referentiel).projet
    except LienInvalideError as error:
        return Demande(nom or shorten(text, _SHOWN), probleme=str(error))
    return _of_project(projet, nom)


def _of_project(projet: Projet, nom: str) -> Demande:
    renamed = projet.rename(projet.actif, nom) if nom else projet
    return Demande(renamed.territoire.nom, renamed)


# ---- Files ----------------------------------------------------------------------------------------------


def _of_folder(path: Path, referentiel: Referentiel, consignes: Consignes) -> list[Demande]:
    kept = sorted(each for each in path.iterdir() if _is_given(each))
    if not kept:
        raise DemandeInvalideError(f"Le dossier {path} n’a ni liste de communes ni projet.")
    unnamed = replace(consignes, nom="")
    return [demande for each in kept for demande in _of_file(each, referentiel, unnamed)]


def _is_given(path: Path) -> bool:
    """Whether a file of a folder is a list or a project: a spreadsheet leaves there what it has open."""
    return path.suffix.lower() in _LISTS | _PROJECTS and not path.name.startswith(("~$", ".~lock", "._"))


def _of_file(path: Path, referentiel: Referentiel, consignes: Consignes) -> list[Demande]:
    """The territories of a file; one that cannot be read is a territory with a problem."""
    try:
        content = path.read_bytes()
        if is_perimetre(content):
            return _of_perimetres(content, path, referentiel, consignes.nom)
        if path.suffix.lower() in _PROJECTS:
            return [_of_project(fichier.decode(content, referentiel).projet, consignes.nom)]
        links = content.decode("utf-8-sig", errors="ignore").split()
        if links and all(map(_LINK.fullmatch, links)):
            return [_of_link(line, referentiel, consignes.nom if len(links) == 1 else "") for line in links]
        return _of_table(content, path, referentiel, consignes)
    except (OSError, fichier.FichierProjetError, SaisieRefuseeError) as error:
        return [Demande(consignes.nom or path.stem, probleme=f"{path.name}\u00a0: {error}")]


def _of_perimetres(content: bytes, path: Path, referentiel: Referentiel, nom: str) -> list[Demande]:
    """A territory by perimeter; the name that is asked for is that of a perimeter alone."""
    found = couvertures(read_perimetres(content, path.name, referentiel), referentiel)
    named = nom if len(found) == 1 else ""
    return [_of_couverture(each, named or each.nom, referentiel) for each in found]


def _of_couverture(couverture: Couverture, nom: str, referentiel: Referentiel) -> Demande:
    en_partie = en_partie_en_mots(couverture, referentiel)
    if not couverture.codes:
        return Demande(nom, probleme="Aucune commune n’est couverte pour moitié.", en_partie=en_partie)
    return Demande(nom, Projet.nouveau(Territoire(nom, couverture.codes)), en_partie=en_partie)


def _of_table(content: bytes, path: Path, referentiel: Referentiel, consignes: Consignes) -> list[Demande]:
    index = index_noms(referentiel)
    found, lecture = _territoires(content, path, consignes, Lecteur(index))
    if found.douteuses and not consignes.colonne:
        raise DemandeInvalideError(_which_column(found.douteuses))
    named = consignes.nom if len(found.parts) == 1 else ""
    demandes = [
        _of_lines(part.lignes, named or part.nom or path.stem, index, ignorer=consignes.ignorer)
        for part in found.parts
    ]
    first, *rest = demandes or [Demande(named or path.stem, probleme="Aucune commune reconnue.")]
    others = _left_out(bring_together(found.autres, index))
    return [replace(first, lecture=lecture, laissees=(*first.laissees, *others)), *rest]


def _territoires(
    content: bytes, path: Path, consignes: Consignes, lecteur: Lecteur
) -> tuple[Territoires, str]:
    """The territories of a file, and how it was read."""
    opened = territoires.open_sheets(tableur.read(content, path.name), lecteur)
    if path.suffix.lower() == _PLAIN_TEXT and not any(
        each.plan and each.plan.entetes.rangs for each in opened
    ):
        return territoires.of_lines(lignes_du_texte(decode(content))), ""
    sheets = [_with_column(each, consignes, lecteur) for each in opened]
    lecture = "\u00a0; ".join(dict.fromkeys(each.plan.resume_complet() for each in sheets if each.plan))
    return territoires.read(sheets, lecteur), lecture


def _with_column(lue: FeuilleLue, consignes: Consignes, lecteur: Lecteur) -> FeuilleLue:
    """The sheet read by the column that the command names."""
    if lue.plan is None or not consignes.colonne:
        return lue
    if consignes.colonne == AUCUNE_COLONNE:
        return replace(lue, plan=replace(lue.plan, cpts=None, douteuses=()))
    rank = lue.plan.rank_of(consignes.colonne)
    if rank is None:
        names = ", ".join(f"«\u00a0{each.nom}\u00a0»" for each in lue.plan.colonnes)
        raise DemandeInvalideError(
            f"Aucune colonne ne s’appelle «\u00a0{consignes.colonne}\u00a0»\u00a0: {names}."
        )
    plan = read_plan(lue.feuille.rangees, lecteur, Choix(roles={rank: Role.CPTS}))
    return replace(lue, plan=plan)


def _which_column(names: Sequence[str]) -> str:
    shown = " ou ".join(f"«\u00a0{nom}\u00a0»" for nom in names)
    return (
        f"La colonne {shown} distingue-t-elle plusieurs territoires\u00a0? Dites laquelle les nomme par "
        f"--colonne-cpts, ou «\u00a0--colonne-cpts {AUCUNE_COLONNE}\u00a0» si le fichier n’en décrit qu’un."
    )


def _of_lines(rows: Sequence[LigneCollee], nom: str, index: IndexNoms, *, ignorer: bool) -> Demande:
    found = bring_together(rows, index)
    doubtful = [each for each in found if each.a_preciser]
    codes = retenues(found, {}, index.referentiel)
    if doubtful and not ignorer:
        return Demande(nom, probleme=_problem(doubtful), laissees=_left_out(found))
    if not codes:
        return Demande(nom, probleme="Aucune commune reconnue.", laissees=_left_out(found))
    return Demande(nom, Projet.nouveau(Territoire(nom, codes)), laissees=_left_out(found))


def _left_out(found: Sequence[Rapprochement]) -> tuple[Rapprochement, ...]:
    return tuple(each for each in found if each.a_preciser or each.statut is Statut.ECARTEE)


def _problem(doubtful: Sequence[Rapprochement]) -> str:
    shown = ", ".join(
        f"ligne {each.numero} («\u00a0{shorten(each.texte, _SHOWN)}\u00a0»)"
        for each in doubtful[:_MOST_SHOWN]
    )
    rest = len(doubtful) - _MOST_SHOWN
    more = f" et {pluriel(rest, 'autre')}" if rest > 0 else ""
    return (
        f"Communes inconnues ou ambiguës\u00a0: {shown}{more}. Corrigez-les, ou ajoutez --ignorer-inconnues."
    )
