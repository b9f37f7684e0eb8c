"""The table of communes: figures straight from the files, hidden and missing ones said, search."""

import re

import pandas as pd
import pytest

from cpts_geo.analyse.table_communes import (
    DEPARTEMENT,
    NOM,
    Mesure,
    TableCommunes,
    Tri,
    mesures,
    table_communes,
)
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.plan import plan
from cpts_geo.socle.chemins import BUNDLE

OFFERED = mesures(donnees().catalogue)
COMMUNES = pd.read_parquet(BUNDLE / "communes.parquet").set_index("code")
FIGURES = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code")
CREUSE = tuple(COMMUNES.index[COMMUNES["departement"].eq("23")])
CHATELARD = "23055"
WITHOUT = "sans_medecin_traitant"
PER_DOCTOR = "habitants_par_medecins_generalistes"


def table(codes: tuple[str, ...] = CREUSE, *keys: str) -> TableCommunes:
    chosen = keys or plan().colonnes_communes
    return table_communes(
        codes, [OFFERED[key] for key in chosen], donnees().agregateur, donnees().referentiel
    )


def test_every_indicator_can_be_a_column_with_a_name_of_its_own() -> None:
    assert {mesure.indicateur.code for mesure in OFFERED.values()} == {
        item.code for item in donnees().catalogue.indicateurs
    }
    assert len({mesure.libelle for mesure in OFFERED.values()}) == len(OFFERED)
    assert len({mesure.titre for mesure in OFFERED.values()}) == len(OFFERED)
    assert set(plan().colonnes_communes) <= set(OFFERED)


def test_an_empty_territory_has_no_table() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        table_communes((), [], donnees().agregateur, donnees().referentiel)


def test_the_most_peopled_commune_comes_first() -> None:
    people = COMMUNES.loc[list(CREUSE), "population"]
    assert table().codes[0] == people.idxmax()
    assert table().codes[-1] == people.idxmin()


def test_figures_are_those_of_the_files() -> None:
    shown = table(CREUSE, "densite_population", "densite_medecins_generalistes:nombre", "niveau_vie_median")
    for code in CREUSE:
        density = COMMUNES.loc[code, "population"] / COMMUNES.loc[code, "superficie_km2"]
        assert shown.figures["densite_population"][code].bas == pytest.approx(density)
        counted = shown.figures["densite_medecins_generalistes:nombre"][code]
        assert counted == (FIGURES.loc[code, "generalistes_liberaux"],) * 2
        median = FIGURES.loc[code, "niveau_vie_median_2021"]
        assert shown.figures["niveau_vie_median"][code].bas == pytest.approx(median, nan_ok=True)


def test_masked_figures_are_framed_and_missing_ones_are_not_zero() -> None:
    shown, mesure = table(), OFFERED[WITHOUT]
    masked = FIGURES.loc[list(CREUSE), "sans_medecin_traitant_16_masques"] > 0
    unknown = FIGURES.loc[list(CREUSE), "sans_medecin_traitant_16"].isna() & ~masked
    assert masked.sum() > 3
    assert unknown.sum() > 3
    for code in CREUSE:
        text = shown.texte(code, mesure)
        if (code, WITHOUT) in shown.secrets:
            assert text == "secret"
        elif masked[code]:
            assert text.startswith("0,0 à ")
        elif unknown[code]:
            assert text == "n.\u00a0d."


def test_a_share_of_a_masked_number_is_a_secret() -> None:
    shown = table(CREUSE, "sans_medecin_traitant_65")
    assert shown.texte(CHATELARD, OFFERED["sans_medecin_traitant_65"]) == "secret"
    assert shown.figures["sans_medecin_traitant_65"][CHATELARD] == (0, 100)


def test_bounds_too_far_apart_are_a_secret() -> None:
    shown = table(CREUSE, WITHOUT)
    alone = donnees().agregateur.territoire([CHATELARD])[WITHOUT]
    assert alone.trop_incertain
    assert shown.texte(CHATELARD, OFFERED[WITHOUT]) == "secret"
    framed = [code for code in CREUSE if shown.texte(code, OFFERED[WITHOUT]).startswith("0,0 à ")]
    assert framed
    assert all(shown.figures[WITHOUT][code].haut <= plan().largeur_bornes for code in framed)


def test_the_whole_of_a_territory_is_said_as_in_the_report() -> None:
    partial = donnees().agregateur.territoire(CREUSE)["taux_pauvrete"]
    assert OFFERED["taux_pauvrete"].ensemble(partial) == "n.\u00a0d."
    deaths = donnees().agregateur.territoire(CREUSE)["mortalite_toutes_causes"]
    assert OFFERED["mortalite_toutes_causes"].ensemble(deaths).endswith("\u00a0(dép.)")
    assert OFFERED["mortalite_toutes_causes"].libelle.endswith(", chiffre du département)")


def test_the_shown_table_reads_in_french() -> None:
    shown = table().affichee()
    assert list(shown.columns) == [NOM, DEPARTEMENT, *plan().colonnes_communes]
    texts = set(shown.to_numpy().ravel())
    assert {"12\u202f955", "n.\u00a0d.", "secret"} <= texts
    assert any(text.startswith("0,0 à ") for text in texts)
    assert not any(re.search(r"\bnan\b", text, re.IGNORECASE) for text in texts)


@pytest.mark.parametrize("decroissant", [False, True])
@pytest.mark.parametrize("cle", [WITHOUT, PER_DOCTOR, "evolution_population", "niveau_vie_median"])
def test_only_known_figures_have_a_rank(cle: str, *, decroissant: bool) -> None:
    shown = table(CREUSE, cle).sort(Tri(cle, decroissant))
    assert sorted(shown.codes) == sorted(CREUSE)
    kinds = [kind(shown, code, cle) for code in shown.codes]
    assert kinds == sorted(kinds)
    known = [shown.figures[cle][code].bas for code, each in zip(shown.codes, kinds, strict=True) if not each]
    assert len(known) > 3
    assert known == sorted(known, reverse=decroissant)


def kind(shown: TableCommunes, code: str, cle: str) -> int:
    """In the order they are to be read: known, hidden, without object, missing."""
    text = shown.texte(code, OFFERED[cle])
    said = [text == "secret" or " à " in text, text == "sans objet", text == "n.\u00a0d."]
    return said.index(True) + 1 if any(said) else 0


def test_names_are_sorted_as_they_are_read() -> None:
    upwards = table().sort(Tri(NOM)).affichee()[NOM].tolist()
    assert upwards[0].startswith("A")
    assert table().sort(Tri(NOM, decroissant=True)).affichee()[NOM].tolist() == upwards[::-1]
    assert table().sort(Tri("nulle part")).codes == table().codes


def test_titles_sort_upwards_then_downwards() -> None:
    once = Tri().clic("a")
    assert (once, once.clic("a"), once.clic("b")) == (Tri("a"), Tri("a", decroissant=True), Tri("b"))
    assert once.clic("a").clic("a") == once


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("chatelard", ["23055"]),
        ("CHÂTELARD creuse", ["23055"]),
        ("martial", ["23051", "23214", "23215"]),
        ("23096", ["23096"]),
        ("nulle part", []),
    ],
)
def test_communes_are_found_as_people_type_them(words: str, found: list[str]) -> None:
    assert sorted(table().search(words).codes) == found


def test_searching_nothing_keeps_everything() -> None:
    assert len(table().search("  ")) == len(CREUSE)


def test_a_territory_over_two_departements_says_so() -> None:
    assert not table().plusieurs_departements
    assert table(("23096", "87085")).plusieurs_departements


def test_the_whole_territory_stands_apart() -> None:
    totals = {mesure.cle: resultat for mesure, resultat in table().totaux}
    assert totals == {key: donnees().agregateur.territoire(CREUSE)[key.split(":")[0]] for key in totals}
    counted = Mesure(donnees().catalogue["densite_medecins_generalistes"], nombre=True)
    count = FIGURES.loc[list(CREUSE), "generalistes_liberaux"].sum()
    assert counted.total(totals["densite_medecins_generalistes:nombre"]) == (count, count)


def test_inhabitants_are_shared_among_no_doctor_where_there_is_none() -> None:
    shown = table(CREUSE, PER_DOCTOR)
    doctors = FIGURES.loc[list(CREUSE), "generalistes_liberaux"]
    none = [code for code in CREUSE if doctors[code] == 0]
    assert none
    assert {shown.texte(code, OFFERED[PER_DOCTOR]) for code in none} == {"sans objet"}
    assert not any((code, PER_DOCTOR) in shown.sans_objet for code in set(CREUSE) - set(none))
