"""The file of what was not taken."""

from cpts_geo.documents.tables.csv_laissees import laissees_csv


def test_each_line_has_its_number_its_text_and_why() -> None:
    rows = laissees_csv([(4, "=1+1", "nom ou code inconnu"), (7, "", "ligne masquée")]).decode("utf-8-sig")
    assert rows.splitlines() == [
        "Ligne;Texte;Raison",
        "4;'=1+1;Nom ou code inconnu",
        "7;;Ligne masquée",
    ]
