"""The file of the zones that a territory takes whole or in part."""

import csv
from datetime import date
from io import StringIO

from cpts_geo.analyse.decoupages import decoupages
from cpts_geo.documents.tables.csv_decoupages import ENTETES, decoupages_csv, nom_fichier
from cpts_geo.indicateurs.donnees import donnees
from tests.outils.dossiers import VILLE


def test_the_file_has_a_row_for_each_zone() -> None:
    found = decoupages(VILLE.codes, donnees())
    content = decoupages_csv(found, VILLE, donnees().referentiel, date(2026, 1, 31))
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == ["Projet de CPTS", "CPTS de Toulouse"]
    start = lines.index(list(ENTETES)) + 1
    rows = lines[start : start + sum(len(each.zones) for each in found)]
    epci = rows[0]
    assert epci[:6] == ["EPCI", "243100518", "Toulouse Métropole", "en partie", "3", "34"]
    assert len(epci[-1].split()) == int(epci[5])
    whole = next(row for row in rows if row[2] == "Toulouse (commune entière)")
    assert whole[3:] == ["en entier", "1", "0", whole[6], "0", ""]
    assert "cantons-ou-villes" in lines[-1][0]


def test_the_name_of_the_file_is_that_of_the_territory() -> None:
    assert nom_fichier(VILLE, date(2026, 1, 31)) == "decoupages-cpts-de-toulouse-2026-01-31.csv"
