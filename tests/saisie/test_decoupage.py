"""Lists cut into lines: headings, notes, totals, several communes in one."""

import pytest

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.decoupage import (
    MAX_LIGNES,
    MAX_LONGUEUR,
    LigneCollee,
    ListeInvalideError,
    est_entete,
    lignes_du_texte,
    titre_et_suite,
)
from cpts_geo.saisie.liste import Rapprochement, Statut, bilan, bring_together
from cpts_geo.saisie.noms import index_noms
from tests.outils.listes import LISTE

FRANCE = donnees().referentiel
INDEX = index_noms(FRANCE)


def match(texte: str) -> tuple[Rapprochement, ...]:
    return bring_together(lignes_du_texte(texte), INDEX)


def one(texte: str) -> Rapprochement:
    (found,) = match(texte)
    return found


def codes(found: tuple[Rapprochement, ...]) -> list[str | None]:
    return [each.code for each in found]


@pytest.mark.parametrize(
    "line", ["Commune", "Code INSEE", "Nom de la commune", "Total", "TOTAL 45 320", "CODGEO"]
)
def test_headers_and_totals_are_said_to_be_ignored(line: str) -> None:
    found = one(line)
    assert (found.statut, found.texte) == (Statut.IGNOREE, line)


def test_no_name_of_commune_is_taken_for_a_header() -> None:
    names = [*FRANCE.communes["nom"], *(former.nom_ancien for former in FRANCE.anciennes)]
    assert [name for name in names if est_entete(name)] == []


@pytest.mark.parametrize(
    "line",
    [
        "Royan; Saujon; Médis",
        "Royan, Saujon, Médis",
        "Royan\tSaujon\tMédis",
        "Royan | Saujon | Médis",
        "Royan - Saujon - Médis",
        "17306;17421;17228",
        "17306 17421 17228",
        "Royan, Charente-Maritime; Saujon, Charente-Maritime; Médis (17)",
    ],
)
def test_a_line_that_is_a_list_gives_each_of_its_communes(line: str) -> None:
    assert codes(match(line)) == ["17306", "17421", "17228"]


def test_an_unknown_name_in_a_line_that_is_a_list_is_not_lost() -> None:
    found = match("Royan; Saujon; Meddis")
    assert [each.statut for each in found] == [Statut.TROUVEE, Statut.TROUVEE, Statut.INCONNUE]
    assert found[2].propositions[0].code == "17228"


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("Royan\n" * (MAX_LIGNES + 1), "plus de 40\u202f000 lignes"),
        ("a;" * (MAX_LIGNES + 1), "plus de 40\u202f000 lignes"),
        ("a" * 1_000_000, "trop long"),
    ],
)
def test_limits_are_said(texte: str, message: str) -> None:
    with pytest.raises(ListeInvalideError, match=message):
        match(texte)


def test_a_long_line_that_is_a_list_is_read() -> None:
    line = LISTE.replace("\n", "; ")
    assert len(line) > MAX_LONGUEUR
    assert bilan(match(line)) == bilan(match(LISTE))


def test_a_cell_of_a_table_may_list_several_communes() -> None:
    found = bring_together([LigneCollee(1, "Royan; Saujon")], INDEX)
    assert codes(found) == ["17306", "17421"]


def test_a_line_too_long_to_be_a_commune_stops_nothing() -> None:
    royan, long = match("Royan\n" + "a" * (MAX_LONGUEUR + 1))
    assert royan.code == "17306"
    assert (long.statut, long.mention) == (Statut.ECARTEE, "texte trop long pour être une commune")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("31/01/2026", "date"),
        ("2026-01-31", "date"),
        ("31 janvier 2026", "date"),
        ("12,50 €", "montant"),
        ("05 46 39 00 00", "téléphone"),
        ("200042614", "numéro SIREN ou FINESS"),
        ("contact@cpts.fr", "adresse électronique"),
        ("45,62", "nombre décimal"),
        ("2025", "année"),
        ("1999", "année"),
        ("12 km", "mesure"),
        ("12345678", "nombre"),
        ("?!", "ni nom ni code"),
    ],
)
def test_what_is_no_code_is_set_aside(line: str, why: str) -> None:
    found = match(f"Royan\n{line}\nSaujon")
    assert codes(found) == ["17306", None, "17421"]
    assert (found[1].statut, found[1].mention) == (Statut.ECARTEE, f"ce n’est pas une commune\u00a0: {why}")


@pytest.mark.parametrize(
    "line",
    [
        "Royan, Saujon et Médis",
        "Royan & Saujon & Médis",
        "Royan/Saujon/Médis",
        "Communes : Royan, Saujon, Médis",
        "Royan, Saujon, et Médis",
        "• Royan • Saujon • Médis",
        "Royan–Saujon–Médis",
    ],
)
def test_a_sentence_that_lists_communes_gives_each(line: str) -> None:
    assert codes(match(line))[:2] == ["17306", "17421"]
    assert all(each.statut == Statut.TROUVEE for each in match(line))


def test_a_name_that_holds_and_stays_whole() -> None:
    assert one("Dhuys et Morin-en-Brie").code == "02458"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Source : Insee, 2024", "note ou source"),
        ("* communes hésitantes", "note ou source"),
        ("Sous-total du secteur", "total"),
        ("France", "ligne de comparaison"),
        ("Charente-Maritime", "ligne de comparaison"),
        ("17 - Charente-Maritime", "ligne de comparaison"),
        ("Nouvelle-Aquitaine", "ligne de comparaison"),
        ("CPTS des Rives", "nom de territoire"),
    ],
)
def test_what_surrounds_a_list_is_ignored_and_said(line: str, why: str) -> None:
    found = match(f"Royan\n{line}\nSaujon")
    assert (found[1].statut, found[1].mention) == (Statut.IGNOREE, why)


def test_blank_lines_count_in_the_numbers_only() -> None:
    assert [each.numero for each in match("\n\nRoyan\n\n  \nSaujon\n")] == [3, 6]


def test_a_title_may_stand_on_the_line_of_its_communes() -> None:
    title, *communes = match("CPTS des Rives : Royan, Saujon")
    assert (title.statut, title.mention) == (Statut.IGNOREE, "nom de territoire")
    assert codes(tuple(communes)) == ["17306", "17421"]
    assert titre_et_suite("CPTS des Rives : Royan") == ("CPTS des Rives", "Royan")
    assert titre_et_suite("Royan : Saujon") == ("Royan : Saujon", "")


@pytest.mark.parametrize("line", ["Champ le Ducq", "Somme-Bione", "Moyene Ville", "Max-sur-Mer"])
def test_a_misspelt_name_is_no_note_and_no_total(line: str) -> None:
    assert one(line).a_preciser


@pytest.mark.parametrize(
    "line", ["Somme", "Moyenne des communes", "Population totale : 35 000", "soit 4 communes"]
)
def test_totals_are_said_in_many_ways(line: str) -> None:
    found = match(f"Royan\n{line}")[1]
    assert found.statut in {Statut.IGNOREE, Statut.AMBIGUE}
    assert found.code is None


def test_a_source_that_names_insee_says_nothing_of_codes() -> None:
    assert match("Source : Insee\n17200")[1].code is None


@pytest.mark.parametrize(
    "texte",
    ["Saint-Palais-sur-\nMer", "Saint-Palais-\nsur-Mer", "Saint-Palais sur\nMer", "Saint-Pa-\nlais-sur-Mer"],
)
def test_a_name_cut_by_a_page_is_read_whole(texte: str) -> None:
    found = match(f"Royan\n{texte}\nSaujon")
    assert codes(found) == ["17306", "17380", None, "17421"]
    assert (found[2].statut, found[2].mention) == (Statut.IGNOREE, "suite de la ligne précédente")


def test_a_line_that_ends_as_if_it_went_on_takes_no_other_commune() -> None:
    assert codes(match("Saujon -\nRoyan")) == ["17421", "17306"]


def test_a_zone_may_list_its_communes_in_brackets() -> None:
    title, *found = match("Canton de Royan (Royan, Vaux-sur-Mer)")
    assert (title.statut, title.mention) == (Statut.IGNOREE, "ligne de comparaison")
    assert codes(tuple(found)) == ["17306", "17461"]
