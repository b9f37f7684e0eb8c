"""The lines of a table: communes, and why the others are none. Our own files are tables like others."""

import pytest

from cpts_geo.analyse.table_communes import mesures, table_communes
from cpts_geo.documents.tables.csv_communes import communes_csv
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.fichiers.tableur import read
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.lignes import AUTRE_TABLEAU, lignes
from cpts_geo.saisie.tables.plan import FeuilleLue, read_plan
from tests.outils.dossiers import JOUR, RURAL

FRANCE = donnees().referentiel
INDEX = index_noms(FRANCE)
LECTEUR = Lecteur(INDEX)
OFFERED = list(mesures(donnees().catalogue).values())


def found(content: bytes, name: str) -> list[Rapprochement]:
    opened = territoires.open_sheets(read(content, name), LECTEUR)
    (part,) = territoires.read(opened, LECTEUR).parts
    return list(bring_together(part.lignes, INDEX))


@pytest.mark.parametrize("nom", ["CPTS du Lauragais", "Royan", "17306", "Landes", "2025", ""])
@pytest.mark.parametrize("count", [1, 4, 60])
def test_our_table_of_communes_taken_back_gives_its_communes_and_no_other(nom: str, count: int) -> None:
    table = table_communes(RURAL.codes, OFFERED[:count], donnees().agregateur, FRANCE)
    lines = found(communes_csv(table, Territoire(nom or "Mon territoire", RURAL.codes), JOUR), "communes.csv")
    assert {line.code for line in lines if line.code} == set(RURAL.codes)
    assert not [line for line in lines if line.statut == Statut.DOUBLON]
    assert count == 1 or not [line for line in lines if line.a_preciser]


def test_a_row_with_words_under_every_figure_is_of_another_table() -> None:
    rangees = (
        ("Code", "Commune", "Patients", "Sans médecin"),
        ("17306", "Royan", "12", "3"),
        ("17421", "Saujon", "8", "2"),
        ("Indicateur", "Source", "Champ", "Notes"),
        ("", "Saujon", "n.c.", "s"),
    )
    read_ = lignes(FeuilleLue(Feuille("", rangees), read_plan(rangees, LECTEUR)), LECTEUR)
    assert [line.ecartee for line in read_] == ["", "", "", AUTRE_TABLEAU, ""]
    assert bring_together(read_, INDEX)[-1].code == "17421"
