"""Physicians by commune: 0 is none, but where the file has no row and the département has physicians left."""

from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.odf import COUNTS, read_odf_communes
from cpts_geo.sources.lecteurs.passage import Passage

INSURED = {"rg_pop": 1000, "rg_0_15": 200, "rg_65": 150, "pccol_50_74": 70.0}
# Orée d'Anjou has an empty row, in a département that has eight physicians more than its rows; so has
# Aurseulles, whose département has none.
ROWS = {
    "49007": ("D49", 740, INSURED),
    "49126": ("D49", 0, {}),
    "49999": ("D49", 0, INSURED),
    "14118": ("D14", 600, INSURED),
    "14581": ("D14", 0, {}),
}
PUBLISHED = {"D49": 748, "D14": 600}


def row(physicians: int, insured: dict[str, float]) -> dict[str, float]:
    counts = dict.fromkeys(COUNTS, 100 if insured else 0)
    return (
        dict.fromkeys(INSURED, 0) | insured | counts | {"mgen_odf": physicians, "mgen_odf60": physicians // 4}
    )


@pytest.fixture
def raw(tmp_path: Path) -> Brut:
    (tmp_path / "besoins").mkdir()
    communes = pd.DataFrame({code: row(count, own) for code, (_, count, own) in ROWS.items()}).T
    communes = communes.assign(dep=[dep for dep, *_ in ROWS.values()], epci="1")
    communes.rename_axis("code").to_csv(tmp_path / "besoins" / "odf2024_communes_arm.csv")
    zones = pd.DataFrame({code: row(count, INSURED) for code, count in PUBLISHED.items()}).T
    zones.rename_axis("id").to_csv(tmp_path / "besoins" / "odf2024_supra.csv")
    return Brut(tmp_path, tmp_path)


def test_physicians_are_none_or_missing(raw: Brut) -> None:
    passage = Passage(pd.Index(list(ROWS), name="code"), {}, {})
    found = read_odf_communes(raw, passage)["generalistes_liberaux"]
    assert pd.isna(found["49126"])
    assert found[["49007", "49999", "14118", "14581"]].tolist() == [740, 0, 600, 0]
