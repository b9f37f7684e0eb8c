"""What a template may hold and how large it may be, as declared; and the refusal of what is more."""

from cpts_geo.socle.declarations import Declare, declaration

_MILLION = 1_000_000


class ModeleRefuseError(Exception):
    """The template is not filled; the message, in French, says which field, where, and why."""


class LimitesModele(Declare):
    """How large a template may be; see the data file."""

    octets_au_plus: int
    octets_ouverts_au_plus: int
    octets_xml_au_plus: int
    parties_au_plus: int
    elements_au_plus: int
    profondeur_au_plus: int
    boucles_imbriquees_au_plus: int
    rangees_au_plus: int
    signes_au_plus: int
    secondes_processeur_au_plus: int
    secondes_au_plus: int
    memoire_au_plus: int
    ensemble_au_plus: int

    @property
    def poids(self) -> str:
        """How heavy a template may be, in words: "20 Mo au plus"."""
        return f"{self.octets_au_plus // _MILLION}\u00a0Mo au plus"


class ReglesModele(Declare):
    """Words, filters, comparisons and names of a loop that can be written in a template, and the limits."""

    mots: tuple[str, ...]
    filtres: tuple[str, ...]
    comparaisons: tuple[str, ...]
    boucle: tuple[str, ...]
    limites: LimitesModele


def regles() -> ReglesModele:
    """What the data file declares, read once."""
    return declaration("modele_docx", ReglesModele)
