"""Tables drawn at random as people make them, with what must be read in each; `python -m` tries many.

A table has one or several territories, told by a column, by cells written once above blank ones, by rows of
title or by sheets; titles, notes, totals and comparison rows around; headings of many wordings, on one row or
two; communes by code, name, postal code or several in a cell; columns of all kinds beside.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from cpts_geo.communes.referentiel import Commune
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import Rapprochement, Statut, bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.tables.territoires import key, open_sheets, read

REFERENTIEL = donnees().referentiel
INDEX = index_noms(REFERENTIEL)
LECTEUR = Lecteur(INDEX)

ENTETES = {
    "code": ("Code INSEE", "CODGEO", "DEPCOM", "code_commune_insee", "Code commune", "INSEE", "Code"),
    "nom": ("Commune", "Nom de la commune", "LIBGEO", "Libellé", "Ville", "COMMUNES", "Nom commune"),
    "postal": ("Code postal", "CP", "code_postal"),
    "departement": ("Dpt", "Département", "Dép.", "DEP"),
    "cpts": ("CPTS", "Nom CPTS", "Libellé CPTS", "Intitulé de la CPTS", "Projet de CPTS", "Territoire"),
    "epci": ("EPCI", "SIREN EPCI", "Intercommunalité"),
    "population": ("Population", "Population municipale 2023", "Hab."),
    "telephone": ("Téléphone", "Tél."),
    "liste": ("Communes", "Communes membres", "Liste des communes"),
    "rang": ("N°", "Rang", "Ordre"),
    "annee": ("Année", "Millésime"),
    "latitude": ("Latitude", "lat"),
    "canton": ("Canton", "Nom du canton"),
    "remarque": ("Remarques", "Observations"),
    "inconnue": ("Secteur", "Regroupement", "Pôle"),
    "date": ("Date d'adhésion", "Mis à jour le"),
}
TITRES = (
    "Liste des communes au 01/01/2026",
    "CPTS de la région",
    "Extraction du 12/03/2026",
    "Direction départementale, tableau de suivi",
)
NOTES = ("Source : ARS, 2025", "Note de lecture : les communes sont celles de 2025.", "* communes hésitantes")
TELLING = ("colonne", "colonne", "fusion", "titres", "feuilles", "cellules", "inconnue")
COMPARAISONS = ("France", "Ensemble", "Total", "France métropolitaine")
BESIDE = ("epci", "population", "telephone", "date", "rang", "annee", "latitude", "canton", "remarque")
NOMS = ("Rives", "CPTS du Port", "Grand Large", "CPTS Val et Coteaux", "Pays d'Entre-deux", "CPTS 4 Vents")


@dataclass(frozen=True, slots=True)
class Attendue:
    """A commune of the table: its territory, its sheet, the number of its line, and whether it is hidden."""

    territoire: str
    feuille: int
    numero: int
    code: str
    masquee: bool = False


@dataclass(slots=True)
class TableAleatoire:
    """A table and what must be read in it; `forme` tells how it was made."""

    feuilles: list[Feuille] = field(default_factory=list)
    attendues: list[Attendue] = field(default_factory=list)
    forme: list[str] = field(default_factory=list)


def draw(seed: int) -> TableAleatoire:
    """Draw a table; the same one for the same seed."""
    return _Tirage(random.Random(seed)).draw()  # noqa: S311 - tests are drawn again the same


class _Tirage:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._table = TableAleatoire()
        self._heading: tuple[str, ...] = ()

    def draw(self) -> TableAleatoire:
        chance = self._chance
        parts = chance.choice((1, 1, 2, 2, 3))
        names = chance.sample(NOMS, parts)
        communes = dict(zip(names, self._communes(parts), strict=True))
        told = chance.choice(TELLING) if parts > 1 else "seul"
        if told == "titres":
            communes = {f"CPTS {nom.removeprefix('CPTS ')}": each for nom, each in communes.items()}
        self._table.forme.append(told)
        if told == "feuilles":
            for nom, each in communes.items():
                self._sheet({nom: each}, told, nom)
        else:
            self._sheet(communes, told, "Feuil1")
        return self._table

    def _communes(self, parts: int) -> Iterator[list[Commune]]:
        """Communes of one département, some of each part."""
        departements = sorted(set(INDEX.departement_de.values()))
        codes = REFERENTIEL.codes("departement", self._chance.choice(departements))
        while len(codes) < 3 * parts:
            codes = REFERENTIEL.codes("departement", self._chance.choice(departements))
        drawn = self._chance.sample(list(codes), min(len(codes), parts * self._chance.randint(3, 9)))
        for rank in range(parts):
            yield [REFERENTIEL[code] for code in drawn[rank::parts]]

    # ---- One sheet --------------------------------------------------------------------------------------

    def _sheet(self, communes: dict[str, list[Commune]], told: str, nom: str) -> None:
        columns = self._columns(told)
        rows: list[tuple[str, ...]] = []
        hidden: list[int] = []
        self._above(rows, len(columns))
        self._headings(rows, columns)
        for territoire, each in communes.items():
            if told == "titres":
                rows.append(self._padded(territoire, len(columns)))
            self._lines(rows, hidden, columns, territoire, each, told)
        self._below(rows, columns)
        self._table.feuilles.append(Feuille(nom, tuple(map(_trimmed, rows)), tuple(hidden)))

    def _columns(self, told: str) -> list[str]:
        chance = self._chance
        if told == "cellules":
            return ["cpts", "liste", *chance.sample(["telephone", "date", "remarque"], chance.randint(0, 2))]
        telling = chance.choice(
            (["code"], ["nom"], ["code", "nom"], ["nom", "postal"], ["nom", "departement"])
        )
        beside = chance.sample(BESIDE, chance.randint(0, 4))
        named = {"colonne": ["cpts"], "fusion": ["cpts"], "inconnue": ["inconnue"]}.get(told, [])
        columns = [*telling, *beside, *named]
        chance.shuffle(columns)
        if told == "titres" and columns[0] not in telling:
            columns.sort(key=lambda each: each not in telling)
        self._table.forme += columns
        return columns if len(columns) > 1 else [*columns, "population"]

    def _above(self, rows: list[tuple[str, ...]], width: int) -> None:
        titles = self._chance.sample(TITRES, self._chance.choice((0, 0, 1, 2)))
        rows += [self._padded(title, width) for title in titles]
        if rows and self._chance.random() < 0.5:
            rows.append(())

    def _headings(self, rows: list[tuple[str, ...]], columns: Sequence[str]) -> None:
        names = [self._chance.choice(ENTETES[column]) for column in columns]
        if self._chance.random() < 0.15:
            self._table.forme.append("deux rangées d’en-têtes")
            rows.append(self._padded("Territoire de projet", len(columns)) if len(columns) > 1 else ())
        rows.append(tuple(names))
        self._heading = tuple(names)
        if self._chance.random() < 0.2:
            # Rows of comparison often come first.
            row = [""] * len(columns)
            row[next(rank for rank, each in enumerate(columns) if each in {"nom", "code", "liste"})] = (
                "France"
            )
            rows.append(tuple(row))

    def _lines(  # noqa: PLR0913, PLR0917 - one table being made
        self,
        rows: list[tuple[str, ...]],
        hidden: list[int],
        columns: Sequence[str],
        territoire: str,
        communes: Sequence[Commune],
        told: str,
    ) -> None:
        if told == "cellules":
            self._one_row(rows, columns, territoire, communes)
            return
        spelt = self._chance.choice((str, str.upper, lambda text: text.replace(" ", "  ")))
        for rank, commune in enumerate(communes):
            shown = territoire if told != "fusion" or rank == 0 else ""
            nom = spelt(shown) if told == "colonne" and self._chance.random() < 0.3 else shown
            row = tuple(self._cell(column, commune, nom) for column in columns)
            masked = told == "colonne" and self._chance.random() < 0.04
            rows.append(() if masked else row)
            if masked:
                hidden.append(len(rows))
            sheet = len(self._table.feuilles)
            self._table.attendues.append(Attendue(territoire, sheet, len(rows), commune.code, masked))
            if self._chance.random() < 0.05:
                rows.append(self._chance.choice(((), self._heading)))

    def _one_row(
        self,
        rows: list[tuple[str, ...]],
        columns: Sequence[str],
        territoire: str,
        communes: Sequence[Commune],
    ) -> None:
        """All the communes of a territory in one cell."""
        separator = self._chance.choice((", ", "; ", " / ", " - "))
        listed = separator.join(commune.nom for commune in communes)
        rows.append(
            tuple(
                listed if column == "liste" else self._cell(column, communes[0], territoire)
                for column in columns
            )
        )
        sheet = len(self._table.feuilles)
        self._table.attendues += [Attendue(territoire, sheet, len(rows), each.code) for each in communes]

    def _cell(self, column: str, commune: Commune, territoire: str) -> str:
        write: dict[str, Callable[[], str]] = {
            "code": lambda: self._code(commune),
            "nom": lambda: self._nom(commune),
            "postal": lambda: commune.codes_postaux[0] if commune.codes_postaux else "",
            "departement": lambda: commune.departement,
            "cpts": lambda: territoire,
            "epci": lambda: "200042614",
            "population": lambda: f"{commune.population:,}".replace(",", self._chance.choice(("", " "))),
            "inconnue": lambda: territoire.removeprefix("CPTS "),
            "rang": lambda: str(self._chance.randint(1, 60)),
            "annee": lambda: self._chance.choice(("2024", "2025")),
            "latitude": lambda: f"{self._chance.uniform(42, 51):.4f}".replace(".", ","),
            "canton": lambda: REFERENTIEL.nom_zone("departement", commune.departement),
            "remarque": lambda: self._chance.choice(("", "", "à confirmer", "réunion du 12/03/2026")),
            "telephone": lambda: f"05{self._chance.randint(10**7, 10**8 - 1)}",
            "date": lambda: f"{self._chance.randint(10, 28)}/0{self._chance.randint(1, 9)}/2026",
        }
        return write[column]()

    def _code(self, commune: Commune) -> str:
        return commune.code.lstrip("0") if self._chance.random() < 0.5 else commune.code

    def _nom(self, commune: Commune) -> str:
        nom = commune.nom
        variants = (
            nom,
            nom,
            nom.upper(),
            nom.replace("-", " "),
            nom.replace("Saint-", "St-").replace("Sainte-", "Ste-"),
            f"  {nom}",
        )
        return self._chance.choice(variants)

    def _below(self, rows: list[tuple[str, ...]], columns: Sequence[str]) -> None:
        if self._chance.random() < 0.3:
            telling = next(rank for rank, column in enumerate(columns) if column in {"code", "nom", "liste"})
            row = [""] * len(columns)
            row[telling if columns[telling] == "nom" else 0] = self._chance.choice(COMPARAISONS)
            rows.append(tuple(row))
        if self._chance.random() < 0.4:
            rows += [(), self._padded(self._chance.choice(NOTES), len(columns))]

    def _padded(self, text: str, width: int) -> tuple[str, ...]:
        return (text, *[""] * (width - 1))


def _trimmed(row: Sequence[str]) -> tuple[str, ...]:
    kept = [" ".join(cell.split()) for cell in row]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


# ---- Checking -------------------------------------------------------------------------------------------


def faults(table: TableAleatoire) -> Iterator[str]:
    """What is lost, taken for something else, or given to another territory, in words."""
    found = read(open_sheets(table.feuilles, LECTEUR), LECTEUR)
    parts = {key(part.nom): bring_together(part.lignes, INDEX) for part in found.parts}
    others = bring_together(found.autres, INDEX)
    asked = bool(found.douteuses)
    for attendue in table.attendues:
        own = parts.get(key(attendue.territoire)) or parts.get("") or next(iter(parts.values()), ())
        lines = [each for each in (*own, *others) if each.numero == attendue.numero]
        if not any(_is_right(each, attendue) for each in lines) and not asked:
            read_as = [(each.texte, each.statut.value, each.code, each.mention) for each in lines]
            yield f"{attendue}\u00a0: {read_as}"
    expected = {attendue.code for attendue in table.attendues}
    for each in (line for lines in parts.values() for line in lines):
        if each.code is not None and each.code not in expected:
            yield f"de trop\u00a0: {each}"


def _is_right(line: Rapprochement, attendue: Attendue) -> bool:
    """Whether a line gives its commune, offers it, or says that it is left out, and why."""
    if line.statut is Statut.ECARTEE:
        return bool(line.mention)
    if attendue.masquee or line.statut is Statut.IGNOREE:
        return False
    return line.code == attendue.code or attendue.code in {each.code for each in line.propositions}


def main() -> int:
    """Try many tables, and print those that are not read right."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--tables", type=int, default=2_000)
    parser.add_argument("--graine", type=int, default=0)
    options = parser.parse_args()
    wrong = taken = 0
    for seed in range(options.graine, options.graine + options.tables):
        table = draw(seed)
        taken += len(table.attendues)
        if found := list(faults(table)):
            wrong += 1
            sys.stdout.write(f"{seed} {table.forme}\n" + "".join(f"    {each}\n" for each in found[:3]))
    sys.stdout.write(f"{options.tables} tableaux, {taken} communes, {wrong} mal lus.\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
