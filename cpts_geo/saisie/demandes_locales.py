"""The local figures that a command line gives, for every territory that it names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cpts_geo.saisie.chiffres_locaux import (
    ColonneChoisie,
    DonneesInvalidesError,
    Importation,
    Laissee,
    Prise,
    TableDeChiffres,
    import_chiffres,
    propose,
    read_table,
)
from cpts_geo.saisie.demandes import Demande, DemandeInvalideError
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.ligne import Lecteur
from cpts_geo.saisie.noms import IndexNoms
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.plan import non_utilisees


@dataclass(frozen=True, slots=True)
class ConsignesLocales:
    """Where figures come from: without source their file is said, without date the year of their heading.

    `annee` is the year to take of a table that has several.
    """

    source: str = ""
    date: str = ""
    annee: str = ""


@dataclass(frozen=True, slots=True)
class ChiffresDemandes:
    """The figures of a file: the table, the columns to take, and the year."""

    table: TableDeChiffres
    colonnes: tuple[ColonneChoisie, ...]
    annee: str

    @property
    def lecture(self) -> str:
        """In French, how the file was read, which figures are taken of it, and which columns are not."""
        names = ", ".join(f"«\u00a0{each.libelle}\u00a0»" for each in self.colonnes)
        told = f"{self.table.plan.resume()}, chiffres {names}"
        return told + non_utilisees(self.table.ecartees)


def read(path: Path, index: IndexNoms, consignes: ConsignesLocales) -> ChiffresDemandes:
    """Read a file of local figures.

    Raises:
        DemandeInvalideError: it cannot be read, or has no figure of communes; in French.
    """
    try:
        sheets = tableur.read(path.read_bytes(), path.name)
        (first, *others) = territoires.open_sheets(sheets, Lecteur(index))
        if others:
            raise DonneesInvalidesError(
                ["Plusieurs feuilles contiennent des communes\u00a0: n’en gardez qu’une."]
            )
        table = read_table(first, index)
    except (OSError, SaisieRefuseeError) as error:
        raise DemandeInvalideError(f"{path}\u00a0: {error}") from error
    if len(table.annees) > 1 and consignes.annee not in table.annees:
        years = ", ".join(table.annees)
        raise DemandeInvalideError(
            f"{path}\u00a0: plusieurs années ({years})\u00a0; choisissez-la par --annee-locale."
        )
    source = consignes.source or f"fichier {path.name}"
    return ChiffresDemandes(table, propose(table, source, consignes.date or consignes.annee), consignes.annee)


def complete(demande: Demande, chiffres: ChiffresDemandes) -> tuple[Demande, Importation | None]:
    """A territory with the figures of its communes, and what was taken; None when they have no figure."""
    if demande.projet is None:
        return demande, None
    communes = {code for each in demande.projet.scenarios for code in each.territoire.codes}
    try:
        found = import_chiffres(chiffres.table, Prise(chiffres.colonnes, chiffres.annee, communes))
    except DonneesInvalidesError:
        return demande, None
    return replace(demande, projet=demande.projet.complete(*found.donnees)), found


def left_out(found: Sequence[Importation]) -> list[str]:
    """In French, each line or cell left out, once whatever the number of territories."""
    told = (_told(each) for importation in found for each in importation.laissees)
    return list(dict.fromkeys(told))


def _told(each: Laissee) -> str:
    line = f"Données locales, ligne {each.numero} «\u00a0{each.texte}\u00a0»"
    return f"{line} laissée de côté\u00a0: {each.raison}."
