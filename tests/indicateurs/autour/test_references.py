from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.indicateurs.autour.references import declared, load_publiees
from cpts_geo.socle.declarations import DeclarationInvalideError

DEPARTEMENTS = pd.Series(
    [12.0, None, 14.5],
    pd.MultiIndex.from_tuples([("pauvrete / x / y / 2021", code) for code in ("31", "971", "FR")]),
)
EPCI = pd.DataFrame({"pauvrete_2021": [17.3, None]}, index=["243100518", "200000172"])
BASSINS = pd.DataFrame({"pauvrete": [16.9, None]}, index=["31555", "01004"])


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "references.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_values_of_every_kind_of_zone_are_put_together(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        """
        [[reference]]
        indicateur = "taux"
        departements = "pauvrete / x / y / 2021"
        intercommunalites = "pauvrete_2021"
        bassins = "pauvrete"
        source = "insee"
        valeurs = { R76 = 16.8, FR = 15.3 }
        """,
    )
    publiees = load_publiees(DEPARTEMENTS, EPCI, BASSINS, place)["taux"]
    assert publiees.valeurs == {"E243100518": 17.3, "B31555": 16.9, "D31": 12.0, "R76": 16.8, "FR": 15.3}
    assert publiees.departements == {"31": 12.0}


@pytest.mark.parametrize("text", ["valeurs = { FR = 1.0 }", 'source = "insee"'])
def test_a_value_is_not_declared_without_its_source(tmp_path: Path, text: str) -> None:
    with pytest.raises(DeclarationInvalideError, match="source"):
        declared(folder(tmp_path, f'[[reference]]\nindicateur = "taux"\n{text}'))


@pytest.mark.parametrize(
    "text", ['departements = "rien / x / y / 2021"', 'intercommunalites = "rien"', 'bassins = "rien"']
)
def test_a_figure_that_is_nowhere_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="Références sans chiffre"):
        load_publiees(
            DEPARTEMENTS, EPCI, BASSINS, folder(tmp_path, f'[[reference]]\nindicateur = "taux"\n{text}')
        )
