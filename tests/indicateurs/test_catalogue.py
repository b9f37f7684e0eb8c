"""The catalogue: complete, consistent, and refused when it is not."""

from pathlib import Path

import pytest

from cpts_geo.indicateurs.catalogue import Catalogue, load_catalogue
from cpts_geo.socle.chemins import DECLARATIONS

TEXT = (DECLARATIONS / "indicateurs.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def declared() -> Catalogue:
    return load_catalogue()


def test_every_indicator_is_told(declared: Catalogue) -> None:
    assert len(declared.indicateurs) > 100
    for indicateur in declared.indicateurs:
        assert indicateur.definition.endswith("."), indicateur.code
        assert indicateur.source.millesime, indicateur.code
        assert indicateur.unite, indicateur.code


def test_labels_are_distinct_in_a_family(declared: Catalogue) -> None:
    for famille in declared.familles:
        labels = [(item.libelle, item.unite) for item in declared.famille(famille)]
        assert len(set(labels)) == len(labels)
        assert labels


def test_panel_is_made_of_declared_indicators(declared: Catalogue) -> None:
    assert [declared[code].code for code in declared.panneau] == list(declared.panneau)
    assert "densite_medecins_generalistes" in declared.densites


def test_unknown_code(declared: Catalogue) -> None:
    with pytest.raises(KeyError):
        declared["inconnu"]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('code = "densite_population"', 'code = "population_municipale"', "même code"),
        ('agregation = "somme"', 'agregation = "moyenne"', "agrégation inconnue"),
        ('sens = "neutre"', 'sens = "droite"', "sens inconnu"),
        ('famille = "population"', 'famille = "autre"', "famille inconnue"),
        ('denominateur = ["superficie_km2"]', "", "dénominateur manquant"),
    ],
)
def test_senseless_declaration_is_refused(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in TEXT
    path = tmp_path / "indicateurs.toml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_catalogue(path)
