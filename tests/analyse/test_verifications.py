"""The named checks, on real territories and on any set of communes."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from cpts_geo.analyse.taille import load_bareme
from cpts_geo.analyse.verifications import Constat, _dossier, check, loin_des_seuils
from cpts_geo.indicateurs.donnees import donnees

OLERON = ("17093", "17140", "17323", "17337", "17385", "17411", "17485", "17486")
MONTMEDY, OTHE = "245501259", "54412"
TARBES_LOURDES = "200069300"
MAMOUDZOU, CELLES, NEUSSARGUES = "97611", "15031", "15141"
NBSP, THIN = "\u00a0", "\u202f"


def epci(code: str) -> tuple[str, ...]:
    return donnees().referentiel.codes("epci", code)


def found(*codes: str) -> dict[str, Constat]:
    return {constat.code: constat for constat in check(codes, donnees())}


# ---- Real cases -----------------------------------------------------------------------------------------


def test_oleron_alone_has_nothing_to_say() -> None:
    assert check(OLERON, donnees()) == ()


def test_oleron_with_bourcefranc_is_told_without_a_warning() -> None:
    (constat,) = check((*OLERON, "17058"), donnees())
    assert (constat.code, constat.niveau) == ("eau", "information")
    assert constat.codes == OLERON
    assert constat.message.startswith("Les communes du Château-d’Oléron, de Dolus-d’Oléron, ")
    assert f"et 3{NBSP}autres ne sont reliées au reste du territoire que par l’eau" in constat.message


def test_oleron_with_rochefort_is_in_two_pieces() -> None:
    (constat,) = check((*OLERON, "17299"), donnees())
    assert (constat.code, constat.niveau) == ("morceaux", "attention")
    assert constat.titre == "En 2 morceaux"
    assert constat.message == "La commune de Rochefort est à part du plus grand morceau."
    assert constat.codes == ("17299",)


def test_tarbes_lourdes_pyrenees_is_in_three_pieces() -> None:
    constat = found(*epci(TARBES_LOURDES))["morceaux"]
    assert constat.titre == "En 3 morceaux"
    assert constat.message == (
        "Les communes de Gardères, de Luquet et de Séron sont à part du plus grand morceau."
    )


def test_pieces_that_meet_at_a_point_are_said_to() -> None:
    constat = found("01008", "01202")["morceaux"]
    assert constat.message.endswith("Ambutrix et Lagnieu ne se touchent que par un point.")
    assert "point" not in found("01008", "17299")["morceaux"].message


def test_othe_is_an_enclave_of_the_pays_de_montmedy() -> None:
    constat = found(*epci(MONTMEDY))["enclave"]
    assert constat.niveau == "attention"
    assert constat.message == "La commune d’Othe est entourée par le territoire sans en faire partie."
    assert constat.codes == constat.ajouter == (OTHE,)
    assert "enclave" not in found(*epci(MONTMEDY), *constat.ajouter)


def test_many_enclaves_are_told_together() -> None:
    every_other = donnees().referentiel.codes("departement", "46")[::2]
    groups = donnees().voisinage.enclaves(every_other)
    told = [constat for constat in check(every_other, donnees()) if constat.code == "enclave"]
    assert len(groups) > len(told) == 1
    assert sorted(told[0].ajouter) == sorted(code for group in groups for code in group)


def test_several_departements_and_regions_with_their_inhabitants() -> None:
    toulon, ajaccio = "83137", "2A004"
    constats = found(toulon, ajaccio)
    assert constats["regions"].message == (
        f"70{NBSP}% des habitants vivent en Provence-Alpes-Côte d’Azur et 30{NBSP}% en Corse."
    )
    assert constats["departements"].titre == "Sur 2 départements"
    assert constats["departements"].codes == (ajaccio,)
    assert not {"regions", "departements"} & set(found(toulon))


def test_a_share_that_is_nearly_nothing_is_not_said_to_be_zero() -> None:
    toulouse, marguestau = "31555", "32236"
    message = found(toulouse, marguestau)["departements"].message
    assert (
        message
        == f"Plus de 99{NBSP}% des habitants vivent en Haute-Garonne et moins de 1{NBSP}% dans le Gers."
    )


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("17300", f"Il manque 149{NBSP}habitants pour atteindre 80{THIN}000 habitants (0,2{NBSP}% du seuil)"),
        ("59378", f"dépasse de 184{NBSP}habitants seulement le seuil de 40{THIN}000 habitants"),
        ("51454", f"le seuil de 175{THIN}000 habitants (1,5{NBSP}% du seuil)"),
    ],
)
def test_population_near_a_threshold(code: str, message: str) -> None:
    """La Rochelle just under 80 000, Marcq-en-Barœul just over 40 000, Reims over 175 000."""
    constat = next(constat for constat in check([code], donnees()) if constat.titre == "Près d’un seuil")
    assert constat.niveau == "information"
    assert message in constat.message


@pytest.mark.parametrize("code", ["01053", "78646", "31555"])
def test_population_further_than_the_declared_share_is_not_near(code: str) -> None:
    """Bourg-en-Bresse is 5.9 % above a threshold and Versailles 5.1 %."""
    assert not [constat for constat in check([code], donnees()) if constat.titre == "Près d’un seuil"]


def test_population_equal_to_a_threshold() -> None:
    bareme = load_bareme()
    first, *others = bareme.seuils
    exact = bareme.model_copy(update={"seuils": (first.model_copy(update={"valeur": 40_184}), *others)})
    dossier = replace(_dossier(("59378",), donnees()), bareme=exact)
    (constat,) = loin_des_seuils(dossier)
    assert constat.message == (
        f"La population est exactement au seuil de 40{THIN}184 habitants, "
        "limite entre la Taille 1 et la Taille 2."
    )


def test_communes_without_data_are_named() -> None:
    mayotte = found(MAMOUDZOU)
    assert mayotte["population_ancienne"].message == (
        "La population de Mamoudzou est celle de 2017, non de 2023 comme ailleurs."
    )
    assert "Mamoudzou" in mayotte["sans_offre"].message
    cantal = found(CELLES, NEUSSARGUES)
    assert cantal["sans_contour"].codes == (CELLES,)
    assert "morceaux" not in cantal
    assert "n’est pas dessinée sur la carte" in cantal["sans_contour"].message


def test_a_commune_where_nobody_lives_lacks_nothing() -> None:
    beaumont_en_verdunois = "55039"
    assert check((beaumont_en_verdunois,), donnees()) == ()


# ---- CPTS that exist already ----------------------------------------------------------------------------

RIVIERA, BEAULIEU = "CPTS de la Riviera Française", "06011"


def test_a_whole_cpts_is_told_with_its_neighbours() -> None:
    own = donnees().cpts.communes(RIVIERA)
    constats = found(*own)
    assert constats["cpts_entieres"].message == (
        f"19{NBSP}communes sont déjà dans une CPTS{NBSP}: «{NBSP}{RIVIERA}{NBSP}» (en entier)."
    )
    assert constats["cpts_entieres"].niveau == "information"
    assert constats["cpts_voisines"].message == (
        f"Le territoire est à côté de «{NBSP}CPTS Nice Centre Nice Est{NBSP}», "
        f"«{NBSP}CPTS Tinée Vésubie{NBSP}» et «{NBSP}CPTS Vallée du Paillon et de la Banquière{NBSP}»."
    )
    assert not set(constats["cpts_voisines"].codes) & set(own)


def test_a_commune_of_nobody_is_told_and_can_be_added() -> None:
    constat = found(*donnees().cpts.communes(RIVIERA))["cpts_enclave"]
    assert constat.message == (
        "La commune de Beaulieu-sur-Mer, que le territoire entoure, n’est dans aucune CPTS."
    )
    assert constat.codes == constat.ajouter == (BEAULIEU,)
    assert "cpts_enclave" not in found(*donnees().cpts.communes(RIVIERA), BEAULIEU)


def test_a_part_of_a_cpts_deserves_more_attention() -> None:
    first, *_ = donnees().cpts.communes(RIVIERA)
    constat = found(first)["cpts_prises"]
    assert constat.niveau == "attention"
    assert constat.message.endswith(f"«{NBSP}{RIVIERA}{NBSP}» (1 sur 19).")


def test_neighbours_of_nobody_are_named() -> None:
    constats = found(BEAULIEU)
    assert not {"cpts_prises", "cpts_entieres"} & set(constats)
    assert RIVIERA in constats["cpts_voisines"].message
    sisteron = found("04209")["cpts_aucune"]
    assert sisteron.message.startswith("Les communes voisines ")
    assert set(sisteron.codes) <= set(donnees().cpts.sans_cpts(donnees().referentiel.communes.index))


def test_nothing_is_said_of_cpts_where_they_are_not_known() -> None:
    assert not [code for code in found("31555", "31069") if code.startswith("cpts")]


# ---- Any territory --------------------------------------------------------------------------------------

SETS = st.sets(st.sampled_from(donnees().referentiel.communes.index.tolist()), max_size=40)


@given(SETS)
def test_findings_are_sound(codes: set[str]) -> None:
    constats = check(tuple(codes), donnees())
    levels = [constat.niveau for constat in constats]
    assert levels == sorted(levels), "attention comes before information"
    beside = {voisine.code for voisine in donnees().voisinage.voisines(codes)}
    for constat in constats:
        around = beside if constat.code in ("cpts_voisines", "cpts_aucune") else set(constat.ajouter)
        assert set(constat.codes) <= codes | around
        assert not codes.intersection(constat.ajouter)
        assert "{" not in constat.titre + constat.message
        assert constat.message.endswith(".")
    pieces = len(donnees().voisinage.morceaux(codes))
    assert (pieces > 1) == any(constat.code == "morceaux" for constat in constats)


def test_an_empty_territory_has_nothing_to_check() -> None:
    assert check((), donnees()) == ()


def test_long_lists_of_names_are_cut() -> None:
    scattered = donnees().referentiel.codes("departement", "46")[::3]
    message = found(*scattered)["morceaux"].message
    assert message.count(",") < 10
    assert "autres" in message


@pytest.mark.parametrize(
    ("codes", "limit"),
    [
        (epci("200067106"), 0.003),
        (
            tuple(
                code for label in ("80", "62") for code in donnees().referentiel.codes("departement", label)
            ),
            0.020,
        ),
    ],
    ids=["Pays Basque", "Somme and Pas-de-Calais"],
)
def test_a_click_is_not_kept_waiting(codes: tuple[str, ...], limit: float) -> None:
    def once() -> float:
        start = time.process_time()
        check(codes, donnees())
        return time.process_time() - start

    assert len(codes) >= 150
    assert min(once() for _ in range(5)) < limit


# ---- On the page ----------------------------------------------------------------------------------------


def drawing(codes: tuple[str, ...]) -> None:
    from cpts_geo.interface import etat  # noqa: PLC0415 - the script of the page under test
    from pages.blocs.carte import verifications  # noqa: PLC0415

    if not etat.territoire().codes:
        etat.add_communes(*codes)
    verifications.draw(etat.territoire().codes)


def page(*codes: str) -> AppTest:
    return AppTest.from_function(drawing, args=(codes,), default_timeout=30).run()


def test_nothing_to_say_is_said_quietly() -> None:
    app = page(*OLERON)
    assert "Rien à signaler" in app.caption[0].value
    assert not app.button


def test_an_enclave_is_seen_and_added_with_a_click() -> None:
    app = page(*epci(MONTMEDY))
    assert "Othe est entourée" in app.markdown[0].value
    assert [button.label for button in app.button] == ["Voir", "Ajouter"]
    app.button[0].click().run()
    session = app.session_state["session"]
    assert session.vue["code"] == OTHE
    app.button[1].click().run()
    assert not app.exception
    assert OTHE in app.session_state["session"].dessin.projet.territoire
    assert not [line for line in app.markdown if "Othe" in line.value]
