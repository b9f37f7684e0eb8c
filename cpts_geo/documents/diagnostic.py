"""The diagnostic of a territory: declared templates, filled with figures, maps, charts and local data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from cpts_geo.documents.blocs import Bloc, Document, Section
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.remplissage import IMAGES, LOCALE_PARTS, fill_block
from cpts_geo.documents.trame import BlocChamp, SectionDeclaree, trame
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import typographie

Suivi = Callable[[float, str], object]


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
    return {
        each.code: Modele(
            each.code,
            each.nom,
            each.titre,
            each.explication,
            tuple(map(_written, (*each.section, *trame().annexe))),
        )
        for each in trame().modele
    }


def compose(dossier: Dossier, options: Options, suivre: Suivi | None = None) -> Document:
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
        textes={name: typographie(text) for name, text in trame().textes},
        logo=options.logo,
    )


def champs_locaux() -> tuple[str, ...]:
    """Names of the local figures that fill a field of a template."""
    fields = [each for each in trame().blocs.values() if isinstance(each, BlocChamp)]
    named = [each.locale for each in fields if each.locale]
    parts = [LOCALE_PARTS.format(libelle=each.libelle) for each in trame().parts.ligne]
    return tuple(dict.fromkeys([*named, *parts]))


def _resume(dossier: Dossier) -> str:
    people = dossier.referentiel.population(dossier.territoire.codes)
    return ", ".join(
        [
            dossier.referentiel.compte(dossier.territoire.codes),
            pluriel(people, "habitant"),
            dossier.bareme.rank(people).libelle,
        ]
    )


def _blocs(name: str, dossier: Dossier, options: Options) -> Iterator[Bloc]:
    declared = trame().blocs[name]
    wanted = {"carte": options.cartes, "graphique": options.graphiques}
    if wanted.get(IMAGES.get(declared.type, ""), True):
        if name not in dossier.remplis:
            dossier.remplis[name] = tuple(fill_block(declared, dossier))
        yield from dossier.remplis[name]


def _written(declared: SectionDeclaree) -> SectionDeclaree:
    """The section with its heading as it is printed."""
    return declared.model_copy(update={"titre": typographie(declared.titre)})
