"""Every declared chart has its series, over any territory."""

import pytest

from cpts_geo.analyse.series.contexte import contexte
from cpts_geo.analyse.series.declares import declares
from cpts_geo.analyse.series.toutes import familles, serie, series_de
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire

OLERON = donnees().referentiel.codes("epci", "241700624")
EXPECTED = {
    "population": ["evolution", "pyramide", "etat_civil"],
    "missions": ["medecin_traitant", "urgences", "causes_deces"],
    "offre": ["densites", "apl", "ages_generalistes", "zonage_generalistes", "zonage"],
}


def test_the_families_that_have_charts() -> None:
    assert familles() == set(EXPECTED) <= set(donnees().catalogue.familles)


@pytest.mark.parametrize("codes", [OLERON, ("97611",), ("75113",), ("15031",), ("2A004", "2B033")])
def test_every_family_has_its_series_without_gaps(codes: tuple[str, ...]) -> None:
    context = contexte(
        Territoire("France", codes),
        donnees().agregateur,
        donnees().catalogue,
        donnees().referentiel,
        donnees().chroniques,
    )
    for famille, expected in EXPECTED.items():
        made = series_de(famille, context)
        assert [each.code for each in made] == expected
        for each in made:
            assert each.titre == declares().graphique[each.code].titre
            assert "nan" not in each.texte.lower().replace("finance", "")
            assert len(set(each.table.columns)) == len(each.table.columns)


def test_a_chart_that_is_not_declared_has_no_series() -> None:
    context = contexte(
        Territoire("Tulle", ("19272",)),
        donnees().agregateur,
        donnees().catalogue,
        donnees().referentiel,
        donnees().chroniques,
    )
    with pytest.raises(KeyError):
        serie("inconnu", context)  # type: ignore[arg-type]
