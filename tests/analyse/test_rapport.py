"""The report of a territory: columns, families, distances, each figure as the files give it."""

import pandas as pd
import pytest

from cpts_geo.analyse import rapport
from cpts_geo.analyse.rapport import LigneRapport, Rapport, TermeComparaison
from cpts_geo.indicateurs.autour import references
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import BUNDLE

CATALOGUE = donnees().catalogue
COMMUNES = pd.read_parquet(BUNDLE / "communes.parquet").set_index("code")
FIGURES = pd.read_parquet(BUNDLE / "indicateurs.parquet").set_index("code").join(COMMUNES["population"])
REFERENCES = pd.read_parquet(BUNDLE / "references.parquet").set_index("zone")
DEPARTEMENTS = pd.read_parquet(BUNDLE / "departements.parquet")

TOULOUSE = ("31555",)
# Communes of Creuse and of Haute-Vienne.
RURAL = (
    *COMMUNES.index[COMMUNES["epci"].eq("200067544")][:30],
    *COMMUNES.index[COMMUNES["departement"].eq("87")][:25],
)
GUADELOUPE = tuple(COMMUNES.index[COMMUNES["departement"].eq("971")][:8])
PARIS = (*donnees().referentiel.unites("75056"), "93066", "92044")
TERRITOIRES = [TOULOUSE, RURAL, GUADELOUPE, PARIS]
NAMES = ["city", "rural", "guadeloupe", "paris"]


def report(codes: tuple[str, ...], *others: TermeComparaison) -> Rapport:
    usual = rapport.comparaisons_usuelles(codes, donnees().agregateur, donnees().referentiel)
    return rapport.rapport(codes, (*usual, *others), donnees().agregateur, CATALOGUE, donnees().referentiel)


def lines(shown: Rapport) -> dict[str, LigneRapport]:
    return {
        ligne.indicateur.code: ligne
        for famille in shown.familles
        for groupe in famille.groupes
        for ligne in groupe.lignes
    }


def test_every_indicator_stands_once_in_its_family() -> None:
    shown = report(TOULOUSE)
    assert [famille.titre for famille in shown.familles] == list(CATALOGUE.familles.values())
    assert sorted(lines(shown)) == sorted(item.code for item in CATALOGUE.indicateurs)


def test_an_empty_territory_has_no_report() -> None:
    with pytest.raises(ValueError, match="sans commune"):
        rapport.rapport((), (), donnees().agregateur, CATALOGUE, donnees().referentiel)


# ---- Columns ----------------------------------------------------------------------------------------------


def test_the_main_departement_is_where_most_inhabitants_live() -> None:
    people = COMMUNES.loc[list(RURAL)].groupby("departement")["population"].sum()
    assert rapport.departements(RURAL, donnees().referentiel) == {
        "87": int(people["87"]),
        "23": int(people["23"]),
    }
    assert [colonne.cle for colonne in report(RURAL).colonnes] == [
        "territoire",
        "departement:87",
        "region:75",
        "france:FR",
    ]


def test_all_departements_can_stand_side_by_side() -> None:
    usual = rapport.comparaisons_usuelles(RURAL, donnees().agregateur, donnees().referentiel, ["87", "23"])
    assert [each.nom for each in usual] == ["Haute-Vienne", "Creuse", "Nouvelle-Aquitaine", "France"]


def test_an_epci_has_the_median_published_for_it() -> None:
    code = "243100518"
    published = pd.read_parquet(BUNDLE / "epci.parquet").set_index("code").loc[code]
    shown = lines(report(TOULOUSE, TermeComparaison("epci", code, "Toulouse Métropole")))
    assert shown["niveau_vie_median"].cellules[-1].resultat.valeur == published["niveau_vie_median_2021"]
    assert shown["taux_pauvrete"].cellules[-1].resultat.valeur == published["taux_pauvrete_2021"]
    people = COMMUNES.loc[COMMUNES["epci"].eq(code), "population"].sum()
    assert shown["population_municipale"].cellules[-1].resultat.valeur == people
    assert "Toulouse Métropole" in shown["niveau_vie_median"].note


def test_other_scenarios_and_zones_are_offered() -> None:
    projet = (
        Projet.nouveau(Territoire("Ici", TOULOUSE))
        .duplicate(1)
        .draw_territoire(Territoire("Là", PARIS))
        .create()
    )
    offered = rapport.autres_comparaisons(projet, donnees().referentiel)
    assert [each.nom for each in offered.values()][:2] == ["Ici", "Là"]
    assert "scenario:3" not in offered, "the one being drawn"
    assert offered["scenario:2"].communes == PARIS
    kinds = {cle.split(":")[0] for cle in offered}
    assert kinds == {"scenario", "epci", "departement", "region"}
    column = report(TOULOUSE, offered["scenario:2"]).colonnes[-1]
    assert column.resultats == donnees().agregateur.territoire(PARIS)


# ---- Distances --------------------------------------------------------------------------------------------


def test_the_whole_country_is_not_marked() -> None:
    whole = report(tuple(COMMUNES.index))
    published = set(REFERENCES.columns)
    given = {each.indicateur for each in references.declared()}
    for ligne in lines(whole).values():
        item = ligne.indicateur
        if item.code not in given and not published & {*item.numerateur, *item.denominateur}:
            assert ligne.territoire == ligne.cellules[-1].resultat, item.code
        if ligne.ecart:
            assert (ligne.ecart.niveau.niveau, ligne.ecart.jugement) == (0, ""), item.code


def test_counts_and_ranges_are_not_marked() -> None:
    shown = lines(report(TOULOUSE))
    assert shown["population_municipale"].ecart is None
    assert shown["niveau_vie_median"].ecart is None


def test_a_figure_that_few_people_bear_is_not_marked() -> None:
    ligne = lines(report(PARIS))["minutes_urgences"]
    assert ligne.territoire.couverture < 20, "unknown in Paris"
    assert ligne.territoire.valeur is not None
    assert ligne.ecart is None


def test_structures_are_compared_by_their_rate() -> None:
    ligne = lines(report(RURAL))["nb_maisons_sante"]
    count, people = FIGURES.loc[list(RURAL), ["maisons_sante", "population"]].sum()
    assert ligne.cellules[0].taux == pytest.approx(100_000 * count / people)
    assert ligne.ecart is not None
    assert ligne.ecart.favorable is None


def test_marks_say_which_way_is_good() -> None:
    shown = lines(report(GUADELOUPE))
    without = shown["sans_medecin_traitant"].ecart
    assert without is not None
    assert (without.niveau.niveau, without.jugement) == (2, "défavorable")
    minutes = shown["minutes_urgences"].ecart
    assert minutes is not None
    assert (minutes.niveau.niveau, minutes.jugement) == (-2, "favorable")


# ---- Figures, straight from the files ---------------------------------------------------------------------


@pytest.mark.parametrize("codes", TERRITOIRES, ids=NAMES)
def test_densities_and_averages(codes: tuple[str, ...]) -> None:
    shown, rows = lines(report(codes)), FIGURES.loc[list(codes)]
    density = 100_000 * rows["generalistes_liberaux"].sum() / rows["population"].sum()
    assert shown["densite_medecins_generalistes"].territoire.valeur == pytest.approx(density)
    assert shown["densite_medecins_generalistes"].territoire.effectif == rows["generalistes_liberaux"].sum()
    weighted = rows["apl_medecins_generalistes"] * rows["population_standardisee"]
    known = rows["population_standardisee"].where(rows["apl_medecins_generalistes"].notna()).sum()
    assert shown["apl_medecins_generalistes"].territoire.valeur == pytest.approx(weighted.sum() / known)


@pytest.mark.parametrize("codes", TERRITOIRES, ids=NAMES)
def test_masked_figures_are_framed(codes: tuple[str, ...]) -> None:
    ligne, rows = lines(report(codes))["sans_medecin_traitant"], FIGURES.loc[list(codes)]
    hidden = rows["sans_medecin_traitant_16_masques"] > 0
    known = (rows["sans_medecin_traitant_16"].notna() | hidden) & rows["assures_16"].notna()
    rows, hidden = rows[known], hidden[known]
    count, people = rows["sans_medecin_traitant_16"].sum(), rows["assures_16"].sum()
    doubt = 9 * rows["assures_16_masques"].sum()
    assert ligne.territoire.borne_basse == pytest.approx(100 * count / (people + doubt))
    assert ligne.territoire.borne_haute == pytest.approx(100 * (count + 9 * hidden.sum()) / people)
    exact = ~hidden & (rows["assures_16_masques"] == 0)
    assert ligne.territoire.communes_masquees == len(rows) - exact.sum()
    share = 100 * rows["population"][exact].sum() / FIGURES.loc[list(codes), "population"].sum()
    assert ligne.territoire.couverture == pytest.approx(share)


def test_a_rural_territory_has_hidden_values() -> None:
    territoire = lines(report(RURAL))["sans_medecin_traitant"].territoire
    assert territoire.communes_masquees >= 3
    assert territoire.encadre
    assert territoire.couverture < 100


@pytest.mark.parametrize("codes", TERRITOIRES, ids=NAMES)
def test_figures_of_the_departements_are_weighted_by_inhabitants(codes: tuple[str, ...]) -> None:
    rows = DEPARTEMENTS[
        DEPARTEMENTS["libelle"].eq("Toutes causes")
        & DEPARTEMENTS["sexe"].eq("Tous sexes")
        & DEPARTEMENTS["annee"].eq(2023)
    ]
    rates = rows.set_index("departement")["valeur"]
    people = COMMUNES.loc[list(codes)].groupby("departement")["population"].sum()
    expected = (rates.reindex(people.index) * people).sum() / people.sum()
    assert lines(report(codes))["mortalite_toutes_causes"].territoire.valeur == pytest.approx(expected)


def test_references_have_the_published_totals() -> None:
    cells = lines(report(TOULOUSE))["sans_medecin_traitant"].cellules
    for cell, zone in zip(cells[1:], ["D31", "R76", "FR"], strict=True):
        row = REFERENCES.loc[zone]
        assert cell.resultat.valeur == pytest.approx(
            100 * row["sans_medecin_traitant_16"] / row["assures_16"]
        )
