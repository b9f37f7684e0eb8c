"""The three official layouts of the BPE give the same counts."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.lecteurs.passage import Passage
from cpts_geo.sources.officiel import officiel_bpe
from cpts_geo.sources.officiel.officiel_bpe import EQUIPEMENTS

CODES = list(EQUIPEMENTS["bpe_2024"])
# Counts of general practitioners (D265); every other type is counted once in 01001.
COUNTS = {"01001": 3, "01002": 2, "01004": 1, "69381": 5, "69382": 4}
HEADER = (
    "GEO;GEO_OBJECT;FACILITY_DOM;FACILITY_SDOM;FACILITY_TYPE;BPE_MEASURE;UNIT_MEASURE;OBS_STATUS;UNIT_MULT;"
    "TIME_PERIOD;OBS_VALUE"
)


@pytest.fixture
def passage() -> Passage:
    return Passage(
        communes=pd.Index(["01001", "01004", "23176", "69123"], name="code"),
        arrondissements={"69381": "69123", "69382": "69123"},
        anciens={"01002": "01004"},
    )


def facilities(codes: list[str]) -> list[tuple[str, str, int]]:
    practitioners = [(commune, "D265", count) for commune, count in COUNTS.items() if "D265" in codes]
    return practitioners + [("01001", code, 1) for code in codes if code != "D265"]


def long_file(folder: Path, codes: list[str]) -> Path:
    """One row a commune and type; subtotals, other zones, other measures and other years among them."""
    rows = [
        f"{commune};{'ARM' if commune > '69380' else 'COM'};D;D2;{code};FACILITIES;NR;A;0;2025;{count}"
        for commune, code, count in facilities(codes)
    ]
    rows += [
        "69123;COM;D;D2;D265;FACILITIES;NR;A;0;2025;9",
        "01001;COM;D;D2;_T;FACILITIES;NR;A;0;2025;99",
        "01;DEP;D;D2;D265;FACILITIES;NR;A;0;2025;60",
        "01001;COM;D;D2;D265;ROOMS;NR;A;0;2025;77",
        "01001;COM;D;D2;D265;FACILITIES;NR;A;0;2024;8",
        "01001;COM;A;A1;A128;FACILITIES;NR;A;0;2025;1",
    ]
    path = folder / "DS_BPE_2025_CSV_FR.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("DS_BPE_2025_metadata.csv", "COD_VAR;LIB_VAR\n")
        packed.writestr("DS_BPE_2025_data.csv", "\n".join([HEADER, *rows]))
    return path


def detailed_file(folder: Path, codes: list[str]) -> Path:
    """One row an équipement; the year is in the name of the file of the archive."""
    rows = [
        f"2025;NOM;{commune};{code};45.1;5.2"
        for commune, code, count in facilities(codes)
        for _ in range(count)
    ]
    path = folder / "BPE25.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "BPE25.csv",
            "\n".join(["GEO;NOMRS;DEPCOM;TYPEQU;LATITUDE;LONGITUDE", *rows, "2025;X;01001;C107;;"]),
        )
    return path


def theme_workbook(folder: Path, codes: list[str]) -> Path:
    """Sheets COM and ARM: four rows of titles, labels, technical names; then sheets of notes."""
    book = openpyxl.Workbook()
    tables = {"COM": ["01001", "01002", "01004", "23176"], "ARM": ["69381", "69382"]}
    counts = {(commune, code): count for commune, code, count in facilities(codes)}
    for name, communes in tables.items():
        page = book.create_sheet(name)
        page.append(["BPE 2025 - Base permanente des équipements : services santé"])
        page.append(["France - Communes"])
        page.append(["Mise en ligne le 06/07/2026       Géographie au 01/01/2026"])
        page.append(["©Insee       Source(s) : Insee, Base permanente des équipements 2025"])
        page.append(
            ["CODGEO", "Libellé commune ou ARM", "Région", "Département", *(f"Type {code}" for code in codes)]
        )
        page.append(["CODGEO", "LIBGEO", "REG", "DEP", *(f"NB_{code}" for code in codes)])
        for commune in communes:
            page.append([commune, "Nom", "84", "01", *(counts.get((commune, code), 0) for code in codes)])
    book.create_sheet("Variables").append(["Variables"])
    book.create_sheet("Documentation").append(["Documentation"])
    del book["Sheet"]
    path = folder / "equip-serv-sante-com-2025.xlsx"
    book.save(path)
    return path


BUILDERS = [long_file, detailed_file, theme_workbook]


@pytest.mark.parametrize("build", BUILDERS)
def test_every_layout_gives_the_same_counts(
    tmp_path: Path, passage: Passage, build: Callable[[Path, list[str]], Path]
) -> None:
    edition = officiel_bpe.read([build(tmp_path, CODES)], passage, None)
    table = edition.tables["bpe_2024"]
    assert edition.millesime == "2025"
    assert table["medecins_generalistes"].to_dict() == {"01001": 3, "01004": 3, "23176": 0, "69123": 9}
    assert table["pharmacies"].to_dict() == {"01001": 1, "01004": 0, "23176": 0, "69123": 0}
    assert set(edition.tables) == {"bpe_2024"}, "the other types are not in this file"


@pytest.mark.parametrize("build", BUILDERS)
def test_a_part_of_the_types_is_refused(
    tmp_path: Path, passage: Passage, build: Callable[[Path, list[str]], Path]
) -> None:
    with pytest.raises(ErreurSource, match=r"absents du fichier : D281, D307"):
        officiel_bpe.read(
            [build(tmp_path, [code for code in CODES if code not in ("D281", "D307")])], passage, None
        )


def test_types_left_out_in_2024_are_renewed_when_they_are_back(tmp_path: Path, passage: Passage) -> None:
    back = [*CODES, "D282", "D283", "D246", "D250"]
    tables = officiel_bpe.read([long_file(tmp_path, back)], passage, None).tables
    assert set(tables) == {"bpe_2024", "bpe_2019", "bpe_2021"}
    assert tables["bpe_2019"].loc["01001"].to_dict() == dict.fromkeys(
        ["orthophonistes", "orthoptistes", "audioprothesistes"], 1
    )


def test_former_nomenclature_is_refused(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="aucun des équipements attendus"):
        officiel_bpe.read([theme_workbook(tmp_path, ["D201", "D232"])], passage, None)


def test_asked_year_must_be_there(tmp_path: Path, passage: Passage) -> None:
    with pytest.raises(ErreurSource, match="2030 n’y est pas"):
        officiel_bpe.read([long_file(tmp_path, CODES)], passage, 2030)
    with pytest.raises(ErreurSource, match="2030 n’y est pas"):
        officiel_bpe.read([theme_workbook(tmp_path, CODES)], passage, 2030)


def test_unknown_commune_stops_the_reading(
    tmp_path: Path, passage: Passage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COUNTS, "99999", 1)
    with pytest.raises(ErreurSource, match="99999"):
        officiel_bpe.read([long_file(tmp_path, CODES)], passage, None)


def test_workbook_without_its_sheets_is_refused(tmp_path: Path, passage: Passage) -> None:
    openpyxl.Workbook().save(tmp_path / "vide.xlsx")
    with pytest.raises(ErreurSource, match="feuilles absentes : COM, ARM"):
        officiel_bpe.read([tmp_path / "vide.xlsx"], passage, None)
