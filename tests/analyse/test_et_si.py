"""What adding a neighbour would do, against the figures of the territory once it is added."""

import time
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from cpts_geo.analyse import et_si
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.couverture import comparable
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.textes import sans_accents
from tests.outils.exemples import exemples

OLERON = ("17093", "17140", "17323", "17337", "17385", "17411", "17485", "17486")
MONTMEDY, OTHE = "245501259", "54412"
TARBES_LOURDES = "200069300"
CORREZE = donnees().referentiel.codes("departement", "19")
SETS = st.sets(st.sampled_from(CORREZE), min_size=1, max_size=25).map(sorted)


def epci(code: str) -> tuple[str, ...]:
    return donnees().referentiel.codes("epci", code)


def tried(*codes: str) -> dict[str, et_si.Essai]:
    return {essai.code: essai for essai in et_si.voisines(codes, donnees())}


# ---- One neighbour more ---------------------------------------------------------------------------------


@given(SETS)
@settings(max_examples=exemples(25))
def test_each_try_is_what_adding_gives(codes: list[str]) -> None:
    essais = et_si.voisines(codes, donnees())
    assert {essai.code for essai in essais} == {
        voisine.code for voisine in donnees().voisinage.voisines(codes)
    }
    now = donnees().agregateur.territoire(codes)[et_si.indicateur(donnees()).code].valeur
    taille = load_bareme().rank(donnees().referentiel.population(codes)).numero
    for essai in essais[:8]:
        after = [*codes, essai.code]
        densite = donnees().agregateur.territoire(after)[et_si.indicateur(donnees()).code].valeur
        assert essai.population == donnees().referentiel.population(after)
        assert essai.densite == pytest.approx(densite)
        if densite is not None and now is not None:
            assert essai.ecart == pytest.approx(densite - now)
        assert essai.classement == load_bareme().rank(essai.population)
        assert essai.change_taille == (essai.classement.numero != taille)


@pytest.mark.parametrize("code", ["sans_medecin_traitant_65", "taux_pauvrete"])
def test_what_is_framed_or_known_of_few_people_has_no_figure(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = donnees().catalogue[code]
    monkeypatch.setattr(et_si, "indicateur", lambda _: item)
    start = ["19201"]
    own = donnees().agregateur.territoire(start)[code]
    found = {}
    for essai in et_si.voisines(start, donnees()):
        result = donnees().agregateur.territoire([*start, essai.code])[code]
        known = comparable(result) and not result.encadre
        found[essai.code] = known
        assert essai.densite == (pytest.approx(result.valeur) if known else None)
        assert (essai.ecart is not None) is (known and comparable(own) and not own.encadre)
    assert False in found.values()


@given(SETS)
@settings(max_examples=exemples(25))
def test_effects_are_those_of_adding(codes: list[str]) -> None:
    pieces = len(donnees().voisinage.morceaux(codes))
    enclaves = set(donnees().voisinage.enclaves(codes))
    for essai in et_si.voisines(codes, donnees())[:8]:
        after = [*codes, essai.code]
        assert len(donnees().voisinage.morceaux(after)) == pieces - essai.reunis + 1
        assert essai.comble == any(essai.code in enclave for enclave in enclaves)
        new = set(donnees().voisinage.enclaves(after)) - enclaves
        inside = {code for enclave in enclaves for code in enclave}
        assert set(essai.enclaves) >= {
            enclave for enclave in new if not inside.issuperset(enclave) and len(enclave) <= 20
        } - {enclave for enclave in new if not _beside(essai.code, enclave)}
        assert all(enclave in donnees().voisinage.enclaves(after) for enclave in essai.enclaves)


def _beside(code: str, enclave: tuple[str, ...]) -> bool:
    return bool(set(donnees().voisinage.contigues(code)).intersection(enclave))


def test_othe_would_fill_the_enclave_of_montmedy() -> None:
    othe = tried(*epci(MONTMEDY))[OTHE]
    assert (othe.comble, othe.reunis, othe.effet) == (True, 1, "comble une enclave")
    assert not othe.meme_epci


def test_ger_would_bring_two_pieces_of_tarbes_lourdes_together() -> None:
    ger = tried(*epci(TARBES_LOURDES))["64238"]
    assert (ger.nom, ger.reunis, ger.effet) == ("Ger", 2, "réunit 2 morceaux")


def test_neighbours_of_oleron_are_across_the_water() -> None:
    essais = tried(*OLERON)
    assert {essai.nom for essai in essais.values()} == {"La Tremblade", "Bourcefranc-le-Chapus", "Île-d'Aix"}
    assert {essai.effet for essai in essais.values()} == {"par l’eau seulement"}


def test_an_addition_that_would_leave_an_enclave_names_it() -> None:
    charency_vezin = tried(*epci(MONTMEDY))["54118"]
    assert charency_vezin.effet == "laisserait Épiez-sur-Chiers en enclave"


def test_the_epci_is_that_of_most_inhabitants() -> None:
    toulouse, colomiers, ramonville = "31555", "31149", "31446"
    essais = tried(toulouse, ramonville)
    assert essais[colomiers].meme_epci, "Toulouse Métropole"
    assert not essais["31575"].meme_epci, "Vieille-Toulouse is of the Sicoval, as Ramonville is"


def test_a_neighbour_that_crosses_a_threshold_says_so() -> None:
    la_rochelle = "17300"
    essais = tried(la_rochelle)
    assert all(essai.change_taille for essai in essais.values() if essai.ajout >= 149)
    assert essais["17028"].classement.numero == 3, "Aytré"


@pytest.mark.parametrize("tri", ["population", "densite", "nom"])
def test_each_order_is_kept(tri: et_si.Tri) -> None:
    essais = et_si.voisines(epci(TARBES_LOURDES), donnees(), tri)
    keys = {
        "population": [-essai.ajout for essai in essais],
        "densite": [-(essai.ecart or 0) for essai in essais],
        "nom": [sans_accents(essai.nom) for essai in essais],
    }[tri]
    assert keys == sorted(keys)


def test_an_empty_territory_has_no_neighbours() -> None:
    assert et_si.voisines((), donnees()) == ()
    assert et_si.en_un_morceau((), donnees()) is None


# ---- The fewest that reach a goal -----------------------------------------------------------------------


@given(SETS)
@settings(max_examples=exemples(40))
def test_no_fewer_neighbours_reach_the_next_taille(codes: list[str]) -> None:
    proposition = et_si.prochaine_taille(codes, donnees())
    around = [voisine.code for voisine in donnees().voisinage.voisines(codes)]
    here = donnees().referentiel.population(codes)
    taille = load_bareme().rank(here).numero
    assert proposition is not None, "no territory of this size is in the last Taille"
    if not proposition.codes:
        assert load_bareme().rank(here + donnees().referentiel.population(around)).numero == taille
        assert "n’atteindrait pas" in proposition.message
        return
    assert set(proposition.codes) <= set(around)
    assert load_bareme().rank(here + donnees().referentiel.population(proposition.codes)).numero > taille
    fewer = sorted((donnees().referentiel.population([code]) for code in around), reverse=True)
    best = here + sum(fewer[: len(proposition.codes) - 1])
    assert load_bareme().rank(best).numero == taille


def test_la_rochelle_needs_one_neighbour_for_taille_3() -> None:
    proposition = et_si.prochaine_taille(("17300",), donnees())
    assert proposition is not None
    assert proposition.codes == ("17028",)
    assert proposition.message.startswith("Pour atteindre la Taille 3, ajouter Aytré suffit (")


def test_there_is_nothing_after_the_last_taille() -> None:
    assert et_si.prochaine_taille(("31555",), donnees()) is None


def test_even_all_its_neighbours_leave_oleron_in_taille_1() -> None:
    proposition = et_si.prochaine_taille(OLERON, donnees())
    assert proposition is not None
    assert proposition.codes == ()
    assert "30\u202f890 habitants" in proposition.message


def test_oleron_and_rochefort_are_joined_by_four_communes() -> None:
    codes = (*OLERON, "17299")
    proposition = et_si.en_un_morceau(codes, donnees())
    assert proposition is not None
    assert len(proposition.codes) == 4
    assert len(donnees().voisinage.morceaux([*codes, *proposition.codes])) == 1
    assert "il faut au moins 4\u00a0communes" in proposition.message
    near = {code for step in range(3) for code in _within(codes, step + 1)}
    for fewer in combinations(sorted(near & set(_within(("17299",), 4))), 2):
        assert len(donnees().voisinage.morceaux([*codes, *fewer])) > 1


def _within(codes: tuple[str, ...], steps: int) -> set[str]:
    found = set(codes)
    for _ in range(steps):
        found |= {voisine.code for voisine in donnees().voisinage.voisines(found)}
    return found - set(codes)


def test_three_pieces_are_joined_by_a_proposal() -> None:
    codes = epci(TARBES_LOURDES)
    proposition = et_si.en_un_morceau(codes, donnees())
    assert proposition is not None
    assert proposition.message == "Pour réunir les 3 morceaux, une façon est d’ajouter Ger et Aast."
    assert len(donnees().voisinage.morceaux([*codes, *proposition.codes])) == 1


@given(st.lists(st.sampled_from(CORREZE), min_size=1, max_size=5, unique=True))
@settings(max_examples=exemples(30))
def test_a_proposal_brings_the_territory_in_one_piece(codes: list[str]) -> None:
    proposition = et_si.en_un_morceau(codes, donnees())
    if proposition is None:
        assert len(donnees().voisinage.morceaux(codes)) == 1
        return
    assert len(donnees().voisinage.morceaux([*codes, *proposition.codes])) == 1
    assert not set(codes).intersection(proposition.codes)
    for left_out in proposition.codes:
        kept = [code for code in (*codes, *proposition.codes) if code != left_out]
        assert len(proposition.codes) == 1 or len(donnees().voisinage.morceaux(kept)) > 1


def test_nothing_is_proposed_where_nothing_can_be() -> None:
    ajaccio, toulon = "2A004", "83137"
    assert et_si.en_un_morceau((ajaccio, toulon), donnees()) is None
    assert et_si.en_un_morceau(OLERON, donnees()) is None
    assert et_si.en_un_morceau(CORREZE[::7], donnees()) is None, (
        "too many pieces for a way to be worth proposing"
    )


def test_a_territory_of_150_communes_is_quick() -> None:
    codes = epci("200067106")[:150]

    def once() -> float:
        start = time.process_time()
        et_si.voisines(codes, donnees())
        et_si.prochaine_taille(codes, donnees())
        et_si.en_un_morceau(codes, donnees())
        return time.process_time() - start

    assert len(codes) == 150
    assert min(once() for _ in range(3)) < 0.06


# ---- On the page ----------------------------------------------------------------------------------------


def drawing(codes: tuple[str, ...]) -> None:
    from cpts_geo.interface import etat  # noqa: PLC0415 - the script of the page under test
    from pages.blocs.carte import et_si as bloc  # noqa: PLC0415

    if not etat.territoire().codes:
        etat.add_communes(*codes)
    bloc.draw(etat.territoire().codes)


def test_a_proposal_is_carried_out_with_a_click() -> None:
    app = AppTest.from_function(drawing, args=(epci(TARBES_LOURDES),), default_timeout=30).run()
    assert not app.exception
    assert app.dataframe[0].value["Commune"].tolist()[0] == "Bagnères-de-Bigorre"
    next(button for button in app.button if button.label == "Ajouter ces 2 communes").click().run()
    assert not app.exception
    territoire = app.session_state["session"].dessin.projet.territoire
    assert {"64238", "64001"} <= set(territoire.codes)
    assert not app.button, "in one piece, and too far from Taille 4"


def test_the_table_follows_the_chosen_order() -> None:
    app = AppTest.from_function(drawing, args=(("17300",),), default_timeout=30).run()
    by_people = app.dataframe[0].value["Commune"].tolist()
    app.session_state["tri_voisines"] = "nom"
    app.run()
    assert app.dataframe[0].value["Commune"].tolist() == sorted(by_people, key=sans_accents)
    assert app.dataframe[0].value["Commune"].tolist() != by_people


def test_a_locked_project_offers_no_addition() -> None:
    app = AppTest.from_function(drawing, args=(("17300",),), default_timeout=30).run()
    session = app.session_state["session"]
    session.dessin = replace(session.dessin, verrou=True)
    app.run()
    assert "Ajouter" not in app.dataframe[0].value.columns
    assert app.button
    assert all(button.disabled for button in app.button)
