"""Each change has a name that a person recognises."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import gestes


@pytest.mark.parametrize(
    ("ajoutees", "retirees", "geste", "attendu"),
    [
        (["87085"], [], "commune", "ajout de Limoges"),
        ([], ["87085"], "commune", "retrait de Limoges"),
        (["87085", "19272"], [], "rectangle", "ajout de 2\u00a0communes au rectangle"),
        ([], ["87085", "19272"], "lasso", "retrait de 2\u00a0communes au lasso"),
        (["87085", "19272"], [], "liste", "ajout de 2\u00a0communes par liste"),
        (["87085"], ["19272"], "commune", "remplacement par Limoges"),
        (["17337"], [], "inconnu:123", "ajout de Saint-Georges-d'Oléron"),
        (["47001"], [], "commune", "ajout d’Agen"),
        ([], ["76351"], "commune", "retrait du Havre"),
        (["47001"], ["76351"], "departement:40", "remplacement par les Landes (1\u00a0commune)"),
        (["47001"], [], "bassin_vie:47001", "ajout du bassin de vie d’Agen (1\u00a0commune)"),
    ],
)
def test_a_change_is_named(ajoutees: list[str], retirees: list[str], geste: str, attendu: str) -> None:
    assert gestes.libelle(ajoutees, retirees, geste, donnees().referentiel) == attendu


def test_a_zone_gives_its_name() -> None:
    codes = donnees().referentiel.codes("epci", "241700624")
    named = gestes.libelle(codes, [], "epci:241700624", donnees().referentiel)
    assert (
        named
        == f"ajout de la {donnees().referentiel.nom_zone('epci', '241700624')} ({len(codes)}\u00a0communes)"
    )
