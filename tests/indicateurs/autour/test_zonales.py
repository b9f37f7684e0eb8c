"""Figures of zones: that of each commune's own, and their mean weighted by the inhabitants in each."""

import numpy as np
import pandas as pd
import pytest

from cpts_geo.indicateurs.autour.zonales import Zonale

# The fourth commune lies in a zone that the table does not have, the fifth in none.
ZONALE = Zonale(
    np.array(["A", "A", "B", "C", None], dtype=object),
    pd.DataFrame({"lits": [10.0, 20.0], "rendez_vous": [1.0, np.nan]}, index=["A", "B"]),
)
EVERYWHERE = np.arange(5)


def test_a_commune_has_the_figure_of_its_zone() -> None:
    assert ZONALE.valeurs("lits", EVERYWHERE).tolist()[:3] == [10, 10, 20]
    assert np.isnan(ZONALE.valeurs("lits", EVERYWHERE)[3:]).all()


def test_the_mean_is_weighted_by_the_inhabitants_of_each_zone() -> None:
    means = {code: rest for code, *rest in ZONALE.moyennes(np.array([0, 1, 2]), np.array([5.0, 10.0, 45.0]))}
    assert means == {"lits": [(15 * 10 + 45 * 20) / 60, 60], "rendez_vous": [1, 15]}


def test_who_has_no_figure_is_not_covered() -> None:
    means = {code: rest for code, *rest in ZONALE.moyennes(EVERYWHERE, np.full(5, 100.0))}
    assert means["lits"] == [pytest.approx(40 / 3), 300]
    ((_, nothing, covered), _) = ZONALE.moyennes(np.array([3, 4]), np.array([5.0, 5.0]))
    assert np.isnan(nothing)
    assert covered == 0
