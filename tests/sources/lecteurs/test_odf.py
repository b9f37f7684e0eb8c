"""Published totals of zones: those that hold more than the zone stand for nothing."""

import pandas as pd

from cpts_geo.sources.lecteurs.odf import publishable


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
