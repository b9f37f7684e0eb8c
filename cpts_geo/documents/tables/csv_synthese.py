"""The synthesis of a territory as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterator, Sequence
from datetime import date

from cpts_geo.analyse.rapport import Colonne, Extrait, LigneRapport, references
from cpts_geo.analyse.taille import Bareme
from cpts_geo.communes.referentiel import Commune, Referentiel
from cpts_geo.documents.tables import csv_champ, csv_locales
from cpts_geo.documents.tables.csv_ecriture import Cellule, write
from cpts_geo.indicateurs import affichage
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.couverture import showable
from cpts_geo.indicateurs.resultat import Resultat
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes
from cpts_geo.socle.nombres import est_absent

Rangee = tuple[Cellule, ...]

# What stands at the head of a column, by kind of what it is compared with.
_ZONES = {"departement": "Département ({nom})", "region": "Région ({nom})", "france": "{nom}"}
_COLONNES_COMMUNES = (
    "Code INSEE",
    "Commune",
    "Département",
    "EPCI",
    "Population municipale",
    "Millésime de la population",
    "Superficie (km²)",
)


def synthese_csv(
    projet: Projet, shown: Extrait, jour: date, referentiel: Referentiel, bareme: Bareme
) -> bytes:
    """The file: who and when, then the indicators, the local figures, and the communes.

    UTF-8 with its mark, `;` between cells, decimal comma, no thousands separator; texts that a spreadsheet
    would run as a formula are made harmless.

    Args:
        projet: its active scenario is told.
        shown: the indicators of the territory of this scenario, beside what it is usually compared with.
        jour: the date of the file.
        referentiel: names and zones of the communes.
        bareme: gives the Taille.

    Raises:
        ValueError: the territory has no commune.
        CommuneInconnueError: some of its codes are not those of present communes.
    """
    territoire = projet.territoire
    if not len(territoire):
        raise ValueError("Choisissez au moins une commune avant de télécharger la synthèse.")
    communes = [referentiel[code] for code in territoire]
    rows = [
        *_presentation(territoire, communes, referentiel.millesimes(territoire), jour, bareme),
        (),
        ("Indicateurs",),
        _entetes(shown.colonnes),
        *(_indicateur(ligne, shown.colonnes) for ligne in shown.lignes),
        *csv_locales.rangees(projet, referentiel),
        (),
        ("Communes",),
        _COLONNES_COMMUNES,
        *(_commune(commune, referentiel) for commune in communes),
    ]
    return write(rows)


def nom_fichier(territoire: Territoire, jour: date) -> str:
    """Name of the file, as "synthese-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("synthese", territoire.nom, jour, "csv")


def _presentation(
    territoire: Territoire, communes: list[Commune], millesime: str, jour: date, bareme: Bareme
) -> Iterator[Rangee]:
    classement = bareme.rank(sum(commune.population for commune in communes))
    yield "Projet de CPTS", territoire.nom
    yield "Date", f"{jour:%d/%m/%Y}"
    yield "Nombre de communes", len(communes)
    yield "Population municipale", classement.population
    yield "Millésime de la population", millesime
    yield "Taille", classement.numero, classement.intervalle, bareme.source_seuils
    if classement.proche:
        yield "Attention", classement.avertissement
    yield (
        f"Enveloppe annuelle, en euros ({bareme.mention_montants})",
        classement.montant,
        bareme.source_montants,
    )


def _entetes(colonnes: Sequence[Colonne]) -> Rangee:
    return (
        "Indicateur",
        "Unité",
        "Échelle",
        "Territoire",
        "Borne basse",
        "Borne haute",
        "Effectif",
        "Couverture (%)",
        *(_ZONES[colonne.genre].format(nom=colonne.nom) for colonne in colonnes[1:]),
        "Remarque",
        *csv_champ.ENTETES,
        csv_champ.REFERENCES,
    )


def _indicateur(ligne: LigneRapport, colonnes: Sequence[Colonne]) -> Rangee:
    """Bounds are written only where masked values, or a range over the communes, leave the value open."""
    item, own = ligne.indicateur, showable(ligne.territoire)
    bounded = own.exacte is None
    return (
        item.libelle,
        item.unite,
        affichage.echelle(item),
        csv_champ.chiffre(own),
        own.borne_basse if bounded else None,
        own.borne_haute if bounded else None,
        _count(own),
        own.couverture,
        *(_reference(item, showable(cellule.resultat)) for cellule in ligne.cellules[1:]),
        " ; ".join(ligne.remarques),
        *csv_champ.cellules(item),
        references(ligne, colonnes),
    )


def _reference(item: Indicateur, resultat: Resultat) -> Cellule:
    """The value of a reference, its two bounds in words when it is framed."""
    framed = resultat.encadre and not est_absent(resultat.valeur)
    return affichage.valeur(item, resultat) if framed else csv_champ.chiffre(resultat)


def _count(resultat: Resultat) -> Cellule:
    """The count to the nearest one, for some are estimates; its two bounds in words when it is framed."""
    if resultat.effectif is None or resultat.effectif_bas != resultat.effectif_haut:
        return affichage.effectif(resultat) if resultat.effectif_bas is not None else None
    return float(round(resultat.effectif))


def _commune(commune: Commune, referentiel: Referentiel) -> Rangee:
    return (
        commune.code,
        commune.nom,
        referentiel.nom_zone("departement", commune.departement),
        referentiel.nom_epci(commune),
        commune.population,
        commune.millesime_population,
        commune.superficie_km2,
    )
