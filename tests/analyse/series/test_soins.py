"""Series of care: the figures of the report, framed as it frames them."""

import math
from dataclasses import replace

import pytest

from cpts_geo.analyse.series import soins
from cpts_geo.analyse.series.contexte import Contexte
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.contextes import of

OLERON = donnees().referentiel.codes("epci", "241700624")
MASKED = ("23176", "23097")


@pytest.mark.parametrize("codes", [OLERON, MASKED, ("97105",), ("49126",)], ids=lambda codes: codes[0])
def test_points_are_the_results_of_each_zone(codes: tuple[str, ...]) -> None:
    context = of(*codes)
    made = soins.points(context, "medecin_traitant")
    assert [zone for zone, _ in made.marques] == list(context.zones)
    for zone, points in made.marques:
        for item, point in zip(made.indicateurs, points, strict=True):
            found = zone.resultats[item.code]
            assert (point or (None, None)) == (found.borne_basse, found.borne_haute)


def test_masked_figures_have_bounds_and_no_middle() -> None:
    made = soins.points(of(*MASKED), "medecin_traitant")
    _, points = made.marques[0]
    framed = [point for point in points if point and point.bas < point.haut]
    assert framed
    assert {point.exact for point in framed} == {None}
    assert "hachurée" in made.mention
    row = made.table.set_index("Indicateur").loc["Sans médecin traitant (65 ans et plus)"]
    assert math.isnan(row["Territoire"])
    assert row["Territoire - borne basse"] < row["Territoire - borne haute"]
    assert row["France"] == row["France - borne haute"]


def test_exact_figures_need_no_explanation() -> None:
    made = soins.points(of("31555"), "medecin_traitant")
    assert all(point and point.exact == point.bas for point in made.marques[0].points)
    assert made.mention == ""


def short_of(context: Contexte, code: str, rank: int = 0) -> Contexte:
    """The same, where a zone has this figure for 62 % of its people only."""
    zone = context.zones[rank]
    few = replace(zone.resultats[code], couverture=62.4, couverture_encadree=62.4, communes_manquantes=3)
    zones = list(context.zones)
    zones[rank] = replace(zone, resultats={**zone.resultats, code: few})
    return replace(context, zones=tuple(zones))


def test_what_too_few_people_bear_is_not_drawn_and_says_so() -> None:
    made = soins.points(short_of(of(*OLERON), "ald"), "medecin_traitant")
    rank = [item.code for item in made.indicateurs].index("ald")
    words = "connu pour 62\u00a0% des habitants seulement"
    assert made.marques[0].points[rank] is None
    assert made.marques[1].points[rank] is not None
    assert made.absences[rank] == words
    assert f"Ici, {words} (" in made.mention
    assert f"Ici {words}" in made.texte
    assert made.table.loc[rank].filter(like="Territoire").isna().all()
    assert made.connue


def test_a_reference_that_too_few_people_bear_is_not_drawn_either() -> None:
    context = of(*OLERON)
    made = soins.points(short_of(context, "ald", 1), "medecin_traitant")
    rank = [item.code for item in made.indicateurs].index("ald")
    assert made.marques[1].points[rank] is None
    assert "Charente-Maritime, connu pour 62\u00a0%" in made.mention
    beside = soins.beside_france(short_of(context, "apl_infirmiers", -1), "apl")
    rank = [item.code for item in beside.indicateurs].index("apl_infirmiers")
    assert [points[rank] for _, points in beside.marques] == [None] * 3, "nothing to measure by"


def test_a_chart_without_any_figure_of_the_territory_says_why() -> None:
    made = soins.beside_france(of("49126"), "apl")
    assert made.absence == "Pour ce territoire\u00a0: non disponible."
    assert not made.connue
    few = soins.ages_generalistes(short_of(of(*OLERON), "part_generalistes_60_ans"), "ages_generalistes")
    assert few.absence == "Pour ce territoire\u00a0: connu pour 62\u00a0% des habitants seulement."
    assert [zone.nom for zone in few.connues] == ["Charente-Maritime", "Nouvelle-Aquitaine", "France"]


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
            assert point.exact == pytest.approx(soins.BASE * own / whole)


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


def test_general_practitioners_have_a_zoning_of_their_own() -> None:
    context = of(*OLERON)
    made = soins.zonage(context, "zonage_generalistes")
    assert made.professions == ("Médecins généralistes",)
    levels = ["Intervention prioritaire", "Action complémentaire", "Appui régional", "Hors zonage"]
    assert [part.nom for part in made.parts] == levels
    results = context.territoire.resultats
    shares = [results[f"zonage_generalistes_{level}"].valeur for level in ("zip", "zac", "zar", "hors")]
    assert [part.valeurs[0] for part in made.parts] == shares
    assert sum(share or 0 for share in shares) == pytest.approx(100)


def test_a_zoning_that_is_not_known_is_told_in_place_of_the_chart() -> None:
    saint_denis_de_la_reunion = "97411"
    made = soins.zonage(of(saint_denis_de_la_reunion), "zonage_generalistes")
    assert {part.valeurs for part in made.parts} == {(None,)}
    assert made.absence


def test_a_profession_whose_zoning_few_people_bear_is_not_drawn() -> None:
    context = of(*OLERON)
    for niveau in ("tres_sous_dotee", "sous_dotee", "intermediaire", "tres_dotee", "sur_dotee"):
        context = short_of(context, f"zonage_infirmiers_{niveau}")
    made = soins.zonage(context, "zonage")
    rank = made.professions.index("Infirmiers")
    assert {part.valeurs[rank] for part in made.parts} == {None}
    assert made.absences[rank] == "connu pour 62\u00a0% des habitants seulement"
    assert "Infirmiers\u00a0: connu pour 62\u00a0% des habitants seulement" in made.texte
    assert [bool(words) for words in made.absences].count(True) == 1
