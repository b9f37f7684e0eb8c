"""Professionals and structures as marks on the map: where they are when it is known, how many by commune."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pandas as pd
from pydantic import model_validator

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.citations import SourceCitee, load_sources_citees
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.declarations import Declare, declaration

TABLE = "structures"


class TypeStructure(Declare):
    """A kind of professional or structure, as declared.

    `colonne` counts them in each commune, from `source`. `nommees` is their type in the table of structures,
    which lists them one by one in `regions` (all of France when there is none). `indicateurs` are those that
    count them in the report, several when a place that is listed once has several services: `comptes` names
    then, once and more than once, what they count, and `raison` says why it is not what is listed.
    """

    code: str
    nom: str
    groupe: str
    couleur: str
    colonne: str = ""
    source: str = TABLE
    nommees: str = ""
    regions: tuple[str, ...] = ()
    indicateurs: tuple[str, ...] = ()
    comptes: tuple[()] | tuple[str, str] = ()
    raison: str = ""


class StructuresDeclarees(Declare):
    """The types, in the order of the picker, and the names of their groups.

    `raison` is why a list and a count of one kind may differ, unless the type says it itself; `listes` cite
    the sources of the table of structures, by the code that its rows bear.
    """

    raison: str
    listes: Mapping[str, str]
    groupes: Mapping[str, str]
    type: tuple[TypeStructure, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        codes = [kind.code for kind in self.type]
        if len(set(codes)) != len(codes):
            raise ValueError("deux types portent le même code.")
        if {kind.groupe for kind in self.type} != set(self.groupes):
            raise ValueError("les groupes ne sont pas ceux des types.")
        return self


class Structures:
    """Every structure of the bundle, and the counts by commune of what has no name.

    Args:
        nommees: one row per structure, with type, nom, code (commune), lon and lat.
        comptes: counts by commune code, one column for each declared `colonne`.
        reference: gives communes their région and their mairie.
        sources: by code, as the manifest cites them.
    """

    def __init__(
        self,
        nommees: pd.DataFrame,
        comptes: pd.DataFrame,
        reference: Referentiel,
        sources: dict[str, SourceCitee],
    ) -> None:
        self._nommees = {str(kind): table for kind, table in nommees.groupby("type")}
        self._aucune = nommees.iloc[:0]
        self._communes = reference.communes
        self._sources = sources
        self._comptes = pd.DataFrame({kind.code: self._count(kind, comptes) for kind in types()})

    @classmethod
    def load(cls, reference: Referentiel, folder: Path = BUNDLE) -> Self:
        """Read the structures of the bundle; the référentiel gives communes their région and their mairie."""
        columns = ["code", *{kind.colonne for kind in types() if kind.colonne}]
        return cls(
            nommees=pd.read_parquet(folder / "structures.parquet"),
            comptes=pd.read_parquet(folder / "indicateurs.parquet", columns=columns).set_index("code"),
            reference=reference,
            sources=load_sources_citees(folder),
        )

    def comptes(self, codes: Sequence[str]) -> dict[str, int | None]:
        """How many of each type these communes have together, None when no commune has a figure."""
        sums = self._comptes.loc[list(codes)].sum(min_count=1)
        return {str(kind): None if pd.isna(count) else int(count) for kind, count in sums.items()}

    def carte(self, kind: TypeStructure, departements: Iterable[str]) -> dict[str, Any]:
        """The marks of a type in these départements.

        Returns:
            points: name, longitude, latitude and commune of the structures whose place is known; comptes:
            commune, longitude and latitude of its mairie, and how many others it has.
        """
        wanted = self._communes["departement"].isin(list(departements))
        communes = self._communes.loc[wanted, ["lon", "lat"]]
        named = self._named(kind, communes.index)
        placed = named.dropna(subset=["lon", "lat"])
        others = self._comptes.loc[communes.index, kind.code] - placed.groupby("code").size().reindex(
            communes.index, fill_value=0
        )
        counted = communes.assign(nombre=others).dropna()
        counted = counted[counted["nombre"] > 0].astype({"nombre": int})
        return {
            "points": placed[["nom", "lon", "lat", "code"]].to_numpy().tolist(),
            "comptes": counted.reset_index()[["code", "lon", "lat", "nombre"]].to_numpy().tolist(),
        }

    def liste(self, kind: TypeStructure, codes: Sequence[str]) -> pd.DataFrame:
        """One row by structure with a name, one by commune for the others.

        Returns:
            Columns commune, nom (missing when not known), nombre.
        """
        named = self._named(kind, codes)
        rest = self._comptes.loc[list(codes), kind.code] - named.groupby("code").size().reindex(
            list(codes), fill_value=0
        )
        rest = rest[rest > 0]
        rows = pd.concat(
            [
                pd.DataFrame({"code": named["code"], "nom": named["nom"], "nombre": 1}),
                pd.DataFrame({"code": rest.index, "nom": None, "nombre": rest.astype(int).to_numpy()}),
            ]
        )
        rows["commune"] = rows["code"].map(self._communes["nom"])
        return rows.sort_values(["commune", "nom"], ignore_index=True)[["commune", "nom", "nombre"]]

    def source(self, kind: TypeStructure, codes: Sequence[str]) -> str:
        """Where the figures of these communes come from, with the vintage."""
        covered = self._covered(kind).loc[list(codes)]
        used = [TABLE] * bool(covered.any()) + [kind.source] * bool(kind.colonne and not covered.all())
        cited = [self._sources[code] for code in dict.fromkeys(used)]
        return "\u00a0; ".join(source.citation_datee for source in cited)

    def origines(self, kind: TypeStructure, codes: Sequence[str]) -> tuple[str, ...]:
        """What the list of these communes is made from, in short; nothing where no list covers them."""
        covered = self._covered(kind).loc[list(codes)]
        table = self._of_kind(kind)
        here = table[table["code"].isin(list(codes))]
        rows = here if len(here) else table
        listes = declaration("structures", StructuresDeclarees).listes
        named = [listes[code] for code in sorted(rows["source"].unique())] if covered.any() else []
        counted = [self._sources[kind.source].citation_datee] if kind.colonne and not covered.all() else []
        return (*named, *counted)

    def _named(self, kind: TypeStructure, codes: Iterable[str]) -> pd.DataFrame:
        table = self._of_kind(kind)
        return table[table["code"].isin(list(codes))]

    def _of_kind(self, kind: TypeStructure) -> pd.DataFrame:
        return self._nommees.get(kind.nommees, self._aucune)

    def _covered(self, kind: TypeStructure) -> pd.Series:
        """Whether the table of structures lists those of each commune."""
        if not kind.nommees:
            return pd.Series(data=False, index=self._communes.index)
        if not kind.regions:
            return pd.Series(data=True, index=self._communes.index)
        return self._communes["region"].isin(kind.regions)

    def _count(self, kind: TypeStructure, comptes: pd.DataFrame) -> pd.Series:
        """By commune: those listed where the table covers it, elsewhere the column, if there is one."""
        named = self._of_kind(kind).groupby("code").size()
        listed = named.reindex(self._communes.index, fill_value=0).astype(float)
        counted = (
            comptes[kind.colonne].reindex(self._communes.index).astype(float)
            if kind.colonne
            else pd.Series(float("nan"), index=self._communes.index)
        )
        return listed.where(self._covered(kind), counted)


def types() -> tuple[TypeStructure, ...]:
    """The declared types, in the order of the picker."""
    return declaration("structures", StructuresDeclarees).type


def raison_usuelle() -> str:
    """Why a list and a count of one kind may differ."""
    return declaration("structures", StructuresDeclarees).raison


def groupes() -> Mapping[str, str]:
    """The groups of the picker, with their names."""
    return declaration("structures", StructuresDeclarees).groupes


def type_structure(code: str) -> TypeStructure:
    """The type of this code; KeyError if there is none."""
    return {kind.code: kind for kind in types()}[code]
