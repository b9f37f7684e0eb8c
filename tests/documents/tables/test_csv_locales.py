"""Local figures stand apart in the files, with source and date."""

from cpts_geo.documents.tables.csv_locales import rangees
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire

PROJET = Projet.nouveau(Territoire("Essai", ("17421", "17306"))).complete(
    DonneeLocale("Patients", "patients", "effectif", "CPAM 17", "2026", (("17421", 12.5),)),
    DonneeLocale("Réunions", "", "effectif", "CPTS", "2025", par_scenario=((1, 4.0),)),
)


def test_without_local_figures_there_is_no_part() -> None:
    assert list(rangees(Projet.nouveau(), donnees().referentiel)) == []


def test_each_figure_has_its_coverage_source_and_date() -> None:
    _, title, columns, patients, reunions = rangees(PROJET, donnees().referentiel)
    assert "fournies par les porteurs" in str(title[0])
    assert len(columns) == len(patients) == len(reunions)
    share = (
        100
        * donnees().referentiel.population(["17421"])
        / donnees().referentiel.population(["17421", "17306"])
    )
    assert patients == ("Patients", "patients", 12.5, 12.5, 12.5, share, "CPAM 17", "2026")
    assert reunions[2:6] == (4.0, 4.0, 4.0, 100.0)
