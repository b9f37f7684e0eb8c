"""A territory beside its département, its région and France."""

import pytest

from cpts_geo.analyse.panneau import lignes, lignes_synthese, table_synthese
from cpts_geo.communes.referentiel import referentiel
from cpts_geo.indicateurs.agregation import agregateur
from cpts_geo.indicateurs.catalogue import catalogue

CATALOGUE = catalogue()


def test_a_line_compares_with_the_zones_around() -> None:
    (ligne,) = lignes(agregateur(), ["31555"], [CATALOGUE["densite_medecins_generalistes"]])
    assert ligne.territoire.effectif == 549
    assert ligne.departement == agregateur().departement("31")["densite_medecins_generalistes"]
    assert ligne.region == agregateur().region("76")["densite_medecins_generalistes"]
    assert ligne.france.effectif == 60_573


def test_empty_territory_has_no_lines() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        lignes(agregateur(), [], [])


def test_bounds_are_written_only_where_they_mean_something() -> None:
    wanted = [
        CATALOGUE[code] for code in ("densite_infirmiers", "niveau_vie_median", "sans_medecin_traitant_65")
    ]
    exact, median, masked = lignes_synthese(lignes(agregateur(), ["23176", "23097"], wanted))
    assert (exact.borne_basse, exact.borne_haute) == (None, None)
    assert median.territoire is None
    assert median.borne_basse is not None
    assert masked.source.startswith("Cnam")
    assert exact.millesime == "2024"


def test_synthesis_names_the_zones_it_compares_with() -> None:
    table = table_synthese(agregateur(), ["31555", "11076"], CATALOGUE, referentiel())
    assert (table.departement, table.region) == ("Haute-Garonne", "Occitanie")
    assert len(list(table.lignes)) == len(CATALOGUE.indicateurs)
