"""Figures of bassins de vie: hidden ones missing, those of other countries left out."""

import pandas as pd
import pytest

from cpts_geo.sources.lecteurs.bassins import read_bassins
from tests.sources.lecteurs.conftest import Depose

OFFRE = """CartoSanté; ;
Référentiel géographique : France par bassin de vie; ;
Code;Libellé;Densité d'orthophonistes lib. 2024;APL
01004;A;24.7;3
01033;B;0;1,8
977ZZ;Saint-Barthélemy;50;3
"""
REVENUS = """Insee - Statistiques locales; ;
Référentiel géographique : France par bassin de vie; ;
Code;Libellé;Taux de pauvreté 2021;Médiane du niveau de vie 2021
01004;A;11,1;23250
01033;B;N/A - secret statistique;N/A - secret statistique
"""


def test_bassins(depose: Depose) -> None:
    depose("offre/cartosante_2024_bassins_de_vie.csv", OFFRE)
    raw = depose("population/insee_bassins_de_vie_2021_2024.csv", REVENUS)
    found = read_bassins(raw, pd.Index(["01033", "01004", "97105"]))
    assert found.index.tolist() == ["01004", "01033", "97105"]
    assert found.loc["01004"].tolist() == pytest.approx([24.7, 11.1, 23250])
    assert found.loc["01033", "orthophonistes_2024"] == 0, "none is a figure"
    assert found.loc["01033", ["taux_pauvrete_2021", "niveau_vie_median_2021"]].isna().all(), "hidden"
    assert found.loc["97105"].isna().all(), "a bassin that no file has is kept, without figures"
