"""Figures of a territory worked out with pandas from the files of the bundle, apart from the code of the app.

What is counted and how is written here by hand: neither the declarations nor the aggregation are read.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from cpts_geo.socle.chemins import BUNDLE

COUVERTURE = 80.0
LARGEUR = 25.0
PROCHE, NETTE = 5.0, 20.0


class Mesure(NamedTuple):
    """A figure between its bounds, the count behind it, and the share (%) of people for whom it is known."""

    bas: float
    haut: float
    effectif_bas: float = math.nan
    effectif_haut: float = math.nan
    couverture: float = 100.0
    dicible: bool = True


INCONNUE = Mesure(math.nan, math.nan, couverture=0.0, dicible=False)


@dataclass(frozen=True)
class Rapport:
    """A sum over a sum: columns, factor, the most that a masked cell hides, whether it is a share."""

    haut: tuple[str, ...]
    bas: tuple[str, ...]
    facteur: float = 100.0
    masque: int = 0
    part: bool = True
    moins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moyenne:
    """A mean of communes and its weight."""

    colonne: str
    poids: str


@dataclass(frozen=True)
class Departemental:
    """A figure of the table of the départements."""

    theme: str
    libelle: str
    sexe: str
    annee: int


def _zonage(profession: str, level: str, levels: str) -> Rapport:
    columns = tuple(f"zonage_{profession}_{each}" for each in levels.split())
    return Rapport((f"zonage_{profession}_{level}",), columns)


_NIVEAUX = "tres_sous_dotee sous_dotee intermediaire tres_dotee"
MESURES: dict[str, Rapport | Moyenne | Departemental] = {
    "densite": Rapport(("population",), ("superficie_km2",), 1, part=False),
    "evolution": Rapport(("population_2022",), ("population_2016",), part=False, moins=("population_2016",)),
    "75_ans": Rapport(("plus_75_ans_2022",), ("population_rp_2022",)),
    "15_ans": Rapport(("moins_15_ans_2022",), ("population_rp_2022",)),
    "pauvrete": Moyenne("taux_pauvrete_2021", "personnes_menages_fiscaux_2021"),
    "c2s": Rapport(("c2s_gratuite", "c2s_participative"), ("assures",), masque=9),
    "ald": Rapport(("ald",), ("assures",), masque=9),
    "sans_mt": Rapport(("sans_medecin_traitant_16",), ("assures_16",), masque=9),
    "sans_dentiste": Rapport(("sans_dentiste_24_mois",), ("assures_16",), masque=9),
    "sans_depistage": Rapport(("sans_depistage_colorectal",), ("eligibles_depistage_colorectal",), masque=9),
    "mortalite": Departemental("mortalite_annuelle", "Toutes causes", "Tous sexes", 2023),
    "vie_femmes": Departemental("esperance_vie", "Espérance de vie à la naissance", "Femmes", 2024),
    "vie_hommes": Departemental("esperance_vie", "Espérance de vie à la naissance", "Hommes", 2024),
    "generalistes": Rapport(("generalistes_liberaux",), ("population",), 100_000, part=False),
    "par_generaliste": Rapport(("population",), ("generalistes_liberaux",), 1, part=False),
    "60_ans": Rapport(("generalistes_liberaux_60_ans",), ("generalistes_liberaux",)),
    "apl": Moyenne("apl_medecins_generalistes_65_ans", "population_standardisee"),
    "infirmiers": Rapport(("infirmiers",), ("population",), 100_000, part=False),
    "kines": Rapport(("masseurs_kinesitherapeutes",), ("population",), 100_000, part=False),
    "dentistes": Rapport(("chirurgiens_dentistes",), ("population",), 100_000, part=False),
    "zone_infirmiers": _zonage("infirmiers", "tres_sous_dotee", f"{_NIVEAUX} sur_dotee"),
    "zone_kines": _zonage(
        "masseurs_kinesitherapeutes", "tres_sous_dotee", f"{_NIVEAUX} sur_dotee non_prioritaire"
    ),
    "zone_dentistes": _zonage("chirurgiens_dentistes", "tres_sous_dotee", f"{_NIVEAUX} non_prioritaire"),
    "zip": _zonage("generalistes", "zip", "zip zac zar hors"),
    "zac": _zonage("generalistes", "zac", "zip zac zar hors"),
    "km": Moyenne("km_urgences", "population"),
}
# Published for France as a whole: nothing that communes add up to may stand in their place.
PUBLIEES_FRANCE = {
    "pauvrete": 15.3,  # Insee, Filosofi 2021
    "vie_femmes": 85.6,  # Insee, bilan démographique 2024
    "vie_hommes": 80.0,
}


# Doctors are those of the communes, whose sum is not quite the national row.
ADDITIONNEES = {"generalistes", "par_generaliste"}


class Chiffres:
    """The figures of some communes."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        self.rows = communes().loc[list(codes)]

    def __getitem__(self, name: str) -> Mesure:
        """The measure of this name."""
        return _mesure(MESURES[name], self.rows, pd.Series(dtype=float))


@cache
def france(name: str) -> Mesure:
    """The measure of this name over France, its published totals first."""
    if name in PUBLIEES_FRANCE:
        return Mesure(PUBLIEES_FRANCE[name], PUBLIEES_FRANCE[name])
    totals = pd.Series(dtype=float) if name in ADDITIONNEES else _totals()
    return _mesure(MESURES[name], communes(), totals)


@cache
def _totals() -> pd.Series:
    table = pd.read_parquet(BUNDLE / "references.parquet").set_index("zone")
    return pd.Series(table.loc["FR"].to_dict(), dtype=float)


@cache
def communes() -> pd.DataFrame:
    """Every commune with its figures, by code."""
    figures = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")
    return pd.read_parquet(BUNDLE / "communes.parquet").set_index("code").join(figures)


@cache
def noms(kind: str) -> dict[str, str]:
    """Names of the zones of a kind, by code."""
    zones = pd.read_parquet(BUNDLE / "zones.parquet")
    return dict(zones.loc[zones["type"] == kind, ["code", "nom"]].itertuples(index=False))


@cache
def pauvrete_epci() -> dict[str, float]:
    """The poverty rate published for each EPCI, by code."""
    table = pd.read_parquet(BUNDLE / "epci.parquet").set_index("code")["taux_pauvrete_2021"].dropna()
    return {str(code): float(value) for code, value in table.items()}


@cache
def cpts_existantes() -> pd.Series:
    """The CPTS of each commune where they are known, missing for those that are in none."""
    return pd.read_parquet(BUNDLE / "cpts.parquet").set_index("code")["cpts"]


@cache
def structures() -> pd.DataFrame:
    """The named structures."""
    return pd.read_parquet(BUNDLE / "structures.parquet")


def degre(here: Mesure, there: Mesure) -> int | None:
    """How far from France, from -2 to 2; None when the bounds leave it open, or France is not known."""
    if math.isnan(there.bas) or there.couverture < COUVERTURE or not (there.bas and there.haut):
        return None
    degrees = set()
    for value in (here.bas, here.haut):
        for reference in (there.bas, there.haut):
            gap = 100 * (value - reference) / abs(reference)
            size = int(abs(gap) >= PROCHE) + int(abs(gap) >= NETTE)
            degrees.add(size if gap > 0 else -size)
    return degrees.pop() if len(degrees) == 1 else None


def _mesure(what: Rapport | Moyenne | Departemental, rows: pd.DataFrame, totals: pd.Series) -> Mesure:
    if isinstance(what, Rapport):
        return _ratio(what, rows, totals)
    if isinstance(what, Moyenne):
        return _mean(rows[what.colonne], rows[what.poids], rows["population"])
    table = _departements()
    chosen = table[
        (table["theme"] == what.theme)
        & (table["libelle"] == what.libelle)
        & (table["sexe"] == what.sexe)
        & (table["annee"] == what.annee)
    ]
    values = rows["departement"].map(chosen.set_index("departement")["valeur"])
    return _mean(values, rows["population"], rows["population"])


def _mean(values: pd.Series, weights: pd.Series, people: pd.Series) -> Mesure:
    known = values.notna() & weights.notna()
    weight = float(weights[known].sum())
    if not weight:
        return INCONNUE
    mean = float((values[known] * weights[known]).sum()) / weight
    covered = _percent(float(people[known].sum()), float(people.sum()))
    return Mesure(mean, mean, couverture=covered, dicible=covered >= COUVERTURE)


def _ratio(what: Rapport, rows: pd.DataFrame, totals: pd.Series) -> Mesure:
    columns = (*what.haut, *what.bas, *what.moins)
    known = pd.concat([_present(rows, name) for name in columns], axis=1).all(axis=1)
    kept = rows[known]
    top, top_hidden = _added(kept, what.haut)
    under, under_hidden = _added(kept, what.bas)
    top -= sum(float(kept[name].sum()) for name in what.moins)
    covered = _percent(float(kept["population"].sum()), float(rows["population"].sum()))
    published = set(totals.dropna().index)
    whole = set(what.bas) <= published
    # A published count is divided by a published count, or by one that every commune has.
    if set(what.haut) <= published and (whole or (known.all() and not under_hidden)):
        top, top_hidden, covered = float(totals[list(what.haut)].sum()), 0, 100.0
        under = float(totals[list(what.bas)].sum()) if whole else under
        under_hidden = 0
    most, wide = top + what.masque * top_hidden, under + what.masque * under_hidden
    if not under:
        return Mesure(math.nan, math.nan, top, most, covered, dicible=False)
    low, high = what.facteur * top / wide, what.facteur * most / under
    high = min(high, what.facteur) if what.part else high
    told = covered >= COUVERTURE and (not what.masque or high - low <= LARGEUR * what.facteur / 100)
    return Mesure(low, high, top, most, covered, told)


def _present(rows: pd.DataFrame, name: str) -> pd.Series:
    masked = f"{name}_masques"
    return rows[name].notna() | (rows[masked] > 0) if masked in rows else rows[name].notna()


def _added(rows: pd.DataFrame, names: Sequence[str]) -> tuple[float, int]:
    """Their sum without what is masked, and how many cells are."""
    masks = [f"{name}_masques" for name in names if f"{name}_masques" in rows]
    return float(np.nansum(rows[list(names)].to_numpy(float))), int(rows[masks].sum().sum()) if masks else 0


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


@cache
def _departements() -> pd.DataFrame:
    return pd.read_parquet(BUNDLE / "departements.parquet")
