"""The local figures that a command line gives, for every territory that it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cpts_geo.saisie.chiffres.table import (
    ColonneChoisie,
    DonneesInvalidesError,
    HorsTerritoireError,
    Laissee,
    Prise,
    TableDeChiffres,
)
from cpts_geo.saisie.chiffres_locaux import Importation, import_chiffres, propose, read_table
from cpts_geo.saisie.demandes import Demande, DemandeInvalideError
from cpts_geo.saisie.fichiers import tableur
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.noms import IndexNoms, simplify
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import territoires
from cpts_geo.saisie.tables.plan import non_utilisees


@dataclass(frozen=True, slots=True)
class ConsignesLocales:
    """Where figures come from: without source their file is said, without date the year of their heading.

    `annee` is the year to take of a table that has several, `lignes` the rows to take of one that has several
    for a commune: "Sexe=Ensemble".
    """

    source: str = ""
    date: str = ""
    annee: str = ""
    lignes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChiffresDemandes:
    """The figures of a file: the table, the columns to take, the year, and the rows (`Prise.gardees`)."""

    table: TableDeChiffres
    colonnes: tuple[ColonneChoisie, ...]
    annee: str
    gardees: Mapping[int, str]

    @property
    def lecture(self) -> str:
        """In French, how the file was read, which figures are taken of it, and which columns are not."""
        names = ", ".join(map(_named, self.colonnes))
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
    columns = propose(table, source, consignes.date or consignes.annee)
    return ChiffresDemandes(table, columns, consignes.annee, _kept_rows(path, table, consignes.lignes))


def _kept_rows(path: Path, table: TableDeChiffres, given: Sequence[str]) -> dict[int, str]:
    """The value to keep of each column that tells the rows of a commune apart.

    Raises:
        DemandeInvalideError: one is not given, or is not in the table; in French.
    """
    parted = [each.partition("=") for each in given]
    asked = {simplify(nom).strip(): value.strip() for nom, _, value in parted}
    kept = {each.rang: asked.get(simplify(each.nom).strip(), "") for each in table.distinctions}
    for each in table.distinctions:
        if kept[each.rang] not in each.valeurs:
            raise DemandeInvalideError(
                f"{path}\u00a0: plusieurs lignes par commune\u00a0; choisissez celles à prendre, {each.dit}, "
                f'par --lignes-locales "{each.nom}={each.valeurs[0]}".'
            )
    return kept


def _named(colonne: ColonneChoisie) -> str:
    """The name of a figure, and how it is read when it could be otherwise."""
    name = f"«\u00a0{colonne.libelle}\u00a0»"
    return f"{name} ({colonne.dit})" if colonne.dit else name


def complete(demande: Demande, chiffres: ChiffresDemandes) -> tuple[Demande, Importation | None]:
    """A territory with the figures of its communes, and what was taken; None when they have no figure.

    Raises:
        DemandeInvalideError: the source or the date given is blank; in French.
    """
    if demande.projet is None:
        return demande, None
    communes = {code for each in demande.projet.scenarios for code in each.territoire.codes}
    try:
        found = import_chiffres(
            chiffres.table, Prise(chiffres.colonnes, chiffres.annee, communes, gardees=chiffres.gardees)
        )
    except HorsTerritoireError:
        return demande, None
    except DonneesInvalidesError as error:
        raise DemandeInvalideError(f"Données locales\u00a0: {error}") from error
    return replace(demande, projet=demande.projet.complete(*found.donnees)), found


def left_out(found: Sequence[Importation]) -> list[str]:
    """In French, each line or cell left out, once whatever the number of territories."""
    told = (_told(each) for importation in found for each in importation.laissees)
    return list(dict.fromkeys(told))


def _told(each: Laissee) -> str:
    line = f"Données locales, ligne {each.numero} «\u00a0{each.texte}\u00a0»"
    return f"{line} laissée de côté\u00a0: {each.raison}."
