"""What the browser keeps is read back whole, and nothing known on either side disappears when both meet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import memoire
from cpts_geo.projet.donnees_locales import DonneeLocale, limites
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.memoire import Archiviste, Garde, MemoireIllisibleError, Reunion, reunir
from cpts_geo.projet.projet import Projet, regles
from cpts_geo.projet.territoire import Territoire
from tests.outils.projets import projets

R = donnees().referentiel
LIMOGES = replace(Projet.nouveau(Territoire("Limousin", ("87085", "19272"))), identite="aZ09aZ09aZ09")
PATIENTS = DonneeLocale("Patients", "", "effectif", "CPAM", "2026", (("87085", 3.0),), ((1, 4.0),))


def walk(states: list[Projet], undone: int = 0) -> Historique[Projet]:
    historique = Historique(states[0])
    for rank, etat in enumerate(states[1:]):
        historique = historique.hold(etat, f"changement {rank}")
    for _ in range(undone):
        historique = historique.undo()
    return historique


# A history of up to three states, the present being any of them.
histoires = st.builds(walk, st.lists(projets(), min_size=1, max_size=3), st.integers(0, 2))


def read(garde: Garde) -> Historique[Projet]:
    return memoire.read(garde.etats, garde.complements, R)


@given(histoires)
def test_a_history_is_read_back(historique: Historique[Projet]) -> None:
    assert read(Archiviste().write(historique)) == historique


def test_identities_are_read_back() -> None:
    other = replace(LIMOGES.rename(1, "Autre"), identite="bbbbbbbbbbbb")
    back = read(Archiviste().write(walk([LIMOGES, other])))
    assert (back.present.identite, back.undo().present.identite) == ("bbbbbbbbbbbb", "aZ09aZ09aZ09")


@given(st.lists(histoires, min_size=2, max_size=4))
def test_what_was_written_before_changes_nothing(histories: list[Historique[Projet]]) -> None:
    archiviste = Archiviste()
    for historique in histories:
        garde = archiviste.write(historique)
        assert garde == Archiviste().write(historique)
        assert archiviste.complements == garde.complements


def test_the_same_work_has_the_same_print_whatever_the_tab_and_the_past() -> None:
    both = LIMOGES.duplicate(1)
    one = Archiviste().write(walk([LIMOGES, both]))
    other = Archiviste().write(walk([both.activate(1)]))
    assert one.empreinte == other.empreinte
    for changed in (both.rename(1, "Autre"), both.complete(PATIENTS), both.write_synthese(1, "Rural.")):
        assert Archiviste().write(walk([changed])).empreinte != one.empreinte


def test_what_people_wrote_is_not_sent_again_with_each_click() -> None:
    archiviste = Archiviste()
    first = LIMOGES.complete(PATIENTS)
    sent = archiviste.write(walk([first]))
    clicked = first.draw_territoire(first.territoire.add("23176"))
    again = archiviste.write(walk([first, clicked]))
    assert again.complements == sent.complements
    assert again.etats != sent.etats


def test_changes_are_kept_as_far_as_the_limits_go() -> None:
    most = regles().annulations_gardees
    states = [LIMOGES.rename(1, f"Nom {rank}") for rank in range(most + 20)]
    back = read(Archiviste().write(walk(states)))
    assert len(back.passe) == most
    assert back.undo().present == states[-2]
    assert read(Archiviste().write(walk(states), 0)) == Historique(states[-1])
    half = read(Archiviste().write(walk(states, undone=most)))
    assert (len(half.passe), len(half.futur)) == (19, most - 19)


def test_heavy_changes_are_left_before_the_present_is() -> None:
    communes = R.communes.index.tolist()
    figures = tuple((code, float(rank)) for rank, code in enumerate(communes[:10_000]))
    heavy = [
        LIMOGES.complete(
            replace(PATIENTS, par_commune=tuple((code, valeur + rank) for code, valeur in figures))
        )
        for rank in range(4)
    ]
    back = read(Archiviste().write(walk(heavy)))
    assert back.present == heavy[-1]
    assert len(back.passe) < 3


def test_former_communes_lead_to_the_present_ones() -> None:
    former = replace(PATIENTS, par_commune=(("93059", 3.0),))
    kept = replace(LIMOGES.draw_territoire(Territoire("A", ("93059", "98999"))), locales=(former,))
    back = read(Archiviste().write(walk([kept]))).present
    assert back.territoire.codes == ("93066",)
    assert back.locales[0].par_commune == (("93066", 3.0),)


@pytest.mark.parametrize("etats", ["", "{}", "AAAA", "é", "eJyrrgUAAXUA-Q", "eJyrrgUAAXUA+Q=="])
def test_what_is_not_ours_is_not_read(etats: str) -> None:
    with pytest.raises(MemoireIllisibleError):
        memoire.read(etats, "", R)


@given(histoires, st.data())
def test_a_damaged_memory_is_read_whole_or_not_at_all(
    historique: Historique[Projet], data: st.DataObject
) -> None:
    garde = Archiviste().write(historique)
    cut = data.draw(st.integers(0, len(garde.etats) - 1))
    with pytest.raises(MemoireIllisibleError):
        memoire.read(garde.etats[:cut], garde.complements, R)


def test_a_present_whose_figures_are_gone_is_not_read_and_a_past_is_left() -> None:
    written = LIMOGES.complete(PATIENTS)
    garde = Archiviste().write(walk([written, LIMOGES]))
    assert memoire.read(garde.etats, "", R) == Historique(LIMOGES)
    garde = Archiviste().write(walk([LIMOGES, written]))
    with pytest.raises(MemoireIllisibleError):
        memoire.read(garde.etats, "", R)


# ---- A link and what was kept ---------------------------------------------------------------------------


@given(projets(), histoires)
def test_nothing_known_on_either_side_disappears(opened: Projet, kept: Historique[Projet]) -> None:
    reunion = reunir(Historique(opened), kept)
    present, known = reunion.historique.present, [reunion.historique.present]
    known += [etat for _, etat in reunion.historique.passe]
    assert has_all(opened, present)
    assert has_all(kept.present, present) or kept.present in known
    assert perimeters(kept.present) == perimeters(present) or kept.present in known
    assert perimeters(present) == perimeters(opened)
    assert present.identite == opened.identite
    for _, etat in kept.passe:
        assert etat in known


@given(projets())
def test_a_link_to_the_very_project_kept_gives_it_back_with_its_undo(kept: Projet) -> None:
    held = Historique(kept, (("ajout", LIMOGES),), (("retrait", LIMOGES),))
    assert reunir(Historique(kept.sans_complements), held) == Reunion(held, autre=False)


def test_figures_of_a_link_are_completed_commune_by_commune() -> None:
    kept = LIMOGES.complete(PATIENTS, replace(PATIENTS, libelle="Ici")).write_synthese(1, "Gardée.")
    elsewhere = replace(PATIENTS, par_commune=(("87085", 9.0), ("19272", 1.0)), par_scenario=())
    opened = LIMOGES.rename(1, "Du lien").complete(elsewhere)
    reunion = reunir(Historique(opened), Historique(kept))
    patients, ici = reunion.historique.present.locales
    assert patients.par_commune == (("87085", 9.0), ("19272", 1.0))
    assert patients.par_scenario == ((1, 4.0),)
    assert ici.libelle == "Ici"
    assert reunion.historique.present[1].synthese == "Gardée."
    assert reunion.historique.present.nom == "Du lien"
    assert reunion.autre
    assert reunion.historique.undo().present == kept


def test_what_was_done_before_the_browser_answered_can_still_be_undone() -> None:
    opened = walk([LIMOGES, LIMOGES.draw_territoire(LIMOGES.territoire.add("23176"))])
    elsewhere = LIMOGES.draw_territoire(LIMOGES.territoire.add("87050")).complete(PATIENTS)
    reunion = reunir(opened, Historique(elsewhere))
    assert reunion.autre
    assert reunion.historique.present == opened.present.complete(PATIENTS)
    assert reunion.historique.undo().present == elsewhere
    assert reunion.historique.undo().undo().present == LIMOGES


def test_what_was_done_on_the_very_project_kept_follows_what_was_done_before() -> None:
    kept = walk([Projet.nouveau(), LIMOGES.complete(PATIENTS).write_synthese(1, "Gardée.")])
    opened = walk([LIMOGES, LIMOGES.draw_territoire(LIMOGES.territoire.add("23176"))])
    reunion = reunir(opened, kept)
    assert not reunion.autre
    assert perimeters(reunion.historique.present) == perimeters(opened.present)
    assert has_all(kept.present, reunion.historique.present)
    before = reunion.historique.undo()
    assert (before.present, before.passe) == (kept.present, kept.passe)


def test_a_project_has_no_more_figures_than_it_can() -> None:
    many = [replace(PATIENTS, libelle=f"Donnée {rank}") for rank in range(limites().indicateurs_au_plus)]
    opened = Historique(LIMOGES.complete(PATIENTS))
    reunion = reunir(opened, Historique(LIMOGES.complete(*many)))
    assert len(reunion.historique.present.locales) == limites().indicateurs_au_plus
    assert reunion.historique.present.locales[0] == PATIENTS
    assert reunion.historique.undo().present.locales == tuple(many)


def perimeters(projet: Projet) -> list[tuple[int, Territoire, str]]:
    return [(each.cle, each.territoire, each.couleur) for each in projet.scenarios]


def has_all(side: Projet, state: Projet) -> bool:
    """Whether a state has the texts, and the figures by commune and by scenario, of another."""
    texts = {(each.cle, each.synthese) for each in side.scenarios if each.synthese}
    return texts <= {(each.cle, each.synthese) for each in state.scenarios} and figures(side) <= figures(
        state
    )


def figures(projet: Projet) -> set[tuple[object, ...]]:
    return {
        (each.libelle, each.unite, each.source, each.date, *pair)
        for each in projet.locales
        for pair in (*each.par_commune, *each.par_scenario, *each.bornes)
    }
