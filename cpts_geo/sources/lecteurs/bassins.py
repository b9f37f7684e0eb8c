"""CartoSanté and Insee: figures of bassins de vie, for what communes do not have or hide."""

import pandas as pd

from cpts_geo.sources.brut import Brut

CARTOSANTE = {"Densité d'orthophonistes lib. 2024": "orthophonistes_2024"}
INSEE = {
    "Taux de pauvreté 2021": "taux_pauvrete_2021",
    "Médiane du niveau de vie 2021": "niveau_vie_median_2021",
}


def read_bassins(raw: Brut, bassins: pd.Index) -> pd.DataFrame:
    """Liberal orthophonistes for 100,000 inhabitants, poverty (%) and median standard of living, by bassin.

    Hidden values are missing. Bassins of overseas collectivities are left out.

    Args:
        raw: the raw files.
        bassins: the codes of the bassins de vie of the communes.
    """
    offer = _table(raw, "offre/cartosante_2024_bassins_de_vie.csv", CARTOSANTE)
    incomes = _table(raw, "population/insee_bassins_de_vie_2021_2024.csv", INSEE)
    return offer.join(incomes, how="outer").reindex(sorted(bassins)).rename_axis("code")


def _table(raw: Brut, name: str, columns: dict[str, str]) -> pd.DataFrame:
    table = pd.read_csv(raw.path(name), sep=";", skiprows=2, dtype=str, encoding="utf-8-sig")
    figures = table.set_index("Code")
    return pd.DataFrame(
        {
            name: pd.to_numeric(figures[column].str.replace(",", "."), errors="coerce")
            for column, name in columns.items()
        }
    )
