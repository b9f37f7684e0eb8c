"""The file of the table of communes."""

import csv
from datetime import date
from io import StringIO

from cpts_geo.analyse.table_communes import mesures, table_communes
from cpts_geo.documents.tables.csv_communes import communes_csv, nom_fichier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.territoire import Territoire

OFFERED = mesures(donnees().catalogue)
CREUSE = donnees().referentiel.codes("departement", "23")
CHATELARD = "23055"
WITHOUT = "sans_medecin_traitant"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_has_bounds_and_coverage() -> None:
    chosen = [OFFERED["population_municipale"], OFFERED[WITHOUT]]
    shown = table_communes(CREUSE, chosen, donnees().agregateur, donnees().referentiel)
    lines = rows(communes_csv(shown, Territoire("=Creuse", CREUSE), date(2026, 1, 31)))
    assert lines[0] == ["Projet de CPTS", "'=Creuse"]
    heads = lines[3]
    assert heads[:3] == ["Code INSEE", "Commune", "Département"]
    label = OFFERED[WITHOUT].libelle
    assert heads[4:] == [label, f"{label} - borne basse", f"{label} - borne haute"]
    by_code = {line[0]: line[3:] for line in lines[4 : 4 + len(CREUSE)]}
    assert by_code[CHATELARD] == ["29", "secret", "", ""]
    assert by_code["23096"][1] == by_code["23096"][2] == by_code["23096"][3] != ""
    territory, coverage = lines[4 + len(CREUSE)], lines[5 + len(CREUSE)]
    assert territory[1] == "Territoire"
    assert territory[4] == ""
    assert float(territory[5].replace(",", ".")) < float(territory[6].replace(",", "."))
    assert 80 < float(coverage[4].replace(",", ".")) < 100


def test_name_of_the_file() -> None:
    assert nom_fichier(Territoire("CPTS du Lauragais"), date(2026, 1, 31)) == (
        "communes-cpts-du-lauragais-2026-01-31.csv"
    )
