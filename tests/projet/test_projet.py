"""A project keeps distinct scenarios, one of them active, whatever is done to it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cpts_geo.projet.donnees_locales import DonneeLocale, limites
from cpts_geo.projet.projet import Projet, Scenario, TropDeScenariosError, regles
from cpts_geo.projet.territoire import Territoire
from tests.outils.projets import projets, renumbered

MOST = regles().scenarios_au_plus
LIMOUSIN = Projet.nouveau(Territoire("Limousin", ("87085", "19272")))
SANS_MT = DonneeLocale("Sans médecin traitant", "patients", "effectif", "CPAM", "2025", (("87085", 12.0),))

small = st.builds(Projet.nouveau, st.builds(Territoire, st.text(max_size=5), st.just(("31555",))))
rank = st.integers(0, MOST - 1)


def cle(projet: Projet, at: int) -> int:
    return projet.scenarios[at % len(projet.scenarios)].cle


def if_room(do: Callable[[Projet], Projet]) -> Callable[[Projet], Projet]:
    return lambda projet: projet if projet.complet else do(projet)


operations = st.one_of(
    st.just(if_room(Projet.create)),
    rank.map(lambda at: if_room(lambda projet: projet.duplicate(cle(projet, at)))),
    rank.map(lambda at: lambda projet: projet.delete(cle(projet, at))),
    rank.map(lambda at: lambda projet: projet.activate(cle(projet, at))),
    st.builds(
        lambda at, couleur: lambda projet: projet.colour(cle(projet, at), couleur),
        rank,
        st.sampled_from(list(regles().couleurs)),
    ),
    st.builds(lambda at, nom: lambda projet: projet.rename(cle(projet, at), nom), rank, st.text(max_size=5)),
    st.builds(
        lambda codes: lambda projet: projet.draw_territoire(Territoire(projet.territoire.nom, codes)),
        st.lists(st.sampled_from(["31555", "2A004"])).map(tuple),
    ),
)


@given(small, st.lists(operations, max_size=40))
def test_a_project_stays_sound_whatever_is_done(
    projet: Projet, done: list[Callable[[Projet], Projet]]
) -> None:
    for do in done:
        projet = do(projet)
        cles = [scenario.cle for scenario in projet.scenarios]
        assert 1 <= len(cles) <= MOST
        assert len(set(cles)) == len(cles)
        assert projet.actif in cles
        assert all(scenario.couleur in regles().couleurs for scenario in projet.scenarios)


@given(projets())
def test_a_scenario_created_is_empty_active_last_and_of_its_own_name(projet: Projet) -> None:
    assume(not projet.complet)
    created = projet.create()
    assert created.scenarios[:-1] == projet.scenarios
    last = created.scenarios[-1]
    assert created.actif == last.cle
    assert not last.territoire.codes
    assert last.territoire.nom not in {scenario.territoire.nom for scenario in projet.scenarios}


@given(projets(), rank)
def test_a_copy_has_the_communes_of_its_model(projet: Projet, at: int) -> None:
    assume(not projet.complet)
    model = projet[cle(projet, at)]
    copied = projet.duplicate(model.cle)
    assert copied.scenarios[:-1] == projet.scenarios
    assert copied.territoire.codes == model.territoire.codes
    assert copied.territoire.nom.startswith(model.territoire.nom[:100])


@given(projets(), rank)
def test_what_is_done_to_a_scenario_leaves_the_others_as_they_were(projet: Projet, at: int) -> None:
    changed = cle(projet, at)
    done = projet.rename(changed, "Autre nom").colour(changed, "vert")
    assert done[changed] == replace(
        projet[changed], territoire=projet[changed].territoire.rename("Autre nom"), couleur="vert"
    )
    others = [scenario for scenario in projet.scenarios if scenario.cle != changed]
    assert [scenario for scenario in done.scenarios if scenario.cle != changed] == others
    assert done.actif == projet.actif
    assert done.locales == projet.locales


@given(projets(), rank)
def test_a_deleted_scenario_leaves_with_its_local_figures(projet: Projet, at: int) -> None:
    gone = cle(projet, at)
    left = projet.delete(gone)
    if len(projet.scenarios) == 1:
        assert (left.scenarios, left.actif) == (Projet.nouveau().scenarios, 1)
    else:
        assert left.scenarios == tuple(each for each in projet.scenarios if each.cle != gone)
        assert projet.actif in {left.actif, gone}
    kept = {key for locale in left.locales for key, _ in locale.par_scenario}
    assert kept <= {scenario.cle for scenario in left.scenarios}
    assert [each.par_commune for each in left.locales] == [each.par_commune for each in projet.locales]


def test_a_scenario_created_after_a_deletion_has_no_figure_of_the_one_deleted() -> None:
    projet = LIMOUSIN.duplicate(1)
    known = replace(projet, locales=(replace(SANS_MT, par_scenario=((1, 5.0), (2, 3.0))),))
    again = known.delete(2).create()
    assert again.actif == 2
    assert again.locales == (replace(SANS_MT, par_scenario=((1, 5.0),)),)


def test_the_neighbour_of_a_deleted_scenario_becomes_active() -> None:
    projet = LIMOUSIN.create().create()
    assert projet.delete(3).actif == 2
    assert projet.activate(1).delete(1).actif == 2
    assert projet.activate(2).delete(2).actif == 1
    assert projet.activate(1).delete(2).actif == 1


def test_the_last_deletion_leaves_one_empty_scenario_and_the_figures_of_communes() -> None:
    known = replace(LIMOUSIN, locales=(SANS_MT,))
    left = known.delete(1)
    assert left == replace(Projet.nouveau(), locales=(SANS_MT,))
    assert not left.vide
    assert LIMOUSIN.delete(1).vide


def test_there_are_never_more_scenarios_than_the_limit() -> None:
    projet = LIMOUSIN
    while not projet.complet:
        projet = projet.create()
    assert len(projet.scenarios) == MOST
    for too_much in (projet.create, lambda: projet.duplicate(1)):
        with pytest.raises(TropDeScenariosError, match="au plus 12 scénarios"):
            too_much()


def test_colours_are_all_used_before_one_is_used_again() -> None:
    projet = LIMOUSIN
    for _ in regles().couleurs:
        projet = projet.create()
    codes = [scenario.couleur for scenario in projet.scenarios]
    assert codes == [*regles().couleurs, next(iter(regles().couleurs))]
    assert projet.couleur == regles().couleurs[codes[-1]]


def test_a_blank_name_and_an_unknown_colour_or_key_are_refused() -> None:
    assert LIMOUSIN.rename(1, " \t\u202e") == LIMOUSIN
    for refused in (
        lambda: LIMOUSIN.colour(1, "rose"),
        lambda: LIMOUSIN.activate(2),
        lambda: LIMOUSIN.delete(2),
        lambda: LIMOUSIN.duplicate(2),
    ):
        with pytest.raises(KeyError):
            refused()


def test_a_new_project_keeps_the_name_of_a_territory_without_communes() -> None:
    assert Projet.nouveau(Territoire("Limousin")).nom == "Limousin"
    assert Projet.nouveau().nom == regles().nom_territoire


def test_a_project_is_named_after_its_first_scenario() -> None:
    assert LIMOUSIN.create().nom == "Limousin"


@pytest.mark.parametrize(
    "changes",
    [
        {"scenarios": ()},
        {"actif": 2},
        {"scenarios": LIMOUSIN.scenarios * 2},
        {"scenarios": tuple(Scenario(cle, Territoire(), "bleu") for cle in range(1, MOST + 2))},
        {"locales": (SANS_MT,) * (limites().indicateurs_au_plus + 1)},
    ],
)
def test_an_unsound_project_cannot_be(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Un projet a"):
        replace(LIMOUSIN, **changes)


def test_declared_colours_can_be_told_apart_and_named() -> None:
    couleurs = regles().couleurs.values()
    assert len({couleur.fond for couleur in couleurs}) == len({couleur.nom for couleur in couleurs}) == 6
    # A link writes the code as one word.
    assert all(couleur.code.isalpha() for couleur in couleurs)


# ---- What a link does not hold --------------------------------------------------------------------------


@given(projets(), projets())
def test_what_people_wrote_follows_the_scenarios_that_a_link_brings_back(held: Projet, other: Projet) -> None:
    linked = held.sans_complements
    assert linked.locales == ()
    assert {scenario.synthese for scenario in linked.scenarios} == {""}
    assert linked.complements_de(held) == held
    mixed = other.sans_complements.complements_de(held)
    assert [scenario.territoire for scenario in mixed.scenarios] == [
        scenario.territoire for scenario in other.scenarios
    ]


def test_a_local_figure_takes_the_place_of_that_of_the_same_name() -> None:
    first = DonneeLocale("Réunions", "", "effectif", "CPTS", "2025", par_scenario=((1, 4.0),))
    second = replace(first, date="2026", par_scenario=((1, 5.0),))
    projet = Projet.nouveau().complete(first).complete(second)
    assert projet.locales == (second,)
    assert projet.forget("Réunions") == Projet.nouveau()


@given(projets(), projets())
def test_what_was_kept_is_found_again_only_for_the_same_scenarios(held: Projet, other: Projet) -> None:
    bare = held.sans_complements
    assert bare.recover(renumbered(held)) == held
    if perimeters(other) != perimeters(held):
        assert bare.recover(other) == bare


def perimeters(projet: Projet) -> list[tuple[Territoire, str]]:
    return [(scenario.territoire, scenario.couleur) for scenario in projet.scenarios]


def test_several_territories_become_as_many_scenarios_in_place_of_empty_ones() -> None:
    given = [Territoire("Nord", ("87085",)), Territoire("Sud", ("19272",))]
    alone = Projet.nouveau().with_territoires(given)
    assert [each.territoire for each in alone.scenarios] == given
    assert alone.territoire == given[0]
    beside = LIMOUSIN.create().with_territoires(given)
    assert [each.territoire.nom for each in beside.scenarios] == ["Limousin", "Nord", "Sud"]
    assert beside.territoire == given[0]
    assert len({each.couleur for each in beside.scenarios}) == 3


def test_more_territories_than_a_project_holds_are_refused() -> None:
    many = [Territoire(str(rank), ("87085",)) for rank in range(MOST)]
    assert len(Projet.nouveau().with_territoires(many).scenarios) == MOST
    with pytest.raises(TropDeScenariosError, match=f"au plus {MOST}"):
        LIMOUSIN.with_territoires(many)
    with pytest.raises(ValueError, match="au moins un"):
        LIMOUSIN.with_territoires([])
