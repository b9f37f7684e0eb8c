"""CPTS that exist already: in one, in none, or nothing known."""

import pandas as pd
import pytest

from cpts_geo.communes.cpts import CptsExistantes

KNOWN = CptsExistantes(
    pd.Series({"13001": "CPTS B", "13002": "CPTS A", "13003": None, "13004": "CPTS B"}, dtype=object)
)


def test_a_commune_is_in_a_cpts_in_none_or_unknown() -> None:
    codes = ("13003", "13004", "31555", "13002")
    assert KNOWN.connues(codes) == ("13003", "13004", "13002")
    assert KNOWN.sans_cpts(codes) == ("13003",)
    assert KNOWN.par_cpts(codes) == {"CPTS A": ("13002",), "CPTS B": ("13004",)}


def test_each_cpts_has_its_communes() -> None:
    assert KNOWN.noms == ("CPTS A", "CPTS B")
    assert KNOWN.communes("CPTS B") == ("13001", "13004")
    with pytest.raises(KeyError):
        KNOWN.communes("CPTS C")
