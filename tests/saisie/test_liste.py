"""Lists of communes as people paste them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpts_geo.communes.referentiel import AncienneCommune, Commune
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.decoupage import (
    MAX_LIGNES,
    LigneCollee,
    ListeInvalideError,
    lignes_du_texte,
)
from cpts_geo.saisie.lecture.ligne import Lecteur, Sens
from cpts_geo.saisie.liste import (
    Rapprochement,
    Statut,
    apercu,
    bilan,
    bring_together,
    libelle,
    libelle_ajout,
    retenues,
)
from cpts_geo.saisie.noms import index_noms
from tests.outils.exemples import exemples
from tests.outils.listes import LISTE

FRANCE = donnees().referentiel
INDEX = index_noms(FRANCE)
CODES = FRANCE.communes.index.tolist()
COMMUNES = st.sampled_from(CODES).map(FRANCE.__getitem__)


def match(texte: str, *proches: str) -> tuple[Rapprochement, ...]:
    return bring_together(lignes_du_texte(texte), INDEX, proches)


def one(texte: str) -> Rapprochement:
    (found,) = match(texte)
    return found


def codes(found: tuple[Rapprochement, ...]) -> list[str | None]:
    return [each.code for each in found]


def proposed(found: Rapprochement) -> list[str]:
    return [candidat.code for candidat in found.propositions]


def test_a_list_of_thirty_five_names_leaves_three_to_settle() -> None:
    found = match(LISTE)
    assert len(found) == 35
    assert bilan(found) == "32\u00a0communes reconnues, 3\u00a0lignes à préciser"
    assert [each.texte for each in found if each.statut == Statut.AMBIGUE] == ["Breuillet", "St Augustin"]
    assert [each.texte for each in found if each.statut == Statut.INCONNUE] == ["semusac"]
    assert {FRANCE[each.code].departement for each in found if each.code} == {"17"}


def test_what_is_proposed_first_is_near_the_rest_of_the_list() -> None:
    by_text = {each.texte: each for each in match(LISTE)}
    assert proposed(by_text["Breuillet"]) == ["17064", "91105"]
    assert proposed(by_text["St Augustin"])[0] == "17311"
    assert proposed(by_text["semusac"])[0] == "17425"
    assert len(proposed(by_text["semusac"])) <= 5


def test_homonyms_of_other_departements_are_ordered_by_distance() -> None:
    # Bordeaux: no Saint-Augustin in Gironde; Charente-Maritime comes before Corrèze and Seine-et-Marne.
    found = match("Bordeaux\nSaint-Augustin")[1]
    assert [FRANCE[code].departement for code in proposed(found)][:2] == ["17", "19"]


def test_the_territory_tells_where_homonyms_are_likely() -> None:
    assert proposed(match("Saint-Augustin", "19031")[0])[0] == "19181"
    assert proposed(match("Saint-Augustin", "17306")[0])[0] == "17311"


@settings(max_examples=exemples(150))
@given(commune=COMMUNES)
def test_a_commune_is_matched_by_its_name_and_departement(commune: Commune) -> None:
    zone = FRANCE.nom_zone("departement", commune.departement)
    for line in (
        f"{commune.nom} ({commune.departement})",
        f"{commune.nom} - {commune.departement}",
        f"{commune.nom.upper()}, {zone}",
        f"{commune.code} {commune.nom}",
        f"{commune.nom}\t{commune.code}\t{commune.population}",
        f"{commune.code}\t{commune.nom}\t{commune.population:,}".replace(",", " "),
    ):
        assert one(line).code == commune.code, line


@pytest.mark.lent
def test_every_commune_of_france_is_matched_by_its_code() -> None:
    for start in range(0, len(CODES), MAX_LIGNES):
        part = CODES[start : start + MAX_LIGNES]
        assert codes(match("\n".join(part))) == part


@pytest.mark.lent
def test_every_commune_of_france_is_matched_by_its_name_and_departement() -> None:
    rows = zip(CODES, FRANCE.communes["nom"], FRANCE.communes["departement"], strict=True)
    lecteur = Lecteur(INDEX)
    for code, nom, departement in rows:
        read = lecteur.read(f"{nom} ({departement})")
        best = [candidat.code for candidat in read.noms if candidat.rang == read.noms[0].rang]
        assert (best, read.douteuse) == ([code], False), nom


@settings(max_examples=exemples(150))
@given(former=st.sampled_from(FRANCE.anciennes))
def test_a_former_code_or_name_leads_to_the_present_commune(former: AncienneCommune) -> None:
    by_code = one(former.code_ancien)
    assert former.code in {by_code.code, *proposed(by_code)}
    by_name = one(former.nom_ancien)
    read = Lecteur(INDEX).read(former.nom_ancien)
    assert former.code in {by_name.code, *proposed(by_name), *(each.code for each in read.noms)}


def test_a_former_name_is_said() -> None:
    found = one("Pierrefitte-sur-Seine")
    assert (found.code, found.mention) == ("93066", "commune déléguée\u00a0: Pierrefitte-sur-Seine")
    assert one("93059").mention == "commune déléguée\u00a0: Pierrefitte-sur-Seine"


@pytest.mark.parametrize(
    ("line", "code"),
    [("La Réunion", "47222"), ("Marne", "44090"), ("St Trojan", "17411"), ("Néant", "56145")],
)
def test_a_name_of_far_away_that_may_mean_another_thing_is_put_to_the_person(line: str, code: str) -> None:
    found = match(f"Royan\nSaujon\n{line}")[2]
    assert (found.statut, found.code) == (Statut.AMBIGUE, None)
    assert proposed(found)[0] == code


def test_a_former_name_far_from_the_rest_is_put_to_the_person() -> None:
    # Le Bois is the former name of a commune of Savoie; here, it is short for Le Bois-Plage-en-Ré.
    found = match("Royan\nSaujon\nLe Bois")[2]
    assert (found.statut, found.code) == (Statut.AMBIGUE, None)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1. Royan", "17306"),
        ("12) Royan", "17306"),
        ("• Royan", "17306"),
        ("- Royan ;", "17306"),
        ("« Royan »", "17306"),
        ('"Royan"', "17306"),
        ("\ufeffRoyan", "17306"),
        ("Royan\u00a019\u00a0425", "17306"),
        ("Royan (19 425 habitants)", "17306"),
        ("commune de Saujon", "17421"),
        ("Mairie d'Arvert", "17021"),
        ("17200 ROYAN CEDEX", "17306"),
        ("17205 ROYAN CEDEX", "17306"),
        ("Rochelle (La) 17", "17300"),
        ("Tremblade (La)", "17452"),
        ("33 - Talence", "33522"),
        ("Saint-Martin (Gers)", "32389"),
        ("Le Bourg-d'Oisans - 38", "38052"),
        ("Paris 13e arrondissement", "75113"),
        ("PARIS 13", "75113"),
        ("13e arrondissement de Paris", "75113"),
        ("75013 Paris", "75113"),
        ("Marseille 01", "13201"),
        ("Lyon 3e", "69383"),
        ("1004", "01004"),
        ("2a004", "2A004"),
        ("17306.0", "17306"),
        ("17306\tRoyan\t19 425", "17306"),
        ("17306;17200", "17306"),
        ("Saint-Denis, La Réunion", "97411"),
        ("Vienne, Isère", "38544"),
    ],
)
def test_what_surrounds_a_name_is_understood(line: str, code: str) -> None:
    found = one(line)
    assert (found.statut, found.code) == (Statut.TROUVEE, code)


def test_what_settles_between_homonyms_is_said() -> None:
    assert one("Saint-Martin (Gers)").mention == "homonymes départagés par «\u00a0gers\u00a0»"
    assert one("Royan (17)").mention == ""


def test_a_numbering_settles_nothing() -> None:
    names = ["Royan"] * 16 + ["Saint-Sulpice"]
    found = match("\n".join(f"{rank} {name}" for rank, name in enumerate(names, start=1)))
    assert found[-1].statut == Statut.AMBIGUE
    # The same number is a département where it is not the rank of the line.
    assert one("32 Saint-Martin").code == "32389"


@pytest.mark.parametrize(
    "line", ["17306\tLa Tremblade\t4 500", "17306 La Tremblade", "Royan (16)", "Royan, Gers"]
)
def test_a_line_that_contradicts_itself_is_put_to_the_person(line: str) -> None:
    found = one(line)
    assert found.statut == Statut.AMBIGUE
    assert "17306" in proposed(found)


def test_a_contradiction_proposes_both_communes() -> None:
    assert set(proposed(one("17306 La Tremblade"))) == {"17306", "17452"}


def test_a_number_behind_a_name_may_be_a_population() -> None:
    # 59193 is the postal code of a commune of Nord.
    assert one("Niort 59193").code == "79191"


def test_a_postal_code_of_several_communes_is_put_to_the_person() -> None:
    assert match("Royan\n17530")[1].code == "17021"
    found = match("Royan\n17120")[1]
    assert found.statut == Statut.AMBIGUE
    assert {FRANCE[code].departement for code in proposed(found)} == {"17"}
    assert all("17120" in FRANCE[code].codes_postaux or code == "17120" for code in proposed(found))


def test_a_code_of_both_kinds_is_put_to_the_person() -> None:
    found = one("17200")
    assert found.statut == Statut.AMBIGUE
    assert {"17200", "17306"} <= set(proposed(found))


@pytest.mark.parametrize("line", ["17200 Royan", "Royan 17200", "17200\tRoyan", "17306;17200"])
def test_the_line_settles_a_code_of_both_kinds(line: str) -> None:
    assert one(line).code == "17306"


def test_the_header_settles_codes_of_both_kinds() -> None:
    assert match("Code INSEE\n17200")[1].code == "17200"
    assert match("Code postal\n17200")[1].code is None
    assert proposed(match("Code postal\n17200")[1]) != proposed(one("17200"))


def test_the_rest_of_the_list_settles_codes_of_both_kinds_and_says_so() -> None:
    found = match("17200\n17306\n17421\n17452")
    assert found[0].code == "17200"
    assert found[0].mention == "lu comme code Insee, comme le reste de la liste"


def test_a_code_and_a_number_are_not_two_communes() -> None:
    found = one("17306\t18500")
    assert (found.statut, found.code) == (Statut.AMBIGUE, None)


def test_repeated_communes_are_said() -> None:
    found = match("Royan\nSaujon\n17306")
    assert (found[2].statut, found[2].code, found[2].mention) == (
        Statut.DOUBLON,
        "17306",
        "déjà à la ligne 1",
    )


@settings(max_examples=exemples(200))
@given(texte=st.text(max_size=400))
def test_no_line_is_lost(texte: str) -> None:
    try:
        found = match(texte)
    except ListeInvalideError:
        return
    assert {each.numero for each in found} == {line.numero for line in lignes_du_texte(texte)}
    for each in found:
        assert (each.code is None) == (each.statut not in {Statut.TROUVEE, Statut.DOUBLON})


@pytest.mark.parametrize("line", ["xyzzy", "99999", "123456x", "Île"])
def test_what_means_nothing_is_put_to_the_person(line: str) -> None:
    assert one(line).a_preciser


def test_the_communes_kept_are_those_found_and_those_chosen() -> None:
    found = match("Royan\nBreuillet\nRoyan\nsemusac\nSaujon")
    assert retenues(found, {}, FRANCE) == ("17306", "17421")
    assert retenues(found, {1: "17064"}, FRANCE) == ("17306", "17064", "17421")


def test_the_button_says_what_is_left_aside() -> None:
    assert libelle_ajout(32, 3) == "Ajouter 32\u00a0communes et laisser 3\u00a0lignes de côté"
    assert libelle_ajout(1, 0) == "Ajouter 1\u00a0commune"


def test_homonyms_are_told_apart() -> None:
    assert libelle("17064", INDEX).startswith("Breuillet, Charente-Maritime (")
    assert libelle("17064", INDEX, "ancien nom").endswith("hab.), ancien nom")


def test_the_lines_can_be_shown() -> None:
    assert apercu(match("Royan\nTotal"), INDEX) == [
        {"Ligne": 1, "Texte": "Royan", "Commune": "Royan (17306)", "Remarque": ""},
        {"Ligne": 2, "Texte": "Total", "Commune": "", "Remarque": "en-tête ou total"},
    ]


def test_a_code_without_its_zero_that_looks_like_a_year_is_read_among_others() -> None:
    assert codes(match("1004\n1005\n2024\n1006")) == ["01004", "01005", "02024", "01006"]
    assert codes(match("Code INSEE\n2024"))[1] == "02024"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Code INSEE : 17421", "17421"),
        ("INSEE 17228", "17228"),
        ("Commune n°17380", "17380"),
        ("insee=17421", "17421"),
        ("DEPCOM 17421", "17421"),
        ("Code postal : 17390", "17452"),
        ("CP 17390", "17452"),
        ("Royan (code postal : 17200 / code insee : 17306)", "17306"),
        ("Royan – 17200 – INSEE 17306", "17306"),
        ("HERBIERS LES", "85109"),
        ("FONTENAY S/S BOIS", "94033"),
        ("EPINAY S/S", "93031"),
        ("CLICHY S/BOIS", "93014"),
        ("CHALON S SAONE", "71076"),
        ("ST SEBASTIEN/LOIRE", "44190"),
        ("ST SEBASTIEN / LOIRE", "44190"),
        ("17421 (INSEE)", "17421"),
        ("Code : 17421", "17421"),
        ("communes 17421", "17421"),
        ("Mt-St-Aignan", "76451"),
        ("N.D. de Bondeville", "76474"),
        ("Ajaccio (Corse)", "2A004"),
        ("Saint-Martin (Gers)", "32389"),
        ("Royan (Dept 17)", "17306"),
        ("F-17200 Royan", "17306"),
        ("Royan 05 46 39 00 00", "17306"),
        ("Royan 31/01/2026", "17306"),
        ("2025 Royan", "17306"),
    ],
)
def test_a_line_is_understood_however_it_is_written(line: str, code: str) -> None:
    found = one(line)
    assert (found.statut, found.code) == (Statut.TROUVEE, code)


def test_codes_that_contradict_the_name_are_put_to_the_person() -> None:
    found = one("Royan (code insee : 17421)")
    assert found.statut == Statut.AMBIGUE
    assert set(proposed(found)) == {"17306", "17421"}


@pytest.mark.lent
def test_no_name_of_commune_is_taken_for_anything_else() -> None:
    lecteur = Lecteur(INDEX)
    names = [*FRANCE.communes["nom"], *(former.nom_ancien for former in FRANCE.anciennes)]
    assert [name for name in names if not lecteur.read(name).comprise] == []


@pytest.mark.lent
@pytest.mark.parametrize("kind", ["noms", "codes", "postaux", "inconnus", "ambigus"])
def test_five_thousand_lines_are_matched_in_two_seconds(kind: str) -> None:
    count = 5_000
    communes = FRANCE.communes.sample(count, random_state=1)
    lines = {
        "noms": communes["nom"].tolist(),
        "codes": communes.index.tolist(),
        "postaux": communes["codes_postaux"].str.split().str[0].tolist(),
        "inconnus": [f"{nom[:3]}xq{nom[3:]}" for nom in communes["nom"]],
        "ambigus": ["Royan", *["Saint-Martin", "17120"] * (count // 2 - 1)],
    }
    start = time.process_time()
    match("\n".join(lines[kind]))
    assert time.process_time() - start < 2


def test_what_a_heading_says_of_a_code_is_obeyed_line_by_line() -> None:
    insee, postal = bring_together(
        [
            LigneCollee(1, "17200", sens=Sens.INSEE),
            LigneCollee(2, "17200", sens=Sens.POSTAL),
        ],
        INDEX,
    )
    assert insee.code == "17200"
    assert {postal.code, *proposed(postal)} - {None} == {
        code for code in CODES if "17200" in FRANCE[code].codes_postaux
    }


def test_a_line_set_aside_says_why_and_is_counted() -> None:
    found = bring_together(
        [LigneCollee(1, "Royan"), LigneCollee(2, "Saujon", ecartee="ligne masquée")], INDEX
    )
    assert (found[1].statut, found[1].code, found[1].mention) == (Statut.ECARTEE, None, "ligne masquée")
    assert bilan(found) == "1\u00a0commune reconnue, 1\u00a0ligne écartée"
