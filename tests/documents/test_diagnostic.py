import re
from datetime import date

import pytest

from cpts_geo.documents import diagnostic
from cpts_geo.documents.blocs import Bloc, Cases, Champ, Document, Illustration, Paragraphe, Tableau
from cpts_geo.documents.diagnostic import Options, compose, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.trame import trame
from cpts_geo.indicateurs.citations import load_sources_citees
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import codes_sources
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import decimal
from tests.outils.dossiers import JOUR, RURAL, VILLE, dossier, hostile

MODELES = list(modeles())


def every(document: Document, kind: type[Bloc]) -> list[Bloc]:
    return [bloc for section in document.sections for bloc in section.blocs if isinstance(bloc, kind)]


@pytest.mark.parametrize("code", MODELES)
def test_every_template_is_filled_with_what_it_declares(code: str) -> None:
    document = compose(dossier(RURAL), Options(code))
    kinds = {type(bloc) for section in document.sections for bloc in section.blocs}
    assert kinds == {Paragraphe, Tableau, Illustration, Champ, Cases}
    assert document.nom == "CPTS du Lauragais"
    assert "35\u00a0communes" in document.resume
    assert "nan" not in re.findall(r"\w+", repr(every(document, Tableau)).lower())


@pytest.mark.lent
def test_sections_are_in_the_order_of_each_template() -> None:
    titles = {
        code: [each.titre for each in compose(dossier(VILLE), Options(code)).sections] for code in MODELES
    }
    assert [title.split()[0] for title in titles["ars_bretagne"] if title[0] == "1"] == [
        "1.3",
        "1.4",
        "1.5",
        "1.6",
    ]
    assert [title.split(".")[0] for title in titles["rapport"][:6]] == ["I", "II", "III", "IV", "V", "VI"]
    assert titles["projet_sante"][0] == "Le territoire d’action"
    assert all(each[-1] == "Sources et millésimes" for each in titles.values())


def test_the_annex_cites_all_that_the_document_draws_on() -> None:
    table = every(compose(dossier(RURAL), Options("projet_sante")), Tableau)[-1]
    assert isinstance(table, Tableau)
    cited = {row[1] for row in table.rangees}
    sources = load_sources_citees()
    used = {code for item in donnees().catalogue.indicateurs for code in codes_sources(item)}
    assert {"contours", "structures", "communes"} <= used | set(trame().sources.autres)
    assert cited == {sources[code].jeu for code in used | set(trame().sources.autres)}
    assert any(note.startswith("Licence Ouverte") for note in table.notes)


def test_one_box_of_the_taille_is_ticked() -> None:
    (cases,) = every(compose(dossier(VILLE), Options("projet_sante")), Cases)
    assert isinstance(cases, Cases)
    assert [ticked for _, ticked in cases.cases] == [False, False, False, True]
    assert any("à titre indicatif" in note for note in cases.notes)


@pytest.mark.lent
def test_a_field_is_open_until_its_local_figure_comes() -> None:
    nom = "Médecins participant à la permanence des soins ambulatoires"
    donnee = DonneeLocale(nom, "médecins", "effectif", "ARS", "2025", par_scenario=((1, 7.0),))
    empty = Projet.nouveau(RURAL)
    before, after = (
        {
            champ.libelle: champ
            for champ in every(
                compose(Dossier.open_projet(each, JOUR, donnees()), Options("projet_sante")), Champ
            )
            if isinstance(champ, Champ)
        }
        for each in (empty, empty.complete(donnee))
    )
    assert before[nom].valeur == ""
    assert "Ordre" in before[nom].ou
    assert after[nom].valeur == "7 médecins"
    assert "ARS, 2025" in after[nom].origine


def test_every_local_figure_that_is_awaited_fills_something() -> None:
    awaited = {libelle: 101.25 + rank for rank, libelle in enumerate(diagnostic.champs_locaux())}
    brought = [
        DonneeLocale(libelle, "unités", "taux", "Enquête", "2025", par_scenario=((1, figure),))
        for libelle, figure in awaited.items()
    ]
    own = Dossier.open_projet(Projet.nouveau(VILLE).complete(*brought), JOUR, donnees())
    document = compose(own, Options("projet_sante", cartes=False, graphiques=False))
    kept = repr([each for each in document.sections if each.code != "synthese"])
    assert [libelle for libelle, figure in awaited.items() if decimal(figure, 2) not in kept] == []


def test_what_is_left_out_is_not_there() -> None:
    options = Options("projet_sante", frozenset({"taille"}), cartes=False, graphiques=False)
    document = compose(dossier(RURAL), options)
    assert not every(document, Illustration)
    assert not every(document, Cases)


@pytest.mark.lent
def test_scenarios_are_compared_when_there_are_several() -> None:
    codes = [section.code for section in compose(hostile(), Options("rapport")).sections]
    assert "scenarios" in codes
    assert "scenarios" not in [s.code for s in compose(dossier(RURAL), Options("rapport")).sections]


def test_an_empty_territory_has_no_diagnostic() -> None:
    with pytest.raises(ValueError, match="au moins une commune"):
        Dossier.open_projet(Projet.nouveau(), JOUR, donnees())


def test_progress_is_told_in_order() -> None:
    told: list[float] = []
    compose(dossier(VILLE), Options("rapport"), lambda part, _: told.append(part))
    assert told == sorted(told)
    assert len(told) == len(modeles()["rapport"].sections)


def test_the_link_brings_the_territory_back() -> None:
    own = Dossier.open_projet(
        Projet.nouveau(Territoire("A & B", ("31555",))), date(2026, 1, 1), donnees(), "https://a.fr/"
    )
    assert own.lien.startswith("https://a.fr/?communes=1.")
    assert "nom=A+%26+B" in own.lien


def test_the_documentation_counts_the_fields_of_the_first_template() -> None:
    text = (ROOT / "docs" / "diagnostic.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if re.match(r"\| \d", line)]
    blocks = {name for row in rows for name in re.findall(r"`(\w+)`", row[-1])}
    annexes = ("indicateurs", "definitions", "sources")
    own = [each for each in modeles()["projet_sante"].sections if each.code not in annexes]
    assert blocks == {name for section in own for name in section.blocs} - {"scenarios"}
    counts = dict.fromkeys(("Rempli", "Donnée", "Ouvert"), 0)
    for row in rows:
        numbers = [int(each) for each in re.findall(r"\d+", row[0])]
        counts[row[2].split()[0].strip(",")] += numbers[-1] - numbers[0] + 1
    said = re.search(r"(\d+) champs remplis, (\d+) alimentés par les données locales, (\d+) laissés", text)
    assert said
    assert [int(each) for each in said.groups()] == list(counts.values())
    assert counts["Rempli"] + counts["Donnée"] >= 24


def test_what_two_documents_show_is_filled_once() -> None:
    shared = dossier(VILLE)
    light = compose(shared, Options("rapport", cartes=False, graphiques=False))
    assert not every(light, Illustration)
    first, second = (
        every(compose(shared, Options(code)), Illustration) for code in ("rapport", "projet_sante")
    )
    assert {id(each) for each in first} <= {id(each) for each in second}
    assert len(first) > 5
