"""The limits declared of the tables that people bring, and how a file that goes beyond is refused."""

from functools import cache

from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.socle.declarations import Declare, declaration


class FichierIllisibleError(SaisieRefuseeError):
    """The file cannot be read; the message, in French, says why and what to do."""


class LimitesTableau(Declare):
    """The most that a table may hold; see the data file."""

    octets_au_plus: int
    rangees_au_plus: int
    colonnes_au_plus: int
    caracteres_par_case: int
    caracteres_au_plus: int
    octets_decompresses: int
    parties_au_plus: int
    balises_au_plus: int
    balises_par_partie: int
    balises_par_page: int
    noms_au_plus: int
    cases_par_rangee: int
    profondeur_au_plus: int
    octets_par_balise: int
    etendue_au_plus: int
    octets_de_partie: int
    fichiers_par_archive: int


@cache
def limites() -> LimitesTableau:
    """The limits declared in the data file, read once."""
    return declaration("tableaux", LimitesTableau)
