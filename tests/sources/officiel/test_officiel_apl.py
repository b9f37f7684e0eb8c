"""The workbooks of the DREES, in their two layouts, rebuilt cell by cell."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel import officiel_apl

LEVELS = {
    "medecins": [
        "APL aux médecins généralistes",
        "APL aux médecins généralistes de 65 ans et moins ",
        "APL aux médecins généralistes de 62 ans et moins",
        "APL aux médecins généralistes de 60 ans et moins",
    ],
    "infirmiers": ["APL aux infirmières"],
    "kines": ["APL aux kinésithérapeutes"],
    "dentistes": ["APL aux chirurgiens-dentistes"],
    "sages_femmes": ["APL aux sages-femmes"],
}
FORMER_LEVELS = {
    "medecins": [
        "APL aux médecins généralistes (sans borne d'âge)",
        "APL aux médecins généralistes de 65 ans et moins",
        "APL aux médecins généralistes de 62 ans et moins",
    ],
    "infirmiers": ["APL 2021 aux infirmières de 65 ans et moins"],
    "kines": ["APL 2021 aux masseuses-kinésithérapeutes de 65 ans et moins"],
    "dentistes": ["APL 2021 aux chirurgiens-dentistes de 65 ans et moins"],
    "sages_femmes": ["APL 2021 aux sages-femmes"],
}
STANDARD = "Population standardisée par la consommation de soins par tranche d'âge"
# Code, level, standardised population, people: a commune, two merged since, two arrondissements, Mayotte.
COMMUNES = [
    ("01001", 2.0, 800.5, 779),
    ("01004", 3.0, 100.0, 110),
    ("01002", 6.0, 200.0, 190),
    ("69381", 4.0, 300.0, 310),
    ("69382", 1.0, 100.0, 120),
    ("97601", None, None, None),
]


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01001", "01004", "69123", "97601"], name="code"),
        arrondissements={"69381": "69123", "69382": "69123"},
        anciens={"01002": "01004"},
    )


def sheet(book: openpyxl.Workbook, year: int, levels: list[str], factor: float) -> None:
    """A sheet as since the edition of 2022: eight rows of titles, the header, a row of units."""
    page = book.create_sheet(f"APL {year}")
    page.append([f"Accessibilité potentielle localisée (APL) {year}"])
    for _ in range(6):
        page.append([])
    page.append(["Champ : France hors Mayotte."])
    page.append(["Code commune INSEE", "Commune", *levels, STANDARD, f"Population totale {year - 2}"])
    page.append([None, None, *(["En nombre par habitant standardisé"] * len(levels)), "En habitants", None])
    for code, level, weight, people in COMMUNES:
        values = [None if level is None else level * factor - rank / 10 for rank in range(len(levels))]
        page.append([code, "Nom", *values, weight, people])


def recent(folder: Path, profession: str, years: tuple[int, ...] = (2022, 2023, 2024)) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Lisez-moi"
    book.active.append(["L’indicateur d’APL est calculé à partir de l’année 2013"])
    for year in years:
        sheet(book, year, LEVELS[profession], year - 2021)
    path = folder / f"{profession}.xlsx"
    book.save(path)
    return path


def former(folder: Path, profession: str) -> Path:
    """A single sheet that starts with its header, figures as text with a comma here and there."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Sheet1"
    levels = FORMER_LEVELS[profession]
    page.append(["Code commune", "Libellé de la commune", "Population totale", *levels, STANDARD])
    for code, level, weight, people in COMMUNES:
        value = "nd" if level is None else str(level).replace(".", ",")
        page.append([code, "Nom", people, *([value] * len(levels)), weight])
    path = folder / f"APL_{profession}_2021.xlsx"
    book.save(path)
    return path


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [recent(tmp_path, profession) for profession in LEVELS]


def test_newest_year_is_read_and_led_to_present_communes(files: list[Path], passage: Passage) -> None:
    edition = officiel_apl.read(files, passage, None)
    table = edition.tables["apl_2022"]
    assert edition.millesime == "2024"
    assert edition.lignes == {"apl_2022": 6}
    assert table.index.tolist() == passage.communes.tolist()
    assert table.loc["01001", "apl_infirmiers"] == 6
    assert table.loc["01001", "apl_medecins_generalistes_65_ans"] == pytest.approx(5.9)
    assert table.loc["01004", "apl_sages_femmes"] == pytest.approx(3 * (3 * 100 + 6 * 200) / 300)
    assert table.loc["69123", "apl_medecins_generalistes"] == pytest.approx(3 * (4 * 300 + 100) / 400)
    assert table.loc["69123", ["population_standardisee", "population_apl"]].tolist() == [400, 430]


def test_people_of_under_served_places_are_counted_before_cities_are_put_together(
    files: list[Path], passage: Passage
) -> None:
    under = officiel_apl.read(files, passage, 2022).tables["apl_2022"]["population_sous_dense"]
    assert under.loc[["01001", "01004", "69123"]].tolist() == [779, 0, 120]


def test_missing_is_not_zero(files: list[Path], passage: Passage) -> None:
    table = officiel_apl.read(files, passage, None).tables["apl_2022"]
    assert table.loc["97601"].isna().all()


def test_asked_year_is_read_or_refused(files: list[Path], passage: Passage) -> None:
    table = officiel_apl.read(files, passage, 2023).tables["apl_2022"]
    assert table.loc["01001", "apl_masseurs_kinesitherapeutes"] == 4
    with pytest.raises(ErreurSource, match=r"2019 n’y est pas \(millésimes présents : 2022, 2023, 2024\)"):
        officiel_apl.read(files, passage, 2019)


def test_year_is_one_that_every_profession_has(tmp_path: Path, passage: Passage) -> None:
    files = [
        recent(tmp_path, name, (2022, 2023)) for name in ("medecins", "infirmiers", "kines", "dentistes")
    ]
    files.append(recent(tmp_path, "sages_femmes", (2022, 2023, 2024)))
    assert officiel_apl.read(files, passage, None).millesime == "2023"


def test_former_layout_says_the_year_in_its_headers(tmp_path: Path, passage: Passage) -> None:
    files = [former(tmp_path, profession) for profession in FORMER_LEVELS]
    edition = officiel_apl.read(files, passage, None)
    table = edition.tables["apl_2022"]
    assert edition.millesime == "2021"
    assert table.loc["01001", "apl_medecins_generalistes"] == 2
    assert table.loc["69123", "apl_chirurgiens_dentistes"] == 3.25
    assert table.loc["97601"].isna().all()


def test_five_professions_are_needed(files: list[Path], passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="il manque : sages femmes"):
        officiel_apl.read(files[:-1], passage, None)
    with pytest.raises(ErreurSource, match="6 donnés"):
        officiel_apl.read([*files, files[0]], passage, None)


def test_another_workbook_is_refused(tmp_path: Path, files: list[Path], passage: Passage) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Code", "Médecins"])
    book.save(tmp_path / "autre.xlsx")
    with pytest.raises(ErreurSource, match="en-tête introuvable"):
        officiel_apl.read([*files[:-1], tmp_path / "autre.xlsx"], passage, None)
    (tmp_path / "texte.xlsx").write_text("Code commune;APL")
    with pytest.raises(ErreurSource, match="n’est pas un classeur"):
        officiel_apl.read([*files[:-1], tmp_path / "texte.xlsx"], passage, None)


def test_commune_given_twice_is_refused(
    tmp_path: Path, files: list[Path], passage: Passage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.COMMUNES", [*COMMUNES, COMMUNES[0]])
    files[-1] = recent(tmp_path, "sages_femmes")
    with pytest.raises(ErreurSource, match="deux fois : 01001"):
        officiel_apl.read(files, passage, None)
