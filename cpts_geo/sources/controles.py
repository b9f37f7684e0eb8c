"""Published figures that the tables must reproduce before the bundle is replaced."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from cpts_geo.sources.declaration import Controle, Source
from cpts_geo.sources.erreurs import ErreurSource


@dataclass(frozen=True)
class Tables:
    """The tables a check may look into."""

    communes: pd.DataFrame
    references: pd.DataFrame
    epci: pd.DataFrame
    departements: pd.DataFrame
    bassins: pd.DataFrame
    structures: pd.DataFrame
    cpts: pd.DataFrame


def verify_controles(sources: Iterable[Source], tables: Tables) -> int:
    """Check every declared figure, return their number; raise `ErreurSource` listing those that differ."""
    declared = [(source, controle) for source in sources for controle in source.controles]
    failures = [message for source, controle in declared if (message := _failure(source, controle, tables))]
    if failures:
        raise ErreurSource("\n".join(failures))
    return len(declared)


def _failure(source: Source, controle: Controle, tables: Tables) -> str | None:
    found = READERS[controle.table](tables, controle)
    if abs(found - controle.valeur) <= controle.tolerance:
        return None
    return (
        f"{source.citee.jeu} : {controle.colonne} ({controle.zone}) vaut {found}, "
        f"et non {controle.valeur} ± {controle.tolerance}"
    )


def _in_communes(tables: Tables, controle: Controle) -> float:
    """Sum over the communes of the zone, its share of another sum, or their mean when a weight is named."""
    rows = tables.communes[_in_zone(tables.communes, controle.zone)]
    values = rows[controle.colonne]
    if controle.part_de is not None:
        return 100 * float(values.sum()) / float(rows[controle.part_de].sum())
    if controle.poids is None:
        return float(values.sum())
    weights = rows[controle.poids].where(values.notna())
    return float((values * weights).sum() / weights.sum())


def _in_zone(communes: pd.DataFrame, zone: str) -> pd.Series:
    if zone == "FR":
        return pd.Series(data=True, index=communes.index)
    column = {"D": "departement", "R": "region"}.get(zone[0])
    own = communes["ville"].fillna(communes.index.to_series())
    return communes[column] == zone[1:] if column else own == zone


def _in_references(tables: Tables, controle: Controle) -> float:
    return float(tables.references[controle.colonne][controle.zone])


def _in_epci(tables: Tables, controle: Controle) -> float:
    return float(tables.epci[controle.colonne][controle.zone])


def _in_bassins(tables: Tables, controle: Controle) -> float:
    return float(tables.bassins[controle.colonne][controle.zone])


def _in_departements(tables: Tables, controle: Controle) -> float:
    """`colonne` reads « theme / libelle / sexe / annee / colonne »."""
    theme, libelle, sexe, annee, column = controle.colonne.split(" / ")
    table = tables.departements
    row = table[
        (table["departement"] == controle.zone.removeprefix("D"))
        & (table["theme"] == theme)
        & (table["libelle"] == libelle)
        & (table["sexe"] == sexe)
        & (table["annee"] == int(annee))
    ]
    return float(row[column].iloc[0])


def _in_structures(tables: Tables, controle: Controle) -> float:
    return float((tables.structures["type"] == controle.colonne).sum())


def _in_cpts(tables: Tables, controle: Controle) -> float:
    """`colonne` is what is counted: « cpts », « communes » that are in one, communes « sans_cpts »."""
    column = tables.cpts["cpts"]
    counts = {"cpts": column.nunique(), "communes": column.notna().sum(), "sans_cpts": column.isna().sum()}
    return float(counts[controle.colonne])


READERS: dict[str, Callable[[Tables, Controle], float]] = {
    "communes": _in_communes,
    "references": _in_references,
    "epci": _in_epci,
    "departements": _in_departements,
    "bassins": _in_bassins,
    "structures": _in_structures,
    "cpts": _in_cpts,
}
