"""Published totals of zones, and physicians by commune: what is of others, or in no row, is missing."""

import pandas as pd

from cpts_geo.sources.lecteurs.odf import COUNTS, publishable, read_odf_communes
from cpts_geo.sources.lecteurs.passage import Passage
from tests.sources.lecteurs.conftest import Depose

INSURED = {"rg_pop": 1000, "rg_0_15": 200, "rg_65": 150, "pccol_50_74": 70.0}
# Orée d'Anjou has an empty row in a département that has eight physicians more than its rows; so has
# Aurseulles, in one whose rows have them all.
COMMUNES = {
    "49007": ("D49", 740, INSURED),
    "49126": ("D49", 0, {}),
    "49999": ("D49", 0, INSURED),
    "14118": ("D14", 600, INSURED),
    "14581": ("D14", 0, {}),
}
PUBLISHED = {"D49": 748, "D14": 600}


def row(physicians: int, insured: dict[str, float]) -> dict[str, float]:
    counts = dict.fromkeys(COUNTS, 100 if insured else 0)
    doctors = {"mgen_odf": physicians, "mgen_odf60": physicians // 4}
    return dict.fromkeys(INSURED, 0) | insured | counts | doctors


def test_physicians_are_none_unless_the_row_is_empty_and_some_are_nowhere(depose: Depose) -> None:
    communes = pd.DataFrame({code: row(count, own) for code, (_, count, own) in COMMUNES.items()}).T
    communes = communes.assign(dep=[dep for dep, *_ in COMMUNES.values()], epci="1")
    zones = pd.DataFrame({code: row(count, INSURED) for code, count in PUBLISHED.items()}).T
    depose("besoins/odf2024_communes_arm.csv", communes.rename_axis("code").to_csv())
    raw = depose("besoins/odf2024_supra.csv", zones.rename_axis("id").to_csv())
    found = read_odf_communes(raw, Passage(pd.Index(list(COMMUNES), name="code"), {}, {}))
    doctors = found["generalistes_liberaux"]
    assert pd.isna(doctors["49126"])
    assert doctors[["49007", "49999", "14118", "14581"]].tolist() == [740, 0, 600, 0]


def test_guadeloupe_has_no_published_total() -> None:
    zones = pd.DataFrame({"assures": [425_640.0, 366_035.0, 66_291_988.0]}, index=["D971", "D972", "FR"])
    found = publishable(zones)["assures"]
    assert pd.isna(found["D971"]), "with Saint-Martin and Saint-Barthélemy"
    assert found[["D972", "FR"]].tolist() == [366_035, 66_291_988]
    assert zones["assures"].notna().all(), "the rates of the département are still drawn from it"


def test_what_others_publish_for_guadeloupe_is_kept() -> None:
    zones = pd.DataFrame({"assures": [425_640.0]}, index=pd.Index(["D971"], name="zone"))
    others = pd.DataFrame({"foyers_rsa": [39_405.0]}, index=pd.Index(["D971"], name="zone"))
    joined = publishable(zones).join(others)
    assert joined.loc["D971", "foyers_rsa"] == 39_405
