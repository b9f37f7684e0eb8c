"""The territories that a command line names: codes, links, lists, tables of many territories, projects."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cpts_geo.communes.referentiel import CommuneInconnueError, Referentiel
from cpts_geo.projet import adresse, fichier
from cpts_geo.projet.lien import LienInvalideError
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie import colonnes, tableur
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.liste import (
    LigneCollee,
    ListeInvalideError,
    Rapprochement,
    bring_together,
    lignes_du_texte,
)
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tableur import Rangees
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import sans_accents, shorten

NOM_PAR_DEFAUT = "Territoire"
# What a table calls the column that tells its territories apart.
_COLONNES_TERRITOIRE = frozenset({"territoire", "cpts", "nom cpts", "nom de la cpts", "nom du territoire"})
_CODES = re.compile(r"(?:\d{5}|2[abAB]\d{3})(?:[\s,;]+(?:\d{5}|2[abAB]\d{3}))*[\s,;]*")
_SEPARATORS = re.compile(r"[\s,;]+")
_LINK = re.compile(r"\S+[?&](?:communes|projet)=\S+")
_TEXTS, _PROJECTS = frozenset({".txt", ".csv", ".xlsx", ".tsv"}), frozenset({".json"})
_SHOWN, _MOST_SHOWN = 40, 5


class DemandeInvalideError(SaisieRefuseeError):
    """What was given names no territory; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Demande:
    """One territory asked for: its project, or why there is none."""

    nom: str
    projet: Projet | None = None
    probleme: str = ""


def read(text: str, referentiel: Referentiel, nom: str = "", *, ignorer: bool = False) -> list[Demande]:
    """The territories of one argument of the command line.

    Args:
        text: codes, a link, the path of a file or of a folder.
        referentiel: the present communes.
        nom: the name of the territory, in place of the one that is read.
        ignorer: leave out the lines that name no commune, instead of refusing the territory.

    Raises:
        DemandeInvalideError: nothing can be read in it.
    """
    if _CODES.fullmatch(text.strip()):
        return [_of_codes(text, referentiel, nom)]
    if _LINK.fullmatch(text.strip()):
        return [_of_link(text.strip(), referentiel, nom)]
    path = Path(text)
    if path.is_dir():
        return _of_folder(path, referentiel, ignorer=ignorer)
    if path.is_file():
        return _of_file(path, referentiel, nom, ignorer=ignorer)
    shown = f"«\u00a0{shorten(text, _SHOWN)}\u00a0»"
    raise DemandeInvalideError(f"{shown} n’est ni un fichier, ni un dossier, ni des codes Insee, ni un lien.")


def _of_codes(text: str, referentiel: Referentiel, nom: str) -> Demande:
    codes = [code.upper() for code in _SEPARATORS.split(text.strip()) if code]
    named = nom or NOM_PAR_DEFAUT
    try:
        return Demande(named, Projet.nouveau(Territoire(named, referentiel.validate(codes))))
    except CommuneInconnueError as error:
        return Demande(named, probleme=str(error))


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


def _of_folder(path: Path, referentiel: Referentiel, *, ignorer: bool) -> list[Demande]:
    kept = sorted(each for each in path.iterdir() if each.suffix.lower() in _TEXTS | _PROJECTS)
    if not kept:
        raise DemandeInvalideError(f"Le dossier {path} n’a ni liste de communes ni projet.")
    return [demande for each in kept for demande in _of_file(each, referentiel, "", ignorer=ignorer)]


def _of_file(path: Path, referentiel: Referentiel, nom: str, *, ignorer: bool) -> list[Demande]:
    """The territories of a file; one that cannot be read is a territory with a problem."""
    try:
        content = path.read_bytes()
        if path.suffix.lower() in _PROJECTS:
            return [_of_project(fichier.decode(content, referentiel).projet, nom)]
        links = content.decode("utf-8-sig", errors="ignore").split()
        if links and all(map(_LINK.fullmatch, links)):
            return [_of_link(line, referentiel, nom if len(links) == 1 else "") for line in links]
        return _of_table(content, path, referentiel, nom, ignorer=ignorer)
    except (OSError, fichier.FichierProjetError, FichierIllisibleError, ListeInvalideError) as error:
        return [Demande(nom or path.stem, probleme=f"{path.name}\u00a0: {error}")]


def _of_table(
    content: bytes, path: Path, referentiel: Referentiel, nom: str, *, ignorer: bool
) -> list[Demande]:
    if path.suffix.lower() == ".txt":
        rows = lignes_du_texte(content.decode("utf-8-sig", errors="replace"))
        return [_of_lines(rows, nom or path.stem, referentiel, ignorer=ignorer)]
    lecteur = Lecteur(index_noms(referentiel))
    sheets = tableur.read(content, path.name)
    rangees = sheets[colonnes.meilleure_feuille(sheets, lecteur)].rangees
    parts = dict(_parts(rangees)) or {nom or path.stem: rangees}
    return [
        _of_lines(
            colonnes.lignes(part, colonnes.read_plan(part, lecteur), lecteur),
            named,
            referentiel,
            ignorer=ignorer,
        )
        for named, part in parts.items()
    ]


def _parts(rangees: Rangees) -> Iterator[tuple[str, Rangees]]:
    """The rows of each territory of a table, without the column that names it; none without that column."""
    head = next(iter(rangees))
    rank = next((rank for rank, cell in enumerate(head) if _plain(cell) in _COLONNES_TERRITOIRE), None)
    if rank is None:
        return
    owners = [row[rank].strip() if rank < len(row) else "" for row in rangees]
    for nom in dict.fromkeys(filter(None, owners[1:])):
        # Rows of the others are left blank: lines keep the numbers that they have in the file.
        yield (
            nom,
            tuple(
                (*row[:rank], *row[rank + 1 :]) if owner == nom or number == 0 else ()
                for number, (row, owner) in enumerate(zip(rangees, owners, strict=True))
            ),
        )


def _plain(cell: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", sans_accents(cell)).split())


def _of_lines(rows: Sequence[LigneCollee], nom: str, referentiel: Referentiel, *, ignorer: bool) -> Demande:
    found = bring_together(rows, index_noms(referentiel))
    doubtful = [each for each in found if each.a_preciser]
    codes = tuple(dict.fromkeys(each.code for each in found if each.code))
    if doubtful and not ignorer:
        return Demande(nom, probleme=_problem(doubtful))
    if not codes:
        return Demande(nom, probleme="Aucune commune reconnue.")
    return Demande(nom, Projet.nouveau(Territoire(nom, codes)))


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
