"""Perimeters of CPTS: former codes, two names of one, communes of nobody or that nothing is known of."""

import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.cpts import CptsDeclarees, read_cpts
from cpts_geo.sources.lecteurs.passage import Passage
from tests.sources.lecteurs.conftest import Depose

FICHIER = """insee,cpts
01001,CPTS d'Ici
69381,CPTS Ici
93059,CPTS de Là
93066,CPTS de Là
97401,CPTS de Là
"""
COMMUNES = pd.DataFrame(
    {"region": ["93"] * 5 + ["04"]}, ["01001", "01002", "69381", "69382", "93066", "97401"]
)


def corrections(inconnues: dict[str, str], region: str = "93") -> CptsDeclarees:
    return CptsDeclarees(region=region, noms={"CPTS Ici": "CPTS d'Ici"}, inconnues=inconnues)


def test_each_commune_of_the_region_has_its_cpts_or_none(depose: Depose, pays: Passage) -> None:
    raw = depose("zonages/cpts_paca.csv", FICHIER)
    found = read_cpts(raw, pays.by_arrondissement(), COMMUNES, corrections({"97401": "ailleurs"}))
    assert found["cpts"].dropna().to_dict() == {
        "01001": "CPTS d’Ici", "69381": "CPTS d’Ici", "93066": "CPTS de Là",
    }  # fmt: skip
    assert found.index[found["cpts"].isna()].tolist() == ["01002", "69382"], "in none"


def test_a_commune_that_nothing_is_known_of_is_left_out(depose: Depose, pays: Passage) -> None:
    raw = depose("zonages/cpts_paca.csv", FICHIER)
    left = corrections({"97401": "ailleurs", "01001": "homonyme"})
    assert "01001" not in read_cpts(raw, pays.by_arrondissement(), COMMUNES, left).index


@pytest.mark.parametrize(
    ("fichier", "inconnues", "message"),
    [
        (FICHIER, {}, "hors de la région : 97401"),
        (FICHIER, {"97401": "ailleurs", "01002": "?"}, "sans objet : 01002"),
        (FICHIER.replace("93059,CPTS de Là", "93059,CPTS Ici"), {"97401": "ailleurs"}, "deux CPTS : 93066"),
        (FICHIER.replace("CPTS Ici", "CPTS d'Ici"), {"97401": "ailleurs"}, "sans objet : CPTS Ici"),
    ],
)
def test_a_file_that_is_not_what_is_declared_is_refused(
    depose: Depose, pays: Passage, fichier: str, inconnues: dict[str, str], message: str
) -> None:
    raw = depose("zonages/cpts_paca.csv", fichier)
    with pytest.raises(ErreurSource, match=message):
        read_cpts(raw, pays.by_arrondissement(), COMMUNES, corrections(inconnues))
