"""The diagnostic of a territory: declared templates, filled with figures, maps, charts and local data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cpts_geo.documents.blocs import Bloc, Document, Section
from cpts_geo.documents.dossier import Dossier, declaration
from cpts_geo.documents.remplissage import IMAGES, LOCALE_PARTS, REMPLISSAGES
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import typographie

Suivi = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class SectionDeclaree:
    """A section as declared: its code, its heading, and the names of its blocks."""

    code: str
    titre: str
    niveau: int
    blocs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modele:
    """A template: what it is called, and its sections, annexes included."""

    code: str
    nom: str
    titre: str
    explication: str
    sections: tuple[SectionDeclaree, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What people ask of a document: a template, the codes of sections to leave out, with maps or not."""

    modele: str
    sans: frozenset[str] = frozenset()
    cartes: bool = True
    graphiques: bool = True
    logo: bytes = b""


@cache
def modeles() -> dict[str, Modele]:
    """The declared templates, by code, in their order."""
    annexes = tuple(map(_section, declaration()["annexe"]))
    return {
        each["code"]: Modele(
            each["code"],
            each["nom"],
            each["titre"],
            each["explication"],
            (*map(_section, each["section"]), *annexes),
        )
        for each in declaration()["modele"]
    }


def composer(dossier: Dossier, options: Options, suivre: Suivi | None = None) -> Document:
    """Fill a template.

    Args:
        dossier: the project and the data.
        options: the template and what is left out.
        suivre: told how far the work is, from 0 to 1, and what is being done, in French.

    Raises:
        KeyError: there is no such template.
    """
    modele = modeles()[options.modele]
    kept = [each for each in modele.sections if each.code not in options.sans]
    sections = []
    for rank, declared in enumerate(kept):
        if suivre:
            suivre(rank / len(kept), declared.titre)
        filled = tuple(bloc for name in declared.blocs for bloc in _blocs(name, dossier, options))
        if filled or not declared.blocs:
            sections.append(Section(declared.code, declared.titre, declared.niveau, filled))
    return Document(
        titre=modele.titre,
        nom=dossier.territoire.nom,
        resume=_resume(dossier),
        jour=dossier.jour,
        lien=dossier.lien,
        sections=tuple(sections),
        textes={name: typographie(text) for name, text in declaration()["textes"].items()},
        logo=options.logo,
    )


def champs_locaux() -> tuple[str, ...]:
    """Names of the local figures that fill a field of a template."""
    named = [each["locale"] for each in declaration()["blocs"].values() if "locale" in each]
    parts = [LOCALE_PARTS.format(libelle=each["libelle"]) for each in declaration()["parts"]["ligne"]]
    return tuple(dict.fromkeys([*named, *parts]))


def _resume(dossier: Dossier) -> str:
    people = dossier.referentiel.population(dossier.territoire.codes)
    return ", ".join(
        [
            pluriel(len(dossier.territoire), "commune"),
            pluriel(people, "habitant"),
            dossier.bareme.classer(people).libelle,
        ]
    )


def _blocs(name: str, dossier: Dossier, options: Options) -> Iterator[Bloc]:
    declared = declaration()["blocs"][name]
    kind = declared["type"]
    wanted = {"carte": options.cartes, "graphique": options.graphiques}
    if wanted.get(IMAGES.get(kind, ""), True):
        if name not in dossier.remplis:
            dossier.remplis[name] = tuple(REMPLISSAGES[kind](dossier, declared))
        yield from dossier.remplis[name]


def _section(declared: Mapping[str, Any]) -> SectionDeclaree:
    return SectionDeclaree(
        declared["code"],
        typographie(declared["titre"]),
        declared.get("niveau", 1),
        tuple(declared["blocs"]),
    )
