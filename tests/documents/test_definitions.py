"""The annex of definitions: every indicator is there once, with whom it counts and what it is set beside."""

from collections.abc import Iterator

import pytest

from cpts_geo.documents.blocs import Tableau
from cpts_geo.documents.definitions import Titre, alike, definition, tableau_definitions
from cpts_geo.documents.diagnostic import Options, compose, modeles
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.textes import capitale, typographie
from tests.outils.dossiers import RURAL, dossier

CATALOGUE = donnees().catalogue


@pytest.fixture(scope="module")
def tables() -> dict[str, Tableau]:
    shown = dossier(RURAL).rapport
    return {
        famille.code: tableau_definitions("Définitions", famille, shown.colonnes)
        for famille in shown.familles
    }


def said(table: Tableau) -> Iterator[tuple[str, tuple[str, ...]]]:
    for names, *rest in table.rangees:
        yield names, tuple(rest)


def test_those_that_say_the_same_are_told_together_and_a_heading_for_all_of_its_own() -> None:
    nurses, podologists, drugstores, births = (
        CATALOGUE[code]
        for code in (
            "densite_infirmiers",
            "densite_pedicures_podologues",
            "densite_pharmacies",
            "taux_natalite",
        )
    )
    found = alike(
        [Titre("Premier recours", [nurses, drugstores, podologists]), Titre("Naissances", [births])],
        definition,
    )
    assert list(found.values()) == [
        f"{nurses.libelle}, {podologists.libelle}",
        "Pharmacies",
        "Naissances",
    ]
    again = alike([Titre("Ici", [nurses]), Titre("Là", [podologists])], definition)
    assert list(again.values()) == ["Ici ; Là"]


@pytest.mark.parametrize("item", CATALOGUE.indicateurs, ids=lambda item: item.code)
def test_every_indicator_is_in_the_annex_with_whom_it_counts(
    item: object, tables: dict[str, Tableau]
) -> None:
    (item,) = (each for each in CATALOGUE.indicateurs if each is item)
    heading = next(each.titre for each in CATALOGUE.rubriques if item in each.indicateurs)
    table = tables[item.famille]
    champ = item.champ
    (row,) = (
        (counted, left_out, place)
        for names, (counted, left_out, place) in said(table)
        if (typographie(item.libelle) in names or typographie(heading) in names)
        and place == capitale(typographie(f"{item.citation_courte}. {champ.millesime} ; {champ.geographie}"))
        and counted.startswith(capitale(typographie(champ.compte)))
        and left_out == capitale(typographie(champ.sans))
    )
    assert typographie(champ.note) in row[0]


def test_the_references_are_told_under_the_table(tables: dict[str, Tableau]) -> None:
    notes = " ".join(tables["missions"].notes)
    assert "Aude, Occitanie, France\u00a0: totaux publiés, Observatoire des fragilités 2024" in notes
    assert "Aude\u00a0: valeur publiée, Cartographie des pathologies 2023 (Cnam)" in notes


@pytest.mark.parametrize("modele", modeles())
def test_every_template_has_the_annex(modele: str) -> None:
    sections = compose(dossier(RURAL), Options(modele, cartes=False, graphiques=False)).sections
    (annex,) = (section for section in sections if section.code == "definitions")
    assert len(annex.blocs) == len(CATALOGUE.familles)
