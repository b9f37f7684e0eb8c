import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.analyse.rapport import (
    Cellule,
    Colonne,
    Extrait,
    LigneRapport,
    comparaisons_usuelles,
    extrait,
    rapport,
)
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.communes.referentiel import CommuneInconnueError
from cpts_geo.documents.tables import csv_rapport
from cpts_geo.documents.tables.csv_synthese import nom_fichier, synthese_csv
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

JOUR = date(2026, 1, 31)
LAURAGAIS = Territoire("CPTS du Lauragais", ("31451", "11076", "31555"))
DECLARED = donnees().catalogue["densite_medecins_generalistes"]
ITEM = replace(
    DECLARED,
    libelle="Médecins généralistes",
    source=DECLARED.source.model_copy(update={"millesime": "2024"}),
)
INCONNU = Resultat(None, None, None, None, None, None, 100, 0, 0, 100)
COLONNES = tuple(
    Colonne(cle, "", nom, {})
    for cle, nom in (
        ("territoire", "Territoire"),
        ("departement:31", "Haute-Garonne"),
        ("region:76", "Occitanie"),
        ("france:FR", "France"),
    )
)


def ligne(*valeurs: float | None, item: Indicateur = ITEM, effectif: float | None = 549) -> LigneRapport:
    """An indicator with these values, one for each column."""
    results = (replace(INCONNU, valeur=value, borne_basse=value, borne_haute=value) for value in valeurs)
    own, *others = (replace(result, effectif=effectif) for result in results)
    return LigneRapport(item, (Cellule(own), *map(Cellule, others)), None, "")


LIGNE = ligne(106.646, 95.1, -3.5, 0)
FORMULAS = [
    "=1+1",
    "+33 5",
    "-2",
    "@SUM(A1)",
    "  =1",
    "\t=1",
    "\tx",
    "\rx",
    "\u00a0=1",
    "\u200b=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
]


def export(territoire: Territoire = LAURAGAIS, *lignes: LigneRapport) -> bytes:
    shown = Extrait(COLONNES, lignes)
    return synthese_csv(Projet.nouveau(territoire), shown, JOUR, donnees().referentiel, load_bareme())


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def table(rows: list[list[str]], title: str) -> list[dict[str, str]]:
    start = rows.index([title]) + 1
    end = next((i for i in range(start, len(rows)) if not rows[i]), len(rows))
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 : end]]


def test_french_spreadsheets_read_the_file_as_it_is_meant() -> None:
    content = export(LAURAGAIS, LIGNE)
    assert content.startswith(b"\xef\xbb\xbfProjet de CPTS;CPTS du Lauragais\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


def test_the_file_says_whose_when_and_which_class() -> None:
    heading = {row[0]: row[1:] for row in read(export())[:7]}
    population = sum(donnees().referentiel[code].population for code in LAURAGAIS)
    assert heading["Date"] == ["31/01/2026"]
    assert heading["Nombre de communes"] == ["3"]
    assert heading["Population municipale"] == [str(population)]
    assert heading["Millésime de la population"] == ["2023"]
    assert heading["Taille"][:2] == ["4", "plus de 175\u202f000\u00a0habitants"]
    assert heading["Enveloppe annuelle, en euros (à titre indicatif)"][0] == "90000"


def test_a_population_close_to_a_threshold_is_warned_about() -> None:
    bareme = load_bareme()
    communes = donnees().referentiel.communes
    proche = communes.index[communes["population"].between(39_600, 40_400)][0]
    rows = read(export(Territoire("Proche", (proche,))))
    assert ["Attention", bareme.rank(donnees().referentiel[proche].population).avertissement] in rows
    assert "Attention" not in {row[0] for row in read(export()) if row}


def test_an_indicator_is_one_row_with_its_comparisons() -> None:
    (row,) = table(read(export(LAURAGAIS, LIGNE)), "Indicateurs")
    assert row == {
        "Indicateur": "Médecins généralistes",
        "Unité": "pour 100 000 habitants",
        "Échelle": "territoire",
        "Territoire": "106,65",
        "Borne basse": "",
        "Borne haute": "",
        "Effectif": "549",
        "Couverture (%)": "100",
        "Département (Haute-Garonne)": "95,1",
        "Région (Occitanie)": "-3,5",
        "France": "0",
        "Remarque": "",
        "Source": ITEM.citation,
        "Millésime": ITEM.champ.millesime,
        "Géographie": ITEM.champ.geographie,
        "Ce qui est compté": ITEM.champ.compte,
        "Ce qui ne l’est pas": ITEM.champ.sans,
        "Références": row["Références"],
    }
    assert row["Références"].startswith("Haute-Garonne, Occitanie, France\u00a0: ")


def test_communes_are_listed_in_the_order_of_the_territory() -> None:
    rows = table(read(export()), "Communes")
    assert [row["Code INSEE"] for row in rows] == list(LAURAGAIS)
    assert rows[2] == {
        "Code INSEE": "31555",
        "Commune": "Toulouse",
        "Département": "Haute-Garonne",
        "EPCI": "Toulouse Métropole",
        "Population municipale": "514819",
        "Millésime de la population": "2023",
        "Superficie (km²)": "118,3",
    }


def test_missing_is_an_empty_cell_never_zero() -> None:
    nothing = ligne(None, float("nan"), -3.5, 0)
    (row,) = table(read(export(LAURAGAIS, nothing)), "Indicateurs")
    assert [row["Territoire"], row["Département (Haute-Garonne)"], row["France"]] == ["", "", "0"]
    (celles,) = table(read(export(Territoire("Celles", ("15031",)))), "Communes")
    assert celles["Superficie (km²)"] == ""


def test_the_middle_of_two_bounds_is_no_figure() -> None:
    framed = replace(
        INCONNU, valeur=6, borne_basse=5, borne_haute=7, effectif=60, effectif_bas=50, effectif_haut=70
    )
    (row,) = table(
        read(export(LAURAGAIS, LigneRapport(ITEM, (Cellule(framed),) * 4, None, ""))), "Indicateurs"
    )
    assert [row[name] for name in ("Territoire", "Borne basse", "Borne haute")] == ["", "5", "7"]
    assert (row["Effectif"], row["France"]) == ("50 à 70", "5,0 à 7,0")


def test_what_too_few_people_bear_is_left_out() -> None:
    few = replace(
        INCONNU, valeur=6, borne_basse=6, borne_haute=6, couverture_encadree=62, communes_manquantes=1
    )
    (row,) = table(read(export(LAURAGAIS, LigneRapport(ITEM, (Cellule(few),) * 4, None, ""))), "Indicateurs")
    assert [row[name] for name in ("Territoire", "Borne basse", "Effectif", "France")] == [""] * 4


def test_vintages_of_the_population_are_all_given() -> None:
    rows = read(export(Territoire("Deux mers", ("97608", "31555"))))
    assert ["Millésime de la population", "2017 et 2023"] in rows


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_text_is_never_run_as_a_formula(formula: str) -> None:
    item = replace(ITEM, libelle=formula, unite=formula)
    (row,) = table(read(export(LAURAGAIS, ligne(1, 1, 1, 1, item=item))), "Indicateurs")
    assert row["Indicateur"] == row["Unité"] == f"'{formula}"


@given(nom=st.text(), libelle=st.text(), unite=st.text(st.sampled_from("=+-@\t\r\n ;\"'aé1")))
def test_texts_read_back_and_no_cell_begins_as_a_formula(nom: str, libelle: str, unite: str) -> None:
    territoire = replace(LAURAGAIS, nom=nom)
    item = replace(ITEM, libelle=libelle, unite=unite)
    rows = read(export(territoire, ligne(106.646, 95.1, -3.5, 0, item=item)))
    (row,) = table(rows, "Indicateurs")
    for text, cell in (
        (territoire.nom, rows[0][1]),
        (libelle, row["Indicateur"]),
        (unite, row["Unité"]),
    ):
        assert cell in {text, f"'{text}"}
    for cell in (cell for cells in rows for cell in cells):
        assert cell.strip()[:1] not in {"=", "+", "@"}
        assert not cell.strip().startswith("-") or cell == row["Région (Occitanie)"]


@given(st.floats(min_value=-1e9, max_value=1e9))
def test_numbers_read_back_to_the_second_decimal(number: float) -> None:
    (row,) = table(read(export(LAURAGAIS, ligne(number, 0, 0, 0))), "Indicateurs")
    assert float(row["Territoire"].replace(",", ".")) == pytest.approx(number, abs=0.005 + 1e-9)


def test_bounds_are_written_only_where_they_mean_something() -> None:
    codes = ("23176", "23097")
    wanted = [
        donnees().catalogue[code]
        for code in ("densite_infirmiers", "niveau_vie_median", "sans_medecin_traitant_65")
    ]
    usual = comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    shown = extrait(codes, usual, wanted, donnees().agregateur, donnees().referentiel)
    content = synthese_csv(
        Projet.nouveau(Territoire("Creuse", codes)), shown, JOUR, donnees().referentiel, load_bareme()
    )
    exact, median, masked = table(read(content), "Indicateurs")
    assert exact["Borne basse"] == exact["Borne haute"] == ""
    assert median["Territoire"] == ""
    assert median["Borne basse"]
    assert masked["Source"].startswith("Cnam")


def test_the_synthesis_and_the_report_give_the_same_figures() -> None:
    codes = LAURAGAIS.codes
    usual = comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    shown = extrait(
        codes, usual, donnees().catalogue.indicateurs, donnees().agregateur, donnees().referentiel
    )
    whole = rapport(codes, usual, donnees().agregateur, donnees().catalogue, donnees().referentiel)
    file = synthese_csv(Projet.nouveau(LAURAGAIS), shown, JOUR, donnees().referentiel, load_bareme())
    rows = table(read(file), "Indicateurs")
    assert [row["Indicateur"] for row in rows] == [item.libelle for item in donnees().catalogue.indicateurs]
    report = read(csv_rapport.rapport_csv(whole, LAURAGAIS, donnees().referentiel, JOUR))
    head = next(rank for rank, row in enumerate(report) if row[:1] == ["Famille"])
    by_name = {
        (line["Indicateur"], line["Unité"]): line
        for line in (dict(zip(report[head], row, strict=True)) for row in report[head + 1 :])
    }
    compared = 0
    for row in rows:
        line = by_name[row["Indicateur"], row["Unité"]]
        assert row["Couverture (%)"] == line["Territoire - couverture (%)"]
        for column, zone in (
            ("Territoire", "Territoire"),
            ("Département (Haute-Garonne)", "Haute-Garonne"),
            ("Région (Occitanie)", "Occitanie"),
            ("France", "France"),
        ):
            if line[f"{zone} - valeur"]:
                assert row[column] == line[f"{zone} - valeur"], (row["Indicateur"], zone)
                compared += 1
    assert compared > 400


def test_a_territory_without_commune_has_no_synthesis() -> None:
    with pytest.raises(ValueError, match="au moins une commune"):
        export(Territoire("Vide"))
    with pytest.raises(CommuneInconnueError):
        export(Territoire("Ancien", ("93059",)))


@pytest.mark.parametrize(
    ("nom", "expected"),
    [
        ("CPTS du Lauragais", "synthese-cpts-du-lauragais-2026-01-31.csv"),
        ("Cœur d'Île/../", "synthese-cpts-coeur-d-ile-2026-01-31.csv"),
        ("", "synthese-cpts-territoire-2026-01-31.csv"),
        ("CPTS", "synthese-cpts-territoire-2026-01-31.csv"),
    ],
)
def test_the_file_is_named_after_the_territory(nom: str, expected: str) -> None:
    assert nom_fichier(Territoire(nom), JOUR) == expected
