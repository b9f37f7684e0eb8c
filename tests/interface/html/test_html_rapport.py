"""What is read on the report page: signs, headcounts, gaps, and the card of each indicator."""

import re
from dataclasses import replace

import pytest

from cpts_geo.analyse import rapport
from cpts_geo.analyse.rapport import Cellule
from cpts_geo.analyse.table_communes import mesures, table_communes
from cpts_geo.analyse.taille import load_bareme
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import methode
from cpts_geo.interface.html import html_rapport
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.textes import capitale, typographie

CATALOGUE = donnees().catalogue
PART = CATALOGUE["sans_medecin_traitant"]
CREUSE = donnees().referentiel.codes("departement", "23")


def html(code: str, codes: tuple[str, ...], *others: rapport.TermeComparaison) -> str:
    usual = rapport.comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    shown = rapport.rapport(codes, (*usual, *others), donnees().agregateur, CATALOGUE, donnees().referentiel)
    return html_rapport.famille(shown.famille(code), shown.colonnes)


def line(page: str, code: str) -> str:
    found = re.search(rf'<tr data-indicateur="{code}">.*?</tr>', page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("famille", list(CATALOGUE.familles))
@pytest.mark.parametrize("codes", [("31555",), CREUSE, ("97105", "97120"), ("97611",), ("15031",)])
def test_no_figure_is_read_as_a_machine_would_write_it(famille: str, codes: tuple[str, ...]) -> None:
    text = re.sub(r"<[^>]*>", " ", html(famille, codes))
    assert not re.search(r"\b(nan|none|inf)\b", text, re.IGNORECASE)
    assert "'" not in text.replace("&#39;", "’")


def test_shares_bear_their_sign_and_missing_figures_do_not() -> None:
    known = donnees().agregateur.territoire(["31555"])["sans_medecin_traitant"]
    assert html_rapport.valeur(PART, known) == "23,0\u00a0%"
    unknown = donnees().agregateur.territoire(["97611"])["sans_medecin_traitant"]
    assert html_rapport.valeur(PART, unknown) == "n.\u00a0d."


def test_inhabitants_by_nobody_are_meaningless_rather_than_missing() -> None:
    item = CATALOGUE["habitants_par_sages_femmes"]
    assert html_rapport.valeur(item, donnees().agregateur.territoire(["23055"])[item.code]) == "sans objet"


def test_headcounts_stand_under_the_values() -> None:
    results = donnees().agregateur.territoire(["31555"])
    doctors, people = CATALOGUE["densite_medecins_generalistes"], CATALOGUE["densite_population"]
    assert html_rapport.detail(doctors, Cellule(results[doctors.code])) == "524"
    assert html_rapport.detail(people, Cellule(results[people.code])) == "", "said on a line of its own"
    structure = CATALOGUE["nb_urgences"]
    assert html_rapport.detail(structure, Cellule(results[structure.code], 1.26)) == "1,3"


def test_bounds_coverage_and_reserve_are_written() -> None:
    row = line(html("missions", CREUSE), "sans_medecin_traitant")
    result = donnees().agregateur.territoire(CREUSE)["sans_medecin_traitant"]
    assert result.encadre
    assert html_rapport.valeur(PART, result) in row
    assert "secret statistique dans" in row
    assert "Part des habitants pour qui le chiffre est exact\u00a0: Territoire" in row


def test_the_mark_is_never_colour_alone() -> None:
    row = line(html("missions", ("31555",)), "sans_medecin_traitant")
    mark = re.search(r'<td class="ecart defavorable".*?</td>', row, re.DOTALL)
    assert mark
    assert "▲▲" in mark[0]
    assert "+36\u00a0%" in mark[0]
    assert ">défavorable<" in mark[0]
    assert 'title="nettement plus haut que la France"' in mark[0]


def test_a_low_coverage_of_a_reference_is_said() -> None:
    low = replace(donnees().agregateur.france()["taux_pauvrete"], couverture=72.5)
    assert html_rapport.couverture(low) == "couv.\u00a073\u00a0%"
    assert html_rapport.couverture(replace(low, couverture=99)) == ""
    assert "couv.\u00a0" in line(html("missions", ("31555",)), "minutes_urgences")


@pytest.mark.parametrize(
    "code", ["sans_medecin_traitant", "niveau_vie_median", "patho_diabete", "nb_urgences", "part_rsa"]
)
def test_the_card_has_definition_scope_source_and_method(code: str) -> None:
    item = CATALOGUE[code]
    row = line(html(item.famille, ("31555",)), code)
    assert f'popovertarget="info-{code}"' in row
    scope = item.champ
    said = (item.definition, scope.compte, scope.sans, scope.millesime, scope.geographie, item.citation)
    for text in (*said, *item.notes, *methode(item)):
        assert typographie(text) in row or capitale(typographie(text)) in row
    assert f'href="sources?indicateur={code}"' in row


def test_the_card_says_which_references_are_published_and_by_whom() -> None:
    assert "Haute-Garonne, Occitanie, France\u00a0: totaux publiés, Observatoire des fragilités 2024" in line(
        html("missions", ("31555",)), "ald"
    )
    diabetes = line(html("missions", ("31555",)), "patho_diabete")
    assert "Haute-Garonne\u00a0: valeur publiée, Cartographie des pathologies 2023 (Cnam)" in diabetes
    assert "Occitanie, France\u00a0: moyenne des départements" in diabetes


def test_the_vintage_under_a_figure_is_its_own() -> None:
    page = html("population", ("31555",))
    assert "· RSA 2023 (Cnaf)</span>" in line(page, "part_rsa")
    assert "· AAH 2021 (Cnaf)</span>" in line(page, "part_aah")


def test_a_figure_of_the_departement_is_marked_in_the_column_of_the_territory_and_has_no_distance() -> None:
    row = line(html("missions", ("31555",)), "mortalite_toutes_causes")
    cells = re.findall(r"<td.*?</td>", row, re.DOTALL)
    assert [">dép.</abbr>" in cell for cell in cells] == [True, False, False, False, False]
    assert 'title="chiffre du département"' in cells[0]
    assert re.fullmatch(r'<td class="ecart" data-mesure="ecart"></td>', cells[1])
    assert "marque-zone" not in line(html("missions", ("31555",)), "sans_medecin_traitant")


def test_what_too_few_people_bear_is_not_a_figure_of_the_territory() -> None:
    row = line(html("population", CREUSE), "taux_pauvrete")
    assert '<span class="valeur">n.\u00a0d.</span>' in row
    assert '<span class="reserve">connu pour 20\u00a0% des habitants seulement</span>' in row
    assert '<td class="ecart" data-mesure="ecart"></td>' in row


def test_bounds_too_far_apart_are_said_unknown() -> None:
    doubtful = replace(donnees().agregateur.territoire(CREUSE)[PART.code], trop_incertain=True)
    assert html_rapport.valeur(PART, replace(doubtful, borne_basse=None, borne_haute=None)) == "non connu"


def test_what_people_type_is_text() -> None:
    other = rapport.TermeComparaison("scenario", "2", "<b>Autre</b>", ("31555",))
    assert "<b>Autre" not in html("structures", ("31555",), other)
    head = html_rapport.entete(Territoire("<i>Ici</i>", ("31555",)), donnees().referentiel, load_bareme())
    assert "&lt;i&gt;Ici" in head


def test_the_head_says_where_people_live() -> None:
    both = html_rapport.entete(Territoire("Ici", ("23096", "87085")), donnees().referentiel, load_bareme())
    assert re.search(r"Haute-Vienne \(\d+\u00a0% des habitants\)", both)
    island = html_rapport.entete(Territoire("Ici", ("97105",)), donnees().referentiel, load_bareme())
    assert island.count("Guadeloupe") == 1


def test_an_empty_territory_says_what_to_do() -> None:
    assert "Choisissez-les sur la carte" in html_rapport.vide("Ici")


def test_totals_tell_their_reserve() -> None:
    table = table_communes(
        CREUSE, [mesures(CATALOGUE)["sans_medecin_traitant"]], donnees().agregateur, donnees().referentiel
    )
    text = html_rapport.totaux(table)
    assert "exact pour" in text
    assert "secret statistique dans" in text


def test_french_typography() -> None:
    assert typographie("l'« eau » : 3 %") == "l’«\u00a0eau\u00a0»\u00a0: 3\u00a0%"
