"""A document as a PDF to be read and printed: A4, tagged (PDF/UA-1), fonts embedded, set by typst."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.dates import format_date

from cpts_geo.dessin import polices, typst_moteur
from cpts_geo.documents.blocs import Bloc, Document, Illustration, Paragraphe, Section, Tableau
from cpts_geo.documents.mise_en_page import ANNEXES, FeuilleDePage, insecable, largeurs, lignes
from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.palette import palette
from cpts_geo.socle.textes import shorten

_GABARIT = ASSETS / "templates" / "diagnostic.typ"
_LONGUEUR_ENTETE = 70
# As the template sets its page and its tables.
_FEUILLE = FeuilleDePage(largeur=487, entre=7, taille=8.5, petite_taille=7.5)


def pdf(document: Document) -> bytes:
    """The PDF, checked by typst against PDF/UA-1 as it is written."""
    with _workshop(document) as source:
        return typst_moteur.pdf(source)


def apercu(document: Document, ppi: int = 60) -> list[bytes]:
    """The same pages as PNG pictures."""
    with _workshop(document) as source:
        return typst_moteur.pages(source, ppi)


@contextmanager
def _workshop(document: Document) -> Iterator[Path]:
    """A folder with all that typst reads."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        content = _content(document, folder)
        (folder / "document.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        yield Path(shutil.copy(_GABARIT, folder))


def _content(document: Document, folder: Path) -> dict[str, Any]:
    logo = None
    if document.logo:
        logo = "logo.png"
        (folder / logo).write_bytes(document.logo)
    day = format_date(document.jour, "d MMMM y", locale="fr")
    content = {
        "palette": palette().nommees,
        "titre": document.titre,
        "nom": document.nom,
        "nom_court": shorten(document.nom, _LONGUEUR_ENTETE),
        "resume": document.resume,
        "pied": f"Établi le {day} avec cpts-geo",
        "lien": document.lien,
        "textes": document.textes,
        "polices": [polices.FAMILLE, *polices.secours()],
        "annee": document.jour.year,
        "mois": document.jour.month,
        "numero_jour": document.jour.day,
        "sections": [_section(section, rank, folder) for rank, section in enumerate(document.sections)],
    }
    replaced = _remplaces(polices.absents("\n".join(_texts(content))))
    return {**_cleaned(content), "logo": logo, "remplaces": replaced}


def _remplaces(absents: frozenset[str]) -> str:
    """What is said of the characters that no font has; nothing when there is none."""
    if not absents:
        return ""
    count = pluriel(
        len(absents),
        "caractère que les polices du document n’ont pas est remplacé",
        "caractères que les polices du document n’ont pas sont remplacés",
    )
    return f"{count} par {polices.SIGNE}."


def _section(section: Section, rank: int, folder: Path) -> dict[str, Any]:
    blocs = [_bloc(bloc, folder / f"image_{rank}_{each}.svg") for each, bloc in enumerate(section.blocs)]
    return {
        "titre": section.titre,
        "niveau": section.niveau,
        "annexe": section.code in ANNEXES,
        "blocs": blocs,
    }


def _bloc(bloc: Bloc, place: Path) -> dict[str, Any]:
    kind = {"type": type(bloc).__name__}
    if isinstance(bloc, Paragraphe):
        return kind | {"groupes": _groups(bloc.texte)}
    if isinstance(bloc, Illustration):
        place.write_text(bloc.svg, encoding="utf-8")
        shown = {"genre": bloc.genre, "titre": bloc.titre, "texte": bloc.texte, "note": bloc.note}
        return kind | shown | {"fichier": place.name}
    content = kind | asdict(bloc)
    if isinstance(bloc, Tableau):
        content |= {
            "largeurs": largeurs(bloc, _FEUILLE),
            "taille": _FEUILLE.taille_de(bloc),
            "insecable": insecable(bloc),
        }
    if "cases" in content:
        content["cases"] = [{"texte": text, "cochee": ticked} for text, ticked in content["cases"]]
    return content


def _groups(texte: str) -> list[dict[str, Any]]:
    """The lines of a text, bullets that follow each other together: they are one list."""
    return [
        {"puces": bullets, "lignes": [ligne._asdict() for ligne in group]}
        for bullets, group in groupby(lignes(texte), key=lambda ligne: ligne.puce)
    ]


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        return polices.dessinable(value)
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(each) for each in value]
    return value


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
