"""Insee's populations de référence, with the code in one column or in two."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel import officiel_populations

RECENT = """\
COM;Commune;PMUN;PCAP;PTOT
01001;L'Abergement-Clémenciat;860;14;874
01002;L'Abergement-de-Varey;270;3;273
69381;Lyon 1er Arrondissement;28 000;100;28100
69382;Lyon 2e Arrondissement;30000;100;30100
97101;Les Abymes;50000;400;50400
"""
FORMER = """\
CODREG;REG;CODDEP;CODARR;CODCAN;CODCOM;COM;PMUN;PCAP;PTOT
84;Auvergne-Rhône-Alpes;01;2;08;001;L'Abergement-Clémenciat;860;14;874
84;Auvergne-Rhône-Alpes;01;1;01;002;L'Abergement-de-Varey;270;3;273
84;Auvergne-Rhône-Alpes;69;1;99;381;Lyon 1er Arrondissement;28000;100;28100
84;Auvergne-Rhône-Alpes;69;1;99;382;Lyon 2e Arrondissement;30000;100;30100
01;Guadeloupe;971;1;01;101;Les Abymes;50000;400;50400
"""


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01001", "01004", "69123", "97101", "97601"], name="code"),
        arrondissements={"69381": "69123", "69382": "69123"},
        anciens={"01002": "01004"},
    )


def archive(path: Path, text: str) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("donnees_departements.csv", "DEP;PMUN\n01;600000\n")
        packed.writestr("donnees_communes.csv", text)
        packed.writestr("metadonnees_communes.csv", "COD_VAR;LIB_VAR\n")
    return path


@pytest.mark.parametrize("text", [RECENT, FORMER])
def test_population_of_each_present_commune(tmp_path: Path, passage: Passage, text: str) -> None:
    edition = officiel_populations.read([archive(tmp_path / "ensemble.zip", text)], passage, 2024)
    people = edition.tables["communes"]["population"]
    assert (edition.millesime, edition.lignes["communes"]) == ("2024", 5)
    assert people.loc[["01001", "01004", "69123", "97101"]].tolist() == [860, 270, 58_000, 50_000]
    assert pd.isna(people["97601"]), "Mayotte is not in the file"


def test_year_must_be_said(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="précisez --millesime"):
        officiel_populations.read([archive(tmp_path / "ensemble.zip", RECENT)], passage, None)


def test_another_file_is_refused(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="n’a pas la forme"):
        officiel_populations.read([archive(tmp_path / "ensemble.zip", "COM;PTOT\n01001;3\n")], passage, 2024)
