"""What is published around a territory, from the files, where it has no figure of its own."""

import pandas as pd
import pytest

from cpts_geo.analyse import rapport
from cpts_geo.analyse.publies_autour import ZONES_AU_PLUS, publies_autour
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

PAUVRETE = donnees().catalogue["taux_pauvrete"]
MEDIANE = donnees().catalogue["niveau_vie_median"]
EPCI = pd.read_parquet(BUNDLE / "epci.parquet").set_index("code")
BASSINS = pd.read_parquet(BUNDLE / "bassins.parquet").set_index("code")
CREUSE = donnees().referentiel.codes("departement", "23")


def said(codes: tuple[str, ...], item: object = PAUVRETE) -> str:
    return publies_autour(item, codes, donnees().agregateur, donnees().referentiel)  # type: ignore[arg-type]


def french(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def test_epci_then_bassins_are_named_with_their_published_rate() -> None:
    commune = donnees().referentiel["23176"]
    assert commune.epci
    epci, bassin = EPCI.loc[commune.epci], BASSINS.loc[commune.bassin_vie]
    nom = donnees().referentiel.nom_zone("bassin_vie", commune.bassin_vie)
    assert said(("23176",)) == (
        f"EPCI {donnees().referentiel.nom_zone('epci', commune.epci)} "
        f"{french(epci['taux_pauvrete_2021'])}\u00a0%\u00a0; "
        f"bassin de vie de {nom} {french(bassin['taux_pauvrete_2021'])}\u00a0%"
    )


def test_those_with_most_inhabitants_of_the_territory_come_first_and_the_others_are_counted() -> None:
    text = said(CREUSE)
    people = donnees().referentiel.communes.loc[list(CREUSE)].groupby("epci")["population"].sum()
    assert text.startswith(f"EPCI {donnees().referentiel.nom_zone('epci', str(people.idxmax()))} ")
    assert text.count("EPCI") == ZONES_AU_PLUS + 1
    assert "autres EPCI\u00a0; bassin de vie" in text
    assert text.endswith("autres bassins de vie")


def test_medians_are_in_euros() -> None:
    assert "\u00a0€" in said(("31555",), MEDIANE)


def test_what_is_published_for_no_zone_is_not_said() -> None:
    assert said(("97611",)) == ""
    assert said(CREUSE, donnees().catalogue["ald"]) == ""


def line(codes: tuple[str, ...], code: str) -> rapport.LigneRapport:
    item = donnees().catalogue[code]
    (found,) = rapport.extrait(codes, (), [item], donnees().agregateur, donnees().referentiel).lignes
    return found


@pytest.mark.parametrize(("codes", "noted"), [(CREUSE, True), (("31555",), False), (("23176",), None)])
def test_a_line_has_this_context_only_without_a_figure_of_its_own(
    codes: tuple[str, ...], *, noted: bool | None
) -> None:
    found = line(codes, "taux_pauvrete")
    if noted is None:
        noted = found.territoire.valeur is None
    assert found.note == (said(codes) if noted else "")
    assert (found.note in found.remarques) is noted


def test_a_range_of_medians_always_has_it() -> None:
    assert line(("31555",), "niveau_vie_median").note == said(("31555",), MEDIANE)
