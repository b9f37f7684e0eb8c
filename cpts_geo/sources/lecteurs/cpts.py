"""ORS Paca: the perimeters of the CPTS of Provence-Alpes-Côte d'Azur, corrected as declared."""

from collections.abc import Mapping

import pandas as pd

from cpts_geo.socle.declarations import Declare, declaration
from cpts_geo.socle.textes import typographie
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage


class CptsDeclarees(Declare):
    """The région that the file covers, and what it is corrected of; see `cpts_paca.toml`."""

    region: str
    noms: Mapping[str, str]
    inconnues: Mapping[str, str]


def declared() -> CptsDeclarees:
    """The declared corrections, read once."""
    return declaration("cpts_paca", CptsDeclarees)


def read_cpts(raw: Brut, units: Passage, communes: pd.DataFrame, corrections: CptsDeclarees) -> pd.DataFrame:
    """The CPTS (its name) of each commune of the région, missing for those that are in none.

    Communes of which the file tells nothing that can be believed are left out.

    Args:
        raw: the raw files.
        units: leads former codes to the communes and arrondissements of today.
        communes: those of today by code, with the column `region`.
        corrections: what the file is corrected of.

    Raises:
        ErreurSource: a commune is in two CPTS or outside the région, or a correction corrects nothing.
    """
    table = pd.read_csv(raw.path("zonages/cpts_paca.csv"), dtype=str)
    _refuse("corrections sans objet", {*corrections.noms} - {*table["cpts"]})
    _refuse("corrections sans objet", {*corrections.inconnues} - {*table["insee"]})
    table = table[~table["insee"].isin(list(corrections.inconnues))]
    names = table["cpts"].replace(dict(corrections.noms)).map(typographie)
    found = pd.DataFrame({"code": units.to_commune(table["insee"]), "cpts": names}).drop_duplicates()
    _refuse("communes dans deux CPTS", {*found["code"][found["code"].duplicated()]})
    covered = communes.index[communes["region"] == corrections.region]
    _refuse("communes hors de la région", {*found["code"]} - {*covered})
    known = covered.difference(list(corrections.inconnues)).rename("code")
    return found.set_index("code").reindex(known)


def _refuse(what: str, wrong: set[str]) -> None:
    if wrong:
        raise ErreurSource(f"CPTS, {what} : {', '.join(sorted(wrong))}")
