"""Figures of Insee by département, in the form of the others."""

import pandas as pd

from cpts_geo.sources.lecteurs.departements import COLUMNS, INSEE, join, read_insee
from tests.sources.lecteurs.conftest import Depose

EXPORT = f"""Insee - Statistiques locales; ;
Référentiel géographique : France par département; ;
Code;Libellé;Pharmacie;{";".join(INSEE)}
31;Haute-Garonne;400;86.5;82;1,5;13.6;24060
971;Guadeloupe;150;84.1;77.1;2.9;N/A - résultat non disponible;N/A - résultat non disponible
"""


def test_life_expectancy_and_incomes(depose: Depose) -> None:
    found = read_insee(depose("besoins/insee_esperance_vie_departements_2024.csv", EXPORT))
    assert list(found) == COLUMNS
    keys = ["departement", "theme", "sexe", "annee"]
    figures = found.drop_duplicates([*keys, "libelle"]).set_index([*keys, "libelle"])["valeur"]
    life = "Espérance de vie à la naissance"
    assert figures["31", "esperance_vie", "Femmes", 2024, life] == 86.5
    assert figures["31", "esperance_vie", "Hommes", 2024, life] == 82
    assert figures["31", "mortalite_prematuree", "Tous sexes", 2024, "Mortalité de 0 à 64 ans"] == 1.5
    assert figures["31", "revenus", "Tous sexes", 2021, "Taux de pauvreté"] == 13.6
    assert figures["31", "revenus", "Tous sexes", 2021, "Niveau de vie médian"] == 24060
    overseas = found[found["departement"] == "971"]
    assert set(overseas["theme"]) == {"esperance_vie", "mortalite_prematuree"}, "N/A has no row"
    assert found[["numerateur", "denominateur"]].isna().all(axis=None), "no count behind them"


def test_tables_are_joined_in_one_order() -> None:
    def row(departement: str, theme: str) -> pd.DataFrame:
        return pd.DataFrame([[departement, theme, "x", "Tous sexes", 2024, 1.0, 1, 1]], columns=COLUMNS)

    tables = [row("31", "b"), row("01", "b"), row("31", "a")]
    expected = [("a", "31"), ("b", "01"), ("b", "31")]
    for order in (tables, tables[::-1]):
        joined = join(order)
        assert list(zip(joined["theme"], joined["departement"], strict=True)) == expected
