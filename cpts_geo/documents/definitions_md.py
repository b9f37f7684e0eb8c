"""docs/definitions.md: every indicator as a statistician wants it told, from declarations and data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cpts_geo.indicateurs.citations import SourceCitee
from cpts_geo.indicateurs.definitions.champ import ChampStatistique
from cpts_geo.indicateurs.definitions.fiche import FamilleDeFiches, FicheIndicateur
from cpts_geo.indicateurs.formules import denominateur, masques
from cpts_geo.indicateurs.glossaire import Methode, glossaire
from cpts_geo.socle.nombres import pourcent
from cpts_geo.socle.textes import typographie

_EN_TETE = """\
# Définitions des indicateurs

Ce fichier est produit par `python -m cpts_geo definitions` ; ne le modifiez pas à la main. Il dit de chaque
indicateur ce qui est compté et par qui, ce qui ne l’est pas, de quand et d’où est le chiffre, comment il est
calculé, ce que deviennent les valeurs masquées, et ce qui est publié à côté. La fiche « i » du rapport,
l’annexe des documents et les fichiers CSV et Excel disent de même.

Les indicateurs de même définition sont décrits ensemble, sous leur tableau. « France » est la valeur que
l’application met à côté de celle du territoire ; « Couverture », la part des habitants de France pour qui le
chiffre est exactement connu.
"""
_COLONNES = (
    *("Indicateur", "Unité", "Calcul", "Dénominateur ou poids"),
    *("France", "Couverture", "Masqué ou manquant"),
)
_ALIGNEMENT = (*["---"] * 4, "---:", "---:", "---")
_AUCUN = "–"
# A coverage that is not full must not be rounded to it.
_ALL, _NEARLY_ALL = 100.0, 99.9


@dataclass(frozen=True, slots=True)
class _Commun:
    """What is told of several indicators at once."""

    champ: ChampStatistique
    source: SourceCitee
    citation: str
    masques: str
    references: str


def definitions_md(familles: Sequence[FamilleDeFiches]) -> str:
    """The file, from the definitions of every family."""
    parts = [_EN_TETE, *_methods(glossaire().methodes)]
    sources: dict[str, SourceCitee] = {}
    for famille in familles:
        parts.append(f"## {typographie(famille.titre)}\n")
        for titre, fiches in famille.groupes:
            parts.append(f"### {typographie(titre)}\n")
            parts.extend(_together(fiches))
            sources |= {source.code: source for fiche in fiches for source in fiche.sources}
    parts.extend(_cited(sources.values()))
    return "\n".join(parts).rstrip() + "\n"


def _methods(methodes: Iterable[Methode]) -> Iterator[str]:
    yield "## Règles communes\n"
    yield "".join(f"- **{typographie(each.titre)}.** {typographie(each.texte)}\n" for each in methodes)


def _together(fiches: Iterable[FicheIndicateur]) -> Iterator[str]:
    alike: dict[_Commun, list[FicheIndicateur]] = {}
    for fiche in fiches:
        alike.setdefault(_common(fiche), []).append(fiche)
    for common, group in alike.items():
        yield _table(group)
        yield "".join(f"- **{name}** : {typographie(text)}\n" for name, text in _said(common) if text)


def _common(fiche: FicheIndicateur) -> _Commun:
    item = fiche.indicateur
    return _Commun(item.champ, item.source, item.citation_courte, masques(item), fiche.references)


def _said(common: _Commun) -> Iterator[tuple[str, str]]:
    champ, source = common.champ, common.source
    yield "Compté", champ.compte
    yield "Non compté", champ.sans
    yield "Source", f"{common.citation} ; jeu : {source.jeu} ({source.producteur})"
    yield "Millésime", champ.millesime
    yield "Géographie", champ.geographie
    yield "Valeurs masquées", common.masques or "aucune"
    yield "Références", common.references
    yield "À savoir", champ.note


def _table(fiches: Sequence[FicheIndicateur]) -> str:
    rows = [_COLONNES, _ALIGNEMENT, *map(_row, fiches)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(fiche: FicheIndicateur) -> tuple[str, ...]:
    item = fiche.indicateur
    covered = fiche.couverture if fiche.couverture >= _ALL else min(fiche.couverture, _NEARLY_ALL)
    told = (
        f"**{item.libelle}**<br>{item.definition}",
        item.unite,
        fiche.formule,
        denominateur(item) or _AUCUN,
        fiche.france,
        pourcent(covered),
        " ".join(fiche.lacunes) or _AUCUN,
    )
    return tuple(typographie(text).replace("|", "\\|") for text in told)


def _linked(adresse: str) -> str:
    return f" ([adresse]({adresse}))" if adresse else ""


def _cited(sources: Iterable[SourceCitee]) -> Iterator[str]:
    yield "## Sources\n"
    for each in sources:
        yield f"### {typographie(each.jeu)}\n"
        told = (
            f"Producteur : {each.producteur}{_linked(each.adresse)}.",
            f"Millésime : {each.millesime} ; {each.geographie}. {each.licence}.",
            *each.notes,
        )
        yield "".join(f"- {typographie(text)}\n" for text in told)
