"""Series of care: the figures of the report, framed as it frames them."""

import pytest

from cpts_geo.analyse.series import soins
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import of

OLERON = donnees().referentiel.codes("epci", "241700624")
MASKED = ("23176", "23097")


@pytest.mark.parametrize("codes", [OLERON, MASKED, ("97105",)], ids=lambda codes: codes[0])
def test_points_are_the_results_of_each_zone(codes: tuple[str, ...]) -> None:
    context = of(*codes)
    made = soins.points(context, "medecin_traitant")
    assert [zone for zone, _ in made.marques] == list(context.zones)
    for zone, points in made.marques:
        for item, point in zip(made.indicateurs, points, strict=True):
            found = zone.resultats[item.code]
            bounds = (found.valeur, found.borne_basse, found.borne_haute)
            assert (point or (None, None, None)) == bounds
    row = made.table.iloc[0]
    assert row["Territoire"] == context.territoire.resultats[made.indicateurs[0].code].valeur


def test_masked_figures_leave_a_doubt() -> None:
    _, points = soins.points(of(*MASKED), "medecin_traitant").marques[0]
    assert any(point and point.bas < point.valeur < point.haut for point in points)


def test_beside_france_everything_is_in_percent_of_it() -> None:
    context = of(*OLERON)
    made = soins.beside_france(context, "apl")
    assert [zone for zone, _ in made.marques] == list(context.zones[:-1]), "France is the line"
    for zone, points in made.marques:
        for item, point in zip(made.indicateurs, points, strict=True):
            own, whole = zone.resultats[item.code].valeur, context.france.resultats[item.code].valeur
            assert own is not None
            assert whole
            assert point is not None
            assert point.valeur == pytest.approx(soins.BASE * own / whole)


def test_shares_of_practitioners_make_up_the_whole() -> None:
    made = soins.ages_generalistes(of(*OLERON), "ages_generalistes")
    older, others = made.parts
    assert len(older.valeurs) == len(made.connues) == 4
    (item,) = made.indicateurs
    assert list(older.valeurs) == [zone.resultats[item.code].valeur for zone in made.connues]
    for share, rest in zip(older.valeurs, others.valeurs, strict=True):
        assert (share or 0) + (rest or 0) == pytest.approx(100)


def test_levels_of_the_zoning_add_up_to_everyone() -> None:
    made = soins.zonage(of(*OLERON), "zonage")
    for row, profession in enumerate(made.professions):
        assert sum(part.valeurs[row] or 0 for part in made.parts) == pytest.approx(100, abs=0.2), profession
    assert list(made.table.columns) == ["Profession", *(part.nom for part in made.parts)]
