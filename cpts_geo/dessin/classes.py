"""Communes coloured by an indicator: classes and colours; what is in doubt is not coloured."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from branca.colormap import linear
from jenkspy import jenks_breaks
from pydantic import model_validator

from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.plan import Agregation, GenreZone
from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.nombres import decimal, est_absent
from cpts_geo.socle.textes import capitale

Methode = Literal["quantiles", "naturelles", "reference"]
Vecteur = npt.NDArray[np.float64]

# Ranks of what has no class.
MASQUEE, MANQUANTE, SANS_OBJET = -1, -2, -3


@dataclass(frozen=True, slots=True)
class ClasseCouleur:
    """A colour of the legend; `communes` is how many bear it among those the classes were made for."""

    couleur: str
    libelle: str
    communes: int


@dataclass(frozen=True, slots=True)
class Decoupage:
    """Classes of an indicator: values up to and including `bornes[n]` are of class n, others of the last."""

    bornes: tuple[float, ...]
    classes: tuple[ClasseCouleur, ...]

    def rangs(self, values: pd.DataFrame) -> pd.Series:
        """Rank of the class of each commune, or why it has none.

        `MASQUEE` when secrecy leaves it in doubt, `SANS_OBJET` with nothing to divide by, `MANQUANTE`.
        """
        low = np.searchsorted(self.bornes, values["borne_basse"].to_numpy(), side="left")
        high = np.searchsorted(self.bornes, values["borne_haute"].to_numpy(), side="left")
        ranks = np.where(low == high, low, MASQUEE)
        missing = np.select([values["secrete"], values["sans_objet"]], [MASQUEE, SANS_OBJET], MANQUANTE)
        return pd.Series(np.where(values["borne_basse"].isna(), missing, ranks), index=values.index)


class MethodeImpossibleError(ValueError):
    """The classes asked for cannot be made; the message, in French, says why."""


class Palettes(Declare):
    """Names of palettes: from low to high, and on both sides of a reference."""

    suite: str
    ecart: str


class EcartsFrance(Declare):
    """Distances to France (%) from one class to the next, and the words of each class."""

    bornes: tuple[float, ...]
    libelles: tuple[str, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if len(self.libelles) != len(self.bornes) + 1 or list(self.bornes) != sorted(self.bornes):
            raise ValueError("les bornes croissent, et séparent les classes.")
        return self


class TextesLegende(Declare):
    """The words of the legend for what has no class, and for figures of whole zones."""

    masquee: str
    manquante: str
    sans_objet: str
    zones: Mapping[GenreZone, str]

    def absences(self) -> Mapping[int, str]:
        """The words for what has no class, by rank."""
        return {MASQUEE: self.masquee, MANQUANTE: self.manquante, SANS_OBJET: self.sans_objet}

    def grise(self, ranks: Container[int]) -> str:
        """The words of the one colour of all that has no figure and is not hidden; empty without any."""
        texts = (text for rank, text in self.absences().items() if rank != MASQUEE and rank in ranks)
        return capitale(", ou ".join(texts).lower())

    def zone(self, agregation: Agregation) -> str:
        """What is said of figures aggregated so; empty when communes have theirs."""
        return {str(kind): text for kind, text in self.zones.items()}.get(agregation, "")


class Choroplethe(Declare):
    """What is declared of the maps of indicators."""

    classes: int
    valeurs_au_plus: int
    palettes: Palettes
    methodes: Mapping[Methode, str]
    ecarts: EcartsFrance
    textes: TextesLegende


def methodes() -> Mapping[Methode, str]:
    """The ways to make classes, with their names."""
    return _declared().methodes


def methode(name: str) -> Methode:
    """The way of this name to make classes; KeyError if there is none."""
    return {str(known): known for known in methodes()}[name]


def textes() -> TextesLegende:
    """The words of the legend."""
    return _declared().textes


@dataclass(frozen=True, slots=True)
class Legende:
    """What is mapped: its words, its decimals, and its value over France when communes compare with it."""

    code: str
    titre: str
    unite: str
    decimales: int
    source: str
    mention: str = ""
    france: float | None = None


def divide(etiquette: Legende, values: pd.DataFrame, methode: Methode) -> Decoupage:
    """Make classes for the communes of `values`, from those whose figure is exact.

    Args:
        etiquette: what the values are.
        values: borne_basse, borne_haute, secrete and sans_objet by commune (`Agregateur.par_commune`).
        methode: quantiles, natural breaks (Fisher and Jenks), or distance to France.

    Raises:
        MethodeImpossibleError: there is no distance to France to measure.
    """
    exact = values.loc[values["borne_basse"] == values["borne_haute"], "borne_basse"].to_numpy(dtype=float)
    if methode == "reference":
        return _around(etiquette, exact)
    if not len(exact):
        return Decoupage((), ())
    # Each break is brought back to a value that communes have: no class is empty.
    uppers = sorted({float(exact[exact <= upper].max()) for upper in _breaks(exact, methode)})
    bornes = tuple(uppers[:-1])
    labels = _labels(etiquette.decimales, bornes, exact)
    return _build(bornes, labels, _palette(_declared().palettes.suite, len(labels)), exact)


def carte_indicateur(
    item: Indicateur,
    agregateur: Agregateur,
    codes: Sequence[str],
    base: Sequence[str],
    methode: Methode,
) -> dict[str, Any]:
    """What the map is given to colour `codes` by an indicator, in classes made for the communes of `base`.

    See `carte_valeurs`.
    """
    etiquette = Legende(
        code=item.code,
        titre=item.libelle,
        unite=item.unite,
        decimales=item.decimales,
        source=item.citation_courte,
        mention=textes().zone(item.agregation),
        # A count over a commune does not compare with that over France.
        france=None
        if item.agregation in ("somme", "etendue")
        else showable(agregateur.france()[item.code]).exacte,
    )
    decoupage = divide(etiquette, agregateur.par_commune(item, base), methode)
    return carte_valeurs(etiquette, decoupage, agregateur.par_commune(item, codes), methode)


def carte_valeurs(
    etiquette: Legende, decoupage: Decoupage, values: pd.DataFrame, methode: Methode
) -> dict[str, Any]:
    """What the map is given to colour the communes of `values` (`Agregateur.par_commune`) in these classes.

    Returns:
        code, titre, unite, decimales, source, mention, france, methode, classes (couleur, libelle, communes),
        and communes: for each code, the rank of its class (negative without one) and the bounds of its value.
    """
    ranks = decoupage.rangs(values).tolist()
    rows = zip(ranks, values["borne_basse"].tolist(), values["borne_haute"].tolist(), strict=True)
    return {
        **asdict(etiquette),
        "methode": methode,
        "classes": [asdict(classe) for classe in decoupage.classes],
        "communes": {code: _row(*row) for code, row in zip(values.index, rows, strict=True)},
    }


def _row(rank: int, low: float, high: float) -> list[float]:
    """Rank of the class, and the two bounds where there are figures."""
    return [rank] if est_absent(low) else [rank, low, high]


def _breaks(exact: Vecteur, methode: Methode) -> Iterable[float]:
    """Upper ends of the classes, the highest value among them."""
    wanted = min(_declared().classes, len(np.unique(exact)))
    if methode == "quantiles":
        return [*np.percentile(exact, 100 * np.arange(1, wanted) / wanted), exact.max()]
    sample = _sample(exact)
    wanted = min(wanted, len(np.unique(sample)))
    return [*(jenks_breaks(sample, wanted)[1:-1] if wanted > 1 else ()), exact.max()]


def _sample(exact: Vecteur) -> Vecteur:
    """The values, or as many as declared, evenly taken from the sorted ones, both ends included."""
    most = _declared().valeurs_au_plus
    ranks = np.linspace(0, len(exact) - 1, min(len(exact), most)).astype(int)
    return np.asarray(np.sort(exact)[ranks])


def _around(etiquette: Legende, exact: Vecteur) -> Decoupage:
    if not etiquette.france:
        raise MethodeImpossibleError(f"«\u00a0{etiquette.titre}\u00a0» ne se compare pas à la France.")
    declared = _declared().ecarts
    bornes = tuple(sorted(etiquette.france * (1 + percent / 100) for percent in declared.bornes))
    labels = declared.libelles if etiquette.france > 0 else declared.libelles[::-1]
    return _build(bornes, labels, _palette(_declared().palettes.ecart, len(labels)), exact)


def _build(
    bornes: tuple[float, ...], labels: Sequence[str], colours: Sequence[str], exact: Vecteur
) -> Decoupage:
    counts = np.bincount(np.searchsorted(bornes, exact, side="left"), minlength=len(labels))
    classes = zip(colours, labels, counts.tolist(), strict=True)
    return Decoupage(bornes, tuple(ClasseCouleur(*each) for each in classes))


def _labels(decimales: int, bornes: Sequence[float], exact: Vecteur) -> list[str]:
    """From the lowest to the highest value that each class does hold."""
    ranks = np.searchsorted(bornes, exact, side="left")
    held = [exact[ranks == rank] for rank in range(len(bornes) + 1)]
    ends = [(decimal(each.min(), decimales), decimal(each.max(), decimales)) for each in held]
    return [low if low == high else f"{low} à {high}" for low, high in ends]


def _palette(name: str, count: int) -> list[str]:
    """Colours of the palette of this name, the extremes when there are fewer classes than its smallest."""
    smallest = 3
    colours = getattr(linear, f"{name}_{max(count, smallest):02}").colors
    kept = colours if count >= smallest else colours[:: smallest - 1][:count]
    return ["#{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in colour[:3])) for colour in kept]


def _declared() -> Choroplethe:
    return declaration("choroplethe", Choroplethe)
