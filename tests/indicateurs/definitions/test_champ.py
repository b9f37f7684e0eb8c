"""The scope of every indicator: said in full, true of the data, and its own words come first."""

import re

import pytest

from cpts_geo.indicateurs.catalogue import Indicateur, IndicateursDeclares
from cpts_geo.indicateurs.definitions.champ import ChampsDeclares, ChampStatistique
from cpts_geo.indicateurs.definitions.fiche import FicheIndicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import codes_sources
from cpts_geo.indicateurs.glossaire import glossaire
from cpts_geo.socle.declarations import declaration

SAID = ("millesime", "geographie", "compte", "sans")
SOURCES = donnees().sources
BPE = SOURCES["bpe_2024"]
CATALOGUE = donnees().catalogue
EVERY = pytest.mark.parametrize("item", CATALOGUE.indicateurs, ids=lambda item: item.code)
DROM = {"Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"}


def test_every_indicator_says_when_where_whom_it_counts_and_whom_it_leaves_out() -> None:
    lacking = {
        item.code: missing
        for item in CATALOGUE.indicateurs
        if (missing := [name for name in SAID if not getattr(item.champ, name)])
    }
    assert not lacking, "to be said in its block of indicateurs.toml, or by a scope of champs.toml"


@EVERY
def test_it_is_said_in_french_without_a_blank(item: Indicateur) -> None:
    for name, text in item.champ:
        assert "{" not in text, name
        assert text == text.strip(), name
        assert "  " not in text, name
    for name in SAID:
        assert not getattr(item.champ, name).endswith("."), "they are not sentences"
    assert not item.champ.note or item.champ.note.endswith(".")


@EVERY
def test_its_citation_bears_a_year(item: Indicateur) -> None:
    assert re.search(r"\b20\d\d\b", item.citation_courte)


@EVERY
def test_its_vintage_is_also_that_of_what_it_is_divided_by(item: Indicateur) -> None:
    assert re.search(r"\b20\d\d\b", item.champ.millesime)
    for code in codes_sources(item)[1:]:
        assert SOURCES[code].citation_courte in item.champ.millesime


FICHES = pytest.mark.parametrize(
    "fiche",
    [each for famille in donnees().definitions for each in famille.fiches],
    ids=lambda fiche: fiche.indicateur.code,
)


@FICHES
def test_it_names_every_departement_overseas_that_has_no_figure(fiche: FicheIndicateur) -> None:
    """What the data do not have is said to be left out, and nothing else of overseas but some communes."""
    scope = fiche.indicateur.champ
    without = DROM & set(named(fiche, glossaire().limites.departements))
    if without == DROM:
        assert "métropole" in scope.geographie
        assert "départements d’outre-mer" in scope.sans
        return
    told = {name for name in DROM if name in scope.sans}
    assert told == without or (told > without and "communes" in scope.sans)
    assert ("cinq départements d’outre-mer" in scope.geographie) is not bool(without)
    if without:
        kept = DROM - without
        assert all(name in scope.geographie for name in kept) or "outre-mer sauf" in scope.geographie


@FICHES
def test_it_names_the_large_cities_and_other_departements_that_have_no_figure(fiche: FicheIndicateur) -> None:
    limites = glossaire().limites
    if "secret statistique" in fiche.indicateur.champ.sans:
        return
    for name in {*named(fiche, limites.villes), *named(fiche, limites.departements)} - DROM:
        assert name in fiche.indicateur.champ.sans


def named(fiche: FicheIndicateur, limite: str) -> list[str]:
    """The places that one of the known limits of an indicator names."""
    begins, ends = limite.split("{noms}")
    said = next((each for each in fiche.limites if each.startswith(begins)), begins + ends)
    return list(filter(None, said.removeprefix(begins).removesuffix(ends).split(", ")))


@pytest.mark.parametrize(
    ("code", "counted", "left_out"),
    [
        ("sans_medecin_traitant", "16 ans et plus", "MSA"),
        ("sans_vaccin_grippe", "65 ans et plus", "MSA"),
        ("sans_depistage_colorectal", "50 à 74 ans", "MSA"),
        ("ald", "régime général, de tous âges", "MSA"),
        ("part_rsa", "ménages du recensement", "MSA"),
        ("densite_infirmiers", "lieux d’exercice", "salariés"),
        ("part_generalistes_60_ans", "libéraux, chacun dans une seule commune", "salariés"),
        ("densite_rpps_cardiologues", "libéraux et salariés", "généralistes"),
        ("apl_medecins_generalistes", "de tous âges", "hôpitaux"),
        ("apl_medecins_generalistes_65_ans", "65 ans et moins", "plus de 65 ans"),
        ("taux_pauvrete", "ménages fiscaux", "Guadeloupe"),
        ("patho_diabete", "de tous les régimes", "sans soins remboursés"),
        ("patho_cancer_sein", "femmes", "sans soins remboursés"),
    ],
)
def test_who_is_counted_belongs_to_each_indicator(code: str, counted: str, left_out: str) -> None:
    scope = CATALOGUE[code].champ
    assert counted in scope.compte
    assert left_out in scope.sans


def test_figures_of_one_source_have_their_own_vintage() -> None:
    assert "2023" in CATALOGUE["part_rsa"].champ.millesime
    assert "décembre 2021" in CATALOGUE["part_aah"].champ.millesime
    assert CATALOGUE["part_rsa"].citation_courte == "RSA 2023 (Cnaf)"
    assert CATALOGUE["zonage_infirmiers_sur_dotee"].champ.millesime.startswith("mars 2026")
    assert CATALOGUE["zonage_orthophonistes_sur_dotee"].champ.millesime.startswith("septembre 2025")
    assert "828,3" in CATALOGUE["mortalite_toutes_causes"].champ.note


def test_every_scope_declared_is_asked_for() -> None:
    asked = {
        name
        for item in declaration("indicateurs", IndicateursDeclares).indicateur
        for name in (item.champ, item.source)
    }
    assert set(declaration("champs", ChampsDeclares).champ) <= asked


def test_own_words_come_first_then_those_asked_for_then_those_of_the_source() -> None:
    own = ChampStatistique(compte="officines")
    asked = ChampStatistique(compte="professionnels", sans="salariés")
    source = ChampStatistique(sans="tous", geographie="{geographie}", millesime="{millesime} ; {communes}")
    told = own.completed((asked, source)).told(BPE, SOURCES)
    assert told == ChampStatistique(
        compte="officines",
        sans="salariés",
        geographie=BPE.geographie,
        millesime=f"{BPE.millesime} ; {SOURCES['communes'].citation_courte}",
    )


def test_a_newer_edition_brings_its_own_vintage() -> None:
    newer = BPE.model_copy(update={"millesime": "2031", "geographie": "communes de 2031"})
    told = ChampStatistique(millesime="BPE {millesime}", geographie="{geographie} ; métropole").told(
        newer, {}
    )
    assert (told.millesime, told.geographie) == ("BPE 2031", "communes de 2031 ; métropole")


def test_a_text_that_names_no_source_is_refused() -> None:
    with pytest.raises(ValueError, match=r"source inconnue.*autre"):
        ChampStatistique(sans="{autre}").told(BPE, SOURCES)
