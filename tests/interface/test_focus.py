"""What the map is told to show: an indicator or a local figure, and structures with their counts."""

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.focus import Focus, cartographiables, message
from cpts_geo.projet.donnees_locales import DonneeLocale

OLERON = donnees().referentiel.codes("epci", "241700624")
ATTENTE = DonneeLocale(
    "Patients en attente", "patients", "effectif", "CPAM 17", "2026", (("17337", 12.5), ("17385", 30.0))
)
ENTIER = DonneeLocale("Réunions", "", "effectif", "CPTS", "2026", par_scenario=((1, 4.0),))


def told(focus: Focus) -> dict[str, object]:
    return message(focus, (ATTENTE, ENTIER), OLERON, donnees())


def test_nothing_is_shown_at_first() -> None:
    assert told(Focus()) == {"focus": None, "structures": []}


def test_an_indicator_is_named_and_the_map_fetches_it() -> None:
    assert told(Focus("ald", "naturelles"))["focus"] == {"indicateur": "ald", "methode": "naturelles"}


def test_only_local_figures_of_communes_are_mapped() -> None:
    assert list(cartographiables((ATTENTE, ENTIER))) == ["locale:Patients en attente"]


def test_a_local_figure_is_told_whole() -> None:
    given = told(Focus("locale:Patients en attente", "reference"))["focus"]
    assert isinstance(given, dict)
    local = given["locale"]
    assert local["communes"] == {"17337": [0, 12.5, 12.5], "17385": [1, 30.0, 30.0]}
    assert (local["decimales"], local["methode"]) == (1, "quantiles")
    assert "donnée locale" in local["titre"]
    assert "CPAM 17" in local["source"]


def test_a_local_figure_that_is_gone_is_not_shown() -> None:
    assert told(Focus("locale:Autre"))["focus"] is None


def test_structures_are_told_with_their_count() -> None:
    (given,) = told(Focus(structures=("ehpad",)))["structures"]  # type: ignore[misc]
    assert given["nom"] == "EHPAD"
    assert given["nombre"] == donnees().structures.comptes(OLERON)["ehpad"] == 4
