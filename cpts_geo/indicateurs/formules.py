"""How each indicator is computed, in words: its formula, written from the names of the columns it adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cpts_geo.indicateurs.catalogue import Indicateur, IndicateursDeclares
from cpts_geo.indicateurs.plan import plan
from cpts_geo.socle.chemins import DECLARATIONS
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import entier

_PARTS_OF_A_KEY = 4


class Ensemble(Declare):
    """What several columns added up make together."""

    libelle: str
    colonnes: tuple[str, ...]


class ColonnesPartagees(Declare):
    """The columns that several indicators take, in words, by source."""

    source: Mapping[str, Mapping[str, str]]
    ensemble: tuple[Ensemble, ...]


@dataclass(frozen=True, slots=True)
class Colonnes:
    """What the columns of the bundle count, the source of each, and what some sets of them make together."""

    libelles: Mapping[str, str]
    sources: Mapping[str, str]
    ensembles: Mapping[frozenset[str], str]


def load_colonnes(dossier: Path = DECLARATIONS) -> Colonnes:
    """The columns that are declared as shared, and those that indicators declare themselves.

    Raises:
        DeclarationInvalideError: a declaration is not of its form.
        ValueError: a column is told in two places, or in none; in French.
    """
    shared = declaration("colonnes", ColonnesPartagees, dossier)
    items = declaration("indicateurs", IndicateursDeclares, dossier).indicateur
    told = [(name, text, source) for source, texts in shared.source.items() for name, text in texts.items()]
    told += [(name, text, item.source) for item in items for name, text in item.colonnes.items()]
    names = Counter(name for name, *_ in told)
    used = {name for item in items if item.agregation != "departement" for name in item.utilisees}
    for problem, found in (
        ("Colonnes dites deux fois", {name for name, count in names.items() if count > 1}),
        ("Colonnes que rien ne dit", used - set(names)),
    ):
        if found:
            raise ValueError(f"{problem}\u00a0: {', '.join(sorted(found))}.")
    return Colonnes(
        libelles={name: text for name, text, _ in told},
        sources={name: source for name, _, source in told},
        ensembles={frozenset(each.colonnes): each.libelle for each in shared.ensemble},
    )


@cache
def colonnes() -> Colonnes:
    """The columns, read once."""
    return load_colonnes()


def formule(item: Indicateur) -> str:
    """The formula of an indicator, as "100 × chômeurs de 15 à 64 ans ÷ actifs de 15 à 64 ans"."""
    if item.agregation == "departement":
        return _departement(item.numerateur[0])
    top = _difference(item.numerateur, item.moins)
    match item.agregation:
        case "bassin":
            return f"{top}\u00a0: moyenne des bassins de vie pondérée par leurs habitants dans le territoire"
        case "somme":
            return f"somme sur toutes les communes\u00a0: {top}"
        case "etendue":
            return f"{top}\u00a0: de la commune la plus basse à la commune la plus haute"
        case "moyenne_ponderee":
            weight = _sum(item.denominateur)
            return f"somme de ({top} × {weight}) ÷ somme de {_grouped(weight)}"
    factor = "" if item.facteur == 1 else f"{entier(item.facteur)} × "
    return f"{factor}{_grouped(top)} ÷ {_grouped(_sum(item.denominateur))}"


def denominateur(item: Indicateur) -> str:
    """What an indicator is divided or weighted by, in words; empty when it is by nothing."""
    return _sum(item.denominateur) if item.denominateur else ""


def methode(item: Indicateur) -> list[str]:
    """How the figure of a territory is worked out, masked values included, in sentences."""
    declared = plan().methodes
    texts = [declared.agregation(item.agregation)]
    return [*texts, masques(item)] if item.masque else texts


def masques(item: Indicateur) -> str:
    """What becomes of masked values; empty when none is masked."""
    told = plan().methodes.masque
    return told.format(masque=item.masque, effectif=item.effectif) if item.masque else ""


def codes_sources(item: Indicateur) -> tuple[str, ...]:
    """The sources of an indicator, its own first, then those of the other columns it is made of."""
    used = (*item.numerateur, *item.moins, *item.denominateur) if item.par_commune else ()
    return tuple(dict.fromkeys([item.source.code, *(colonnes().sources[name] for name in used)]))


def _departement(key: str) -> str:
    """The words of a key "theme / libelle / sexe / annee" of the figures known by département."""
    _, libelle, sexe, annee = key.split(" / ", _PARTS_OF_A_KEY - 1)
    return (
        f"chiffre du département ({libelle}, {sexe.lower()}, {annee})\u00a0; sur plusieurs départements,"
        " moyenne pondérée par leurs habitants dans le territoire"
    )


def _difference(names: Sequence[str], less: Sequence[str]) -> str:
    return " − ".join([_sum(names), *(colonnes().libelles[name] for name in less)])


def _sum(names: Sequence[str]) -> str:
    together = colonnes().ensembles.get(frozenset(names))
    return together or " + ".join(colonnes().libelles[name] for name in names)


def _grouped(term: str) -> str:
    """The term in brackets when it adds or takes away."""
    return f"({term})" if " + " in term or " − " in term else term
