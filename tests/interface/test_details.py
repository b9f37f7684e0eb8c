"""What is told of an error finds it, and says nothing that is private."""

from datetime import datetime

from cpts_geo.communes.toponymes import de
from cpts_geo.interface.details import details
from cpts_geo.socle.chemins import ROOT


def failure() -> Exception:
    try:
        de(None)  # type: ignore[arg-type]
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error
    raise AssertionError


def test_the_deepest_of_our_functions_comes_last_without_the_folders_of_the_server() -> None:
    told = details(failure(), "a1b2", datetime(2026, 5, 3, 14, 5)).splitlines()  # noqa: DTZ001 - local
    assert told[0].startswith("cpts-geo, erreur a1b2, le 03/05/2026 à 14:05:00\u00a0: ")
    assert told[1].startswith("tests/interface/test_details.py:")
    assert told[-1].startswith("cpts_geo/communes/toponymes.py:")
    assert str(ROOT) not in "\n".join(told)


def test_nothing_of_its_message_is_told() -> None:
    assert "secret" not in details(ValueError("secret"), "a", datetime(2026, 1, 1))  # noqa: DTZ001
