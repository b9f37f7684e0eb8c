"""How a territory cuts the zones it stands on, as a CSV file that French spreadsheets open as it is meant."""

from collections.abc import Iterator, Sequence
from datetime import date

from cpts_geo.analyse.decoupages import Decoupage, notes
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.documents.tables.csv_ecriture import Cellule, write
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes

ENTETES = (
    "Type",
    "Code",
    "Nom",
    "Prise",
    "Communes dedans",
    "Communes laissées dehors",
    "Habitants dedans",
    "Habitants laissés dehors",
    "Codes Insee laissés dehors",
)


def decoupages_csv(
    found: Sequence[Decoupage], territoire: Territoire, referentiel: Referentiel, jour: date
) -> bytes:
    """The file: who and when, one row a zone, then what is to be known of them."""
    return write(
        [
            ("Projet de CPTS", territoire.nom),
            ("Date", f"{jour:%d/%m/%Y}"),
            ("Millésime de la population", referentiel.millesimes(territoire.codes)),
            (),
            ENTETES,
            *_rows(found),
            (),
            *((note,) for note in notes(found, referentiel)),
        ]
    )


def nom_fichier(territoire: Territoire, jour: date) -> str:
    """Name of the file, as "decoupages-cpts-du-lauragais-2026-01-31.csv"."""
    return textes.nom_fichier("decoupages", territoire.nom, jour, "csv")


def _rows(found: Sequence[Decoupage]) -> Iterator[tuple[Cellule, ...]]:
    for each in found:
        for zone in each.zones:
            yield (
                each.type.un,
                zone.code,
                zone.nom,
                zone.prise,
                len(zone.dedans),
                len(zone.dehors),
                zone.population_dedans,
                zone.population_dehors,
                " ".join(zone.dehors),
            )
