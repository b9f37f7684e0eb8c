"""The charts of the report draw the figures of the report."""

import math

import pytest

from cpts_geo.communes.referentiel import referentiel
from cpts_geo.dessin.graphiques_rapport import Contexte, GraphiqueRapport, contexte, graphiques
from cpts_geo.indicateurs.agregation import agregateur
from cpts_geo.indicateurs.catalogue import catalogue
from cpts_geo.indicateurs.chroniques import chroniques
from cpts_geo.projet.territoire import Territoire

OLERON = referentiel().codes("epci", "241700624")
EXPECTED = {
    "population": ["evolution", "pyramide", "etat_civil"],
    "missions": ["medecin_traitant", "urgences", "causes_deces"],
    "offre": ["densites", "apl", "ages_generalistes", "zonage"],
}


def of(nom: str, *codes: str) -> Contexte:
    return contexte(Territoire(nom, codes), agregateur(), catalogue(), referentiel(), chroniques())


def chart(code: str, context: Contexte) -> GraphiqueRapport:
    drawn = [each for famille in EXPECTED for each in graphiques(famille, context)]
    return next(each for each in drawn if each.code == code)


@pytest.mark.parametrize("codes", [OLERON, ("97611",), ("75056",), ("15031",), ("2A004", "2B033")])
def test_every_family_has_its_charts_without_gaps(codes: tuple[str, ...]) -> None:
    context = of("France", *codes)
    for famille, expected in EXPECTED.items():
        drawn = graphiques(famille, context)
        assert [each.code for each in drawn] == expected
        for each in drawn:
            assert each.titre
            assert "nan" not in each.texte.lower().replace("finance", "")
            assert len(set(each.table.columns)) == len(each.table.columns)
            if each.figure is not None:
                assert "NaN" not in each.figure.to_json()


def test_an_empty_territory_has_no_chart() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        of("Vide")


def test_what_is_not_known_is_not_drawn() -> None:
    assert chart("evolution", of("Mayotte", "97611")).figure is None
    assert chart("urgences", of("Paris", "75056")).figure is None
    assert chart("evolution", of("Oléron", *OLERON)).figure is not None


def test_densities_are_those_of_the_territory() -> None:
    context = of("Oléron", *OLERON)
    drawn = chart("densites", context)
    value = agregateur().territoire(OLERON)["densite_medecins_generalistes"].valeur
    assert drawn.table.loc[0, "Territoire"] == value
    assert drawn.figure is not None
    assert drawn.figure.data[0].x[0] == pytest.approx(value)
    assert [trace.name for trace in drawn.figure.data] == [
        "Oléron",
        "Charente-Maritime",
        "Nouvelle-Aquitaine",
        "France",
    ]


def test_levels_of_the_zoning_add_up_to_everyone() -> None:
    table = chart("zonage", of("Oléron", *OLERON)).table
    for _, row in table.iterrows():
        shares = [share for share in row.iloc[1:] if share is not None and not math.isnan(share)]
        assert sum(shares) == pytest.approx(100, abs=0.2)


def test_causes_of_death_show_every_departement() -> None:
    table = chart("causes_deces", of("Oléron", *OLERON)).table
    assert len(table) == 101
    own = table.loc[table["Département"] == "Charente-Maritime"].iloc[0, 1]
    assert own == pytest.approx(agregateur().departement("17")["mortalite_toutes_causes"].valeur)


def test_overseas_the_region_is_not_drawn_twice() -> None:
    assert [zone.colonne for zone in of("Basse-Terre", "97105").zones] == [
        "Territoire",
        "Guadeloupe",
        "France",
    ]


def test_a_name_is_text_in_a_chart() -> None:
    drawn = chart("densites", of("<b>x</b>", *OLERON))
    assert drawn.figure is not None
    assert drawn.figure.data[0].name == "&lt;b&gt;x&lt;/b&gt;"
