"""Inhabitants by level: all of a commune at one, those of a city at several, nobody's where it is unknown."""

import pandas as pd

from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.lecteurs.zonage import read_frr, read_zonage, read_zonage_generalistes
from tests.sources.lecteurs.conftest import Depose

PROFESSIONS = ("infirmiers", "kines", "dentistes", "orthophonistes", "sages_femmes")
GENERALISTES = """code,nom,zonage,appariement
01001,A,1_ZIP,direct
01002,B,4_ZAR,nom proche
69381,Lyon 1er,2_ZAC,direct
69382,Lyon 2e,3_HZ,direct
97401,R,N/A,direct
"""
FRR = """Code_insee;Departement;Commune;Classement FRR et FRR+ au 10 juillet 2025;
01001;01;A;FRR+;
01002;01;B;FRR socle;
69123;69;Lyon;Non classée;
93066;93;Saint-Denis;Classée FRR partiellement;
97401;974;R;FRR bénéficiaire;
"""


def test_general_practitioners(depose: Depose, pays: Passage, populations: pd.Series) -> None:
    raw = depose("zonages/zonage_generalistes_2025.csv", GENERALISTES)
    found = read_zonage_generalistes(raw, pays, populations).filter(like="zonage_generalistes_")
    assert list(found) == [f"zonage_generalistes_{level}" for level in ("zip", "zac", "zar", "hors")]
    assert found.loc["01001"].tolist() == [100, 0, 0, 0]
    assert found.loc["01002"].tolist() == [0, 0, 50, 0]
    assert found.loc["69123"].tolist() == [0, 100, 0, 300], "a city by its arrondissements"


def test_no_level_is_no_inhabitant_anywhere(depose: Depose, pays: Passage, populations: pd.Series) -> None:
    raw = depose("zonages/zonage_generalistes_2025.csv", GENERALISTES)
    found = read_zonage_generalistes(raw, pays, populations)
    assert found.loc["97401"].isna().all(), "N/A"
    assert found.loc["93066"].isna().all(), "absent from the file"


def test_ruralities_leave_out_a_commune_classed_in_part(
    depose: Depose, pays: Passage, populations: pd.Series
) -> None:
    found = read_frr(depose("zonages/frr_communes_2025.csv", FRR), pays, populations)
    assert list(found) == ["frr_plus", "frr_socle", "frr_beneficiaire", "frr_hors"]
    assert found.loc["01001"].tolist() == [100, 0, 0, 0]
    assert found.loc["01002"].tolist() == [0, 50, 0, 0]
    assert found.loc["97401"].tolist() == [0, 0, 200, 0]
    assert found.loc["69123"].tolist() == [0, 0, 0, 400]
    assert found.loc["93066"].isna().all()


def test_a_former_commune_speaks_for_the_present_one(
    depose: Depose, pays: Passage, populations: pd.Series
) -> None:
    export = "CartoSanté;;\nFrance;;\nCode;Libellé;Zonage\n93059;Ancienne;2_Sous_dotee\n01001;A;5_Sur_dotee\n"
    raw = [depose(f"zonages/zonage_{name}.csv", export) for name in PROFESSIONS][-1]
    found = read_zonage(raw, pays, populations)
    assert found.loc["93066", "zonage_infirmiers_sous_dotee"] == 1000
    assert found.loc["01001", "zonage_sages_femmes_sur_dotee"] == 100
    assert found.loc["01002"].isna().all()
