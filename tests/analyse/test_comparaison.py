"""Scenarios side by side: figures, differences, communes gained and lost, the table and the file."""

import csv
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.analyse.comparaison import (
    Comparaison,
    EcartScenario,
    FicheScenario,
    Reperes,
    communes_gagnees_perdues,
    compare_scenarios,
    declaration,
    ecart,
    jugement,
    noms_distincts,
)
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.dessin.carte_vignette import planche
from cpts_geo.documents.tables import csv_comparaison
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.interface.html import html_comparaison
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import BUNDLE

LIMOGES_METROPOLE = donnees().referentiel.codes("epci", "248719312")
RETIREES = ("87050", "87113")  # Couzeix, Le Palais-sur-Vienne
PAYS_BASQUE = donnees().referentiel.codes("epci", "200067106")
GENERALISTES, POPULATION = "densite_medecins_generalistes", "population_municipale"
JOUR = date(2026, 1, 31)

territoires = st.lists(st.sampled_from(PAYS_BASQUE), max_size=30).map(
    lambda codes: Territoire("T", tuple(codes))
)
finite = st.floats(-1e6, 1e6)


def project(*territoires: Territoire) -> Projet:
    made = Projet.nouveau(territoires[0])
    for each in territoires[1:]:
        made = made.create().draw_territoire(each)
    return made


def compared(*territoires: Territoire) -> Comparaison:
    made = project(*territoires)
    keys = [scenario.cle for scenario in made.scenarios]
    return compare_scenarios(made, keys, donnees().agregateur, donnees().referentiel, load_bareme())


@pytest.fixture(scope="module")
def limoges() -> Comparaison:
    """An EPCI, and the same less two communes."""
    whole = Territoire("Tout", LIMOGES_METROPOLE)
    return compared(whole, whole.remove(*RETIREES).rename("Sans deux communes"))


def result(low: float | None, high: float | None, value: float | None = None) -> Resultat:
    return Resultat(
        valeur=value,
        borne_basse=low,
        borne_haute=high,
        effectif=None,
        effectif_bas=None,
        effectif_haut=None,
        couverture=100,
        communes_masquees=0,
        communes_manquantes=0,
        couverture_encadree=100,
    )


# ---- Communes that change -------------------------------------------------------------------------------


@given(territoires, territoires)
def test_gained_lost_and_kept_share_out_the_union(avant: Territoire, apres: Territoire) -> None:
    change = communes_gagnees_perdues(avant, apres)
    parts = [set(change.gagnees), set(change.perdues), set(change.gardees)]
    assert set.union(*parts) == set(avant.codes) | set(apres.codes)
    assert sum(map(len, parts)) == len(set.union(*parts))
    assert parts[0] | parts[2] == set(apres.codes)
    assert parts[1] | parts[2] == set(avant.codes)


@given(territoires, territoires)
def test_what_one_way_gains_the_other_loses(avant: Territoire, apres: Territoire) -> None:
    there, back = communes_gagnees_perdues(avant, apres), communes_gagnees_perdues(apres, avant)
    assert (there.gagnees, there.perdues) == (back.perdues, back.gagnees)
    assert set(there.gardees) == set(back.gardees)


def test_list_of_communes_gives_names_and_totals(limoges: Comparaison) -> None:
    html = html_comparaison.changement(*limoges.fiches, donnees().referentiel)
    lost = [donnees().referentiel[code] for code in RETIREES]
    for commune in lost:
        assert commune.nom in html
    people = f"{sum(commune.population for commune in lost):,}".replace(",", "\u202f")
    assert f'data-mesure="perdues">2\u00a0communes, {people}\u00a0habitants<' in html
    assert 'data-mesure="gagnees">0\u00a0commune, 0\u00a0habitant<' in html
    assert 'data-mesure="gardees">18\u00a0communes' in html


# ---- Differences ----------------------------------------------------------------------------------------


def test_figures_of_an_epci_less_two_communes_from_the_files(limoges: Comparaison) -> None:
    population = pd.read_parquet(BUNDLE / "communes.parquet").set_index("code")["population"]
    doctors = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")["generalistes_liberaux"]
    whole = list(LIMOGES_METROPOLE)
    rest = [code for code in whole if code not in RETIREES]

    def density(codes: list[str]) -> float:
        return float(100_000 * doctors[codes].sum() / population[codes].sum())

    people, care = limoges.lignes(
        [donnees().catalogue[POPULATION], donnees().catalogue[GENERALISTES]], limoges.comparees[0]
    )
    assert people.cellules[1].resultat.valeur == population[rest].sum()
    assert people.cellules[1].ecart == EcartScenario(*[-population[list(RETIREES)].sum()] * 2)
    assert care.cellules[0].resultat.valeur == pytest.approx(density(whole))
    difference = care.cellules[1].ecart
    assert difference is not None
    assert difference.bas == pytest.approx(density(rest) - density(whole))
    assert care.cellules[0].ecart is None, "the reference has no difference with itself"


def test_the_reference_can_be_any_of_them(limoges: Comparaison) -> None:
    (line,) = limoges.lignes([donnees().catalogue[POPULATION]], limoges.comparees[1])
    removed = donnees().referentiel.population(RETIREES)
    assert line.cellules[0].ecart == EcartScenario(removed, removed)
    assert line.cellules[1].ecart is None


def test_a_copy_differs_by_zero_whatever_is_masked() -> None:
    copies = compared(Territoire("A", PAYS_BASQUE), Territoire("B", PAYS_BASQUE[::-1]))
    lines = copies.lignes(donnees().catalogue.indicateurs, copies.comparees[0])
    assert any(line.cellules[0].resultat.encadre for line in lines), "some figures are masked"
    differences = [
        line.cellules[1].ecart
        for line in lines
        if line.indicateur.agregation != "etendue" and line.indicateur.par_commune
    ]
    assert set(differences) <= {EcartScenario(0, 0), EcartScenario(None, None)}
    assert differences.count(EcartScenario(0, 0)) > 100


@given(finite, finite, finite, finite)
def test_two_doubts_make_the_widest_interval(a: float, b: float, c: float, d: float) -> None:
    (low, high), (other_low, other_high) = sorted((a, b)), sorted((c, d))
    difference = ecart(result(low, high, low), result(other_low, other_high, other_low))
    assert difference.bas is not None
    assert difference.haut is not None
    for mine in (low, high):
        for other in (other_low, other_high):
            assert difference.bas <= mine - other <= difference.haut


def test_a_missing_figure_makes_a_missing_difference() -> None:
    assert ecart(result(None, None), result(1, 1)) == EcartScenario(None, None)
    assert ecart(result(1, 1), result(None, None), memes_communes=True) == EcartScenario(None, None)
    assert (
        html_comparaison.ecart(donnees().catalogue[GENERALISTES], EcartScenario(None, None)) == "n.\u00a0d."
    )


def test_what_too_few_people_bear_has_no_difference() -> None:
    few = replace(result(1, 1, 1), couverture=79, couverture_encadree=79, communes_manquantes=1)
    assert ecart(result(2, 2, 2), few) == ecart(few, result(2, 2, 2)) == EcartScenario(None, None)
    assert ecart(few, few, memes_communes=True) == EcartScenario(None, None)
    assert ecart(result(2, 2, 2), replace(few, couverture_encadree=80)) == EcartScenario(1, 1)


def test_figures_of_the_departement_have_a_mark_and_no_difference() -> None:
    comparaison = compared(Territoire("Limoges", ("87085",)), Territoire("Guéret", ("23096",)))
    (line,) = comparaison.lignes([donnees().catalogue["patho_diabete"]], comparaison.fiches[0])
    assert [cellule.ecart for cellule in line.cellules] == [None, None]
    row = table(comparaison, comparaison.fiches[0], "patho_diabete")["patho_diabete"]
    assert all(re.match(r"\d+,\d+ dép\.( Sous|$)", cell) for cell in row[1:])


def test_the_table_says_what_too_few_people_bear() -> None:
    creuse = donnees().referentiel.codes("departement", "23")
    comparaison = compared(Territoire("Creuse", creuse), Territoire("Guéret", ("23096",)))
    creuse_cell, gueret = table(comparaison, comparaison.fiches[0], "taux_pauvrete")["taux_pauvrete"][1:]
    assert creuse_cell == "n.\u00a0d. connu pour 20\u00a0% des habitants seulement"
    assert re.match(r"\d+,\d n\.\u00a0d\. Sous", gueret), "a value, and no difference"


def test_ranges_have_no_difference(limoges: Comparaison) -> None:
    (line,) = limoges.lignes([donnees().catalogue["niveau_vie_median"]], limoges.comparees[0])
    assert [cellule.ecart for cellule in line.cellules] == [None, None]


@pytest.mark.parametrize(
    ("code", "difference", "words"),
    [
        (GENERALISTES, EcartScenario(2, 2), "plus favorable"),
        (GENERALISTES, EcartScenario(-2, -2), "moins favorable"),
        ("sans_medecin_traitant", EcartScenario(1, 2), "moins favorable"),
        ("sans_medecin_traitant", EcartScenario(-2, -1), "plus favorable"),
        ("sans_medecin_traitant", EcartScenario(-1, 2), ""),
        ("sans_medecin_traitant", EcartScenario(0.04, 2), ""),
        (GENERALISTES, EcartScenario(0.04, 0.04), ""),
        (GENERALISTES, EcartScenario(None, None), ""),
        (POPULATION, EcartScenario(5_000, 5_000), ""),
    ],
)
def test_better_or_worse_is_said_only_when_sure(code: str, difference: EcartScenario, words: str) -> None:
    assert jugement(donnees().catalogue[code], difference) == words


@pytest.mark.parametrize(
    ("code", "difference", "text"),
    [
        (POPULATION, EcartScenario(1234, 1234), "+1\u202f234"),
        (POPULATION, EcartScenario(-1234, -1234), "−1\u202f234"),
        (GENERALISTES, EcartScenario(0, 0), "0,0"),
        ("sans_medecin_traitant", EcartScenario(-0.51, 1.24), "−0,5 à +1,2\u00a0pt"),
    ],
)
def test_differences_are_written_in_french(code: str, difference: EcartScenario, text: str) -> None:
    assert html_comparaison.ecart(donnees().catalogue[code], difference) == text


# ---- What a scenario is ---------------------------------------------------------------------------------


def test_what_each_scenario_is(limoges: Comparaison) -> None:
    whole, less = limoges.fiches
    assert whole.population - less.population == donnees().referentiel.population(RETIREES)
    assert whole.classement is not None
    assert whole.classement.numero == 4
    assert whole.departements == ("Haute-Vienne",)
    assert whole.millesime == "2023"


def test_departements_are_given_by_their_weight() -> None:
    (fiche,) = compared(Territoire("Deux", ("87085", "19031", "19272"))).fiches
    assert fiche.departements == ("Haute-Vienne", "Corrèze")


def test_an_empty_scenario_has_no_figures_and_no_class() -> None:
    comparaison = compared(Territoire("Vide"), Territoire("Limoges", ("87085",)))
    empty, full = comparaison.fiches
    assert empty.vide
    assert empty.classement is None
    assert comparaison.comparees == (full,)
    assert set(comparaison.resultats) == {full.cle}
    html = html_comparaison.cartes(comparaison, planche([], donnees().referentiel), donnees().voisinage)
    assert "pas encore de commune" in html
    assert html.count('data-mesure="taille"') == 1


def test_pieces_and_missing_contours_are_said() -> None:
    comparaison = compared(Territoire("Deux", ("87085", "19272")), Territoire("Celles", ("15031", "15138")))
    html = html_comparaison.cartes(comparaison, planche([], donnees().referentiel), donnees().voisinage)
    assert "En 2 morceaux" in html
    assert re.search(r"Sans contour sur la carte\s*:\s*Celles<", html)


def test_equal_names_are_told_apart() -> None:
    same = Territoire("CPTS", ("87085",))
    noms = noms_distincts(project(same, same, same.rename("CPTS (2)"), same).scenarios)
    assert list(noms.values())[:2] == ["CPTS", "CPTS (2)"]
    assert len(set(noms.values())) == 4


def test_the_region_of_landmarks_is_that_of_most_inhabitants(limoges: Comparaison) -> None:
    reperes = Reperes.autour(limoges.fiches[0], donnees().agregateur, donnees().referentiel)
    assert reperes.nom_region == "Nouvelle-Aquitaine"
    assert reperes.france == donnees().agregateur.france()


def test_what_is_declared_is_in_the_catalogue() -> None:
    declared = declaration()
    codes = {item.code for item in donnees().catalogue.indicateurs}
    assert set(declared.indicateurs) <= codes
    assert {code for trace in declared.graphiques.values() for code in trace.indicateurs} <= codes


# ---- The table ------------------------------------------------------------------------------------------


class Cells(HTMLParser):
    """Texts of the rows, by indicator."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[str]] = {}
        self._row = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row = dict(attrs).get("data-indicateur") or ""
        if tag in {"td", "th"} and self._row:
            self.rows.setdefault(self._row, []).append("")

    def handle_data(self, data: str) -> None:
        if cells := self.rows.get(self._row):
            cells[-1] = f"{cells[-1]} {data.strip()}".strip()


def table(comparaison: Comparaison, reference: FicheScenario, *codes: str) -> dict[str, list[str]]:
    shown = [donnees().catalogue[code] for code in codes] or donnees().catalogue.indicateurs
    return Cells(html_comparaison.tableau(comparaison, shown, reference, donnees().catalogue)).rows


def test_the_table_says_value_count_difference_and_which_is_better(limoges: Comparaison) -> None:
    rows = table(limoges, limoges.fiches[0], GENERALISTES, POPULATION)
    assert rows[GENERALISTES][0] == "Médecins généralistes libéraux pour 100 000 habitants"
    reference, other = rows[GENERALISTES][1:]
    assert re.fullmatch(r"112,2 nombre\s*: 233", reference)
    assert re.match(r"\d+,\d [+−]\d+,\d (plus|moins) favorable nombre", other)
    assert "favorable" not in " ".join(rows[POPULATION])


def test_the_whole_table_has_every_indicator_and_no_nan() -> None:
    comparaison = compared(
        Territoire("Mayotte", ("97611",)), Territoire("Cantal", ("15031",)), Territoire("Paris", ("75113",))
    )
    rows = table(comparaison, comparaison.fiches[0])
    assert set(rows) == {item.code for item in donnees().catalogue.indicateurs}
    assert {len(row) for row in rows.values()} == {4}
    text = " ".join(cell for row in rows.values() for cell in row)
    assert "n.\u00a0d." in text
    assert not re.search(r"\b(nan|None|inf)\b", text, re.IGNORECASE)


def test_figures_of_a_departement_are_said_to_be() -> None:
    comparaison = compared(Territoire("Limoges", ("87085",)))
    assert (
        "chiffre du département"
        in table(comparaison, comparaison.fiches[0], "patho_diabete")["patho_diabete"][0]
    )


def test_names_are_shown_as_they_were_typed(limoges: Comparaison) -> None:
    nasty = replace(limoges.fiches[0], nom="<img src=x onerror=alert(1)>")
    comparaison = replace(limoges, fiches=(nasty, limoges.fiches[1]))
    for html in (
        html_comparaison.tableau(comparaison, [donnees().catalogue[POPULATION]], nasty, donnees().catalogue),
        html_comparaison.cartes(comparaison, planche([], donnees().referentiel), donnees().voisinage),
        html_comparaison.changement(nasty, limoges.fiches[1], donnees().referentiel),
    ):
        assert "<img src=x" not in html
        assert "&lt;img src=x" in html


# ---- The file -------------------------------------------------------------------------------------------


def rows_of(comparaison: Comparaison) -> list[list[str]]:
    content = csv_comparaison.comparaison_csv(
        comparaison, comparaison.comparees[0], donnees().catalogue, donnees().referentiel, JOUR
    )
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_the_file_gives_every_figure_and_every_commune(limoges: Comparaison) -> None:
    rows = rows_of(limoges)
    heading = {row[0]: row[1:] for row in rows[:8]}
    assert heading["Comparaison de scénarios"] == ["Tout", "Sans deux communes"]
    assert heading["Date"] == ["31/01/2026"]
    assert heading["Nombre de communes"] == ["20", "18"]

    start = rows.index(["Indicateurs"]) + 1
    lines = {
        row[1]: dict(zip(rows[start], row, strict=True))
        for row in rows[start + 1 : rows.index(["Communes"]) - 1]
    }
    assert len(lines) == len({item.libelle for item in donnees().catalogue.indicateurs})
    people = lines["Population municipale"]
    removed = donnees().referentiel.population(RETIREES)
    assert people["Sans deux communes - Écart bas"] == str(-removed)
    assert people["Tout - Écart bas"] == ""
    assert re.fullmatch(r"\d+,\d+", lines["Médecins généralistes libéraux"]["Tout - Valeur"])

    start = rows.index(["Communes"]) + 1
    communes = {row[0]: row for row in rows[start + 1 :]}
    assert set(communes) == set(LIMOGES_METROPOLE)
    assert {code for code, row in communes.items() if row[-1] == "non"} == set(RETIREES)


def test_the_file_runs_no_formula() -> None:
    rows = rows_of(compared(Territoire("=1+1", ("87085",))))
    assert rows[0] == ["Comparaison de scénarios", "'=1+1"]


@pytest.mark.parametrize(
    ("nom", "file"),
    [
        ("CPTS de l’Île", "comparaison-cpts-de-l-ile-2026-01-31.csv"),
        ("…", "comparaison-cpts-territoire-2026-01-31.csv"),
    ],
)
def test_name_of_the_file(nom: str, file: str) -> None:
    assert csv_comparaison.nom_fichier(nom, JOUR) == file
