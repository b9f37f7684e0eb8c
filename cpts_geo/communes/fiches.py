"""The few facts on each commune that are read at every click, ready in memory."""

from collections.abc import Mapping, Sequence
from sys import intern
from typing import NamedTuple

import pandas as pd

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import enumeration


class Fiche(NamedTuple):
    """A commune in short; see `referentiel.Commune` for the whole of it."""

    code: str
    nom: str
    population: int
    departement: str
    region: str
    epci: str | None
    millesime_population: int
    a_contour: bool


def read_fiches(referentiel: Referentiel) -> Mapping[str, Fiche]:
    """Every present commune, by code."""
    communes = referentiel.communes
    columns = (_values(communes[name]) for name in Fiche._fields[1:])
    codes = map(intern, communes.index)
    return {row[0]: Fiche(*row) for row in zip(codes, *columns, strict=True)}


def enumerate_noms(noms: Sequence[str], maximum: int) -> str:
    """These names as a list in a sentence, those beyond the maximum only counted."""
    # "et 1 autre" would take more room than the name.
    names = list(noms if len(noms) <= maximum + 1 else noms[:maximum])
    if len(names) < len(noms):
        names.append(pluriel(len(noms) - len(names), "autre"))
    return enumeration(names)


def _values(column: pd.Series) -> list[object]:
    """The values as plain Python: None when not known, and one string for all equal ones."""
    values = column.tolist()
    if not isinstance(column.dtype, pd.StringDtype):
        return values
    return [intern(value) if isinstance(value, str) else None for value in values]
