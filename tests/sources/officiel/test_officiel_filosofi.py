"""Insee's files of incomes: the wide one of 2021 with its secrets, the long one since."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel import officiel_filosofi

MEDIANE, PAUVRETE = "niveau_vie_median_2021", "taux_pauvrete_2021"
PERSONNES = "personnes_menages_fiscaux_2021"
WIDE = """CODGEO;NBMENFISC21;NBPERSMENFISC21;MED21;PIMP21;TP6021;TP60AGE121
01001;346;895;25820;s;s;s
01004;6855;15092;21660;50,0;17,5;17,0
09304;nd;nd;nd;nd;nd;nd
01002;40;90;20000;s;s;s
69381;8414;14945;35030;71,0;12,0;20,0
69123;100;200;24000;60,0;15,0;ns
"""
HEADER = (
    '"GEO";"GEO_OBJECT";"FILOSOFI_MEASURE";"UNIT_MEASURE";"UNIT_MULT";"CONF_STATUS";"OBS_STATUS";'
    '"TIME_PERIOD";"OBS_VALUE"'
)
LONG = [
    ("01001", "COM", "MED_SL", "F", "A", 2023, "26000"),
    ("01001", "COM", "PR_MD60", "C", "M", 2023, ""),
    ("01004", "COM", "MED_SL", "F", "A", 2023, "22000"),
    ("01004", "COM", "PR_MD60", "F", "A", 2023, "18.5"),
    ("01004", "COM", "MED_SL", "F", "A", 2022, "21000"),
    ("01004", "COM", "D1_SL", "F", "A", 2023, "11000"),
    ("09304", "COM", "MED_SL", "F", "O", 2023, ""),
    ("69381", "ARM", "MED_SL", "F", "A", 2023, "36000"),
    ("01", "DEP", "MED_SL", "F", "A", 2023, "25000"),
    ("200000172", "EPCI", "MED_SL", "F", "A", 2023, "27000"),
    ("200000172", "EPCI", "PR_MD60", "F", "A", 2023, "9.1"),
]


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01001", "01004", "09304", "69123"], name="code"),
        arrondissements={"69381": "69123"},
        anciens={"01002": "01004"},
    )


def archive(path: Path, rows: list[tuple[object, ...]]) -> Path:
    """The zip of Insee: the data beside a file of metadata."""
    lines = [
        f'"{geo}";"{kind}";"{measure}";"EUR_YR";"0";"{conf}";"{status}";{year};{value}'
        for geo, kind, measure, conf, status, year, value in rows
    ]
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("DS_FILOSOFI_CC_2023_metadata.csv", "COD_VAR;LIB_VAR\nGEO;Géographie\n")
        packed.writestr("DS_FILOSOFI_CC_2023_data.csv", "\n".join([HEADER, *lines]))
    return path


def test_wide_file_with_its_secrets_and_commas(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "cc_filosofi_2021_COM.csv"
    path.write_text(WIDE)
    edition = officiel_filosofi.read([path], passage, None)
    table = edition.tables["filosofi_2021"]
    assert (edition.millesime, edition.lignes["filosofi_2021"]) == ("2021", 6)
    assert table.loc["01004", [MEDIANE, PAUVRETE, PERSONNES]].tolist() == [21660, 17.5, 15092]
    assert table.loc["01001", MEDIANE] == 25820
    assert pd.isna(table.loc["01001", PAUVRETE])
    assert table.loc["09304"].isna().all()
    assert table.loc["69123", MEDIANE] == 24000, "never the figure of an arrondissement"


def test_wide_file_names_its_year_in_its_columns(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "communes.csv"
    path.write_text(WIDE.replace("21;", "24;").replace("MED21", "MED24"))
    assert officiel_filosofi.read([path], passage, None).millesime == "2024"
    with pytest.raises(ErreurSource, match="2021 n’y est pas"):
        officiel_filosofi.read([path], passage, 2021)


def test_wide_file_may_be_in_its_zip(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "filosofi.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("meta_cc_filosofi_2021_COM.csv", "COD_VAR;LIB_VAR\n")
        packed.writestr("cc_filosofi_2021_COM.csv", WIDE)
    table = officiel_filosofi.read([path], passage, None).tables["filosofi_2021"]
    assert table.loc["01001", MEDIANE] == 25820


def test_long_file_by_commune_and_epci(tmp_path: Path, passage: Passage) -> None:
    edition = officiel_filosofi.read([archive(tmp_path / "filosofi.zip", LONG)], passage, None)
    communes, epci = edition.tables["filosofi_2021"], edition.tables["filosofi_2021_epci"]
    assert edition.millesime == "2023"
    assert edition.lignes == {"filosofi_2021": 3, "filosofi_2021_epci": 1}
    assert communes.loc["01004", [MEDIANE, PAUVRETE]].tolist() == [22000, 18.5]
    assert pd.isna(communes.loc["01001", PAUVRETE]), "hidden is missing, never zero"
    assert communes.loc[["09304", "69123"]].isna().all(axis=None)
    assert epci.loc["200000172", [MEDIANE, PAUVRETE]].tolist() == [27000, 9.1]
    assert PERSONNES not in communes, "the file does not give it any more"


def test_long_file_holds_several_years(tmp_path: Path, passage: Passage) -> None:
    table = officiel_filosofi.read([archive(tmp_path / "filosofi.zip", LONG)], passage, 2022)
    assert table.tables["filosofi_2021"].loc["01004", MEDIANE] == 21000
    assert "filosofi_2021_epci" not in table.tables


def test_figure_given_twice_is_refused(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="deux fois"):
        officiel_filosofi.read([archive(tmp_path / "filosofi.zip", [*LONG, LONG[0]])], passage, None)


def test_another_file_is_refused(tmp_path: Path, passage: Passage) -> None:
    path = tmp_path / "autre.csv"
    path.write_text("code;valeur\n01001;3\n")
    with pytest.raises(ErreurSource, match="n’a pas la forme"):
        officiel_filosofi.read([path], passage, None)
    with zipfile.ZipFile(tmp_path / "autre.zip", "w") as packed:
        packed.writestr("lisez-moi.txt", "rien")
    with pytest.raises(
        ErreurSource, match=r"ne contient pas le fichier attendu \(elle contient lisez-moi.txt\)"
    ):
        officiel_filosofi.read([tmp_path / "autre.zip"], passage, None)
    with pytest.raises(ErreurSource, match="un seul fichier"):
        officiel_filosofi.read([path, path], passage, None)
