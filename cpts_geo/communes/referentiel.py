"""The communes of France as they stand today, the zones they belong to and the codes they used to have.

Paris, Lyon and Marseille are there by their arrondissements, which are communes like others: a *ville* is
what they make together.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple, Self

import pandas as pd

from cpts_geo.communes.prises import TypeZone
from cpts_geo.communes.toponymes import Toponyme, toponyme_zone
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.nombres import entier, pluriel
from cpts_geo.socle.textes import enumeration

_SHOWN_CODES = 5


@dataclass(frozen=True, slots=True)
class Commune:
    """A present commune, or an arrondissement of a city (`ville` is then the code of the city).

    `population` is the population municipale of the year `millesime_population`; `lon` and `lat` (degrees,
    WGS 84) are those of its mairie; `a_contour` says whether it can be drawn. None means not known.
    """

    code: str
    nom: str
    departement: str
    region: str
    epci: str | None
    canton: str
    bassin_vie: str
    ville: str | None
    codes_postaux: tuple[str, ...]
    population: int
    millesime_population: int
    superficie_km2: float | None
    lon: float | None
    lat: float | None
    a_contour: bool


_COLONNES = tuple(field.name for field in fields(Commune) if field.name != "code")


class AncienneCommune(NamedTuple):
    """A name or a code that is no longer in use, and the present commune, or city, it leads to."""

    code_ancien: str
    nom_ancien: str
    code: str
    nature: str


class Ville(NamedTuple):
    """A city made of arrondissements, as a commune would be: see `Commune`."""

    code: str
    nom: str
    arrondissements: tuple[str, ...]
    departement: str
    population: int
    codes_postaux: tuple[str, ...]
    lon: float
    lat: float

    @property
    def en_toutes_lettres(self) -> str:
        """The city and how it is made: "Paris (20 arrondissements)"."""
        return f"{self.nom} ({pluriel(len(self.arrondissements), 'arrondissement')})"


class CommuneInconnueError(ValueError):
    """Codes were given that are not those of present communes; the message, in French, says which."""


class Referentiel:
    """The present communes, indexed by INSEE code, with their zones and their former names.

    Args:
        communes: one row per commune, indexed by code, with the columns of `communes.parquet`.
        zones: one row per zone, with the columns of `zones.parquet`.
        anciennes: one row per former name or code, with the columns of `anciennes_communes.parquet`.
    """

    def __init__(self, communes: pd.DataFrame, zones: pd.DataFrame, anciennes: pd.DataFrame) -> None:
        self.communes = communes
        self.anciennes = tuple(AncienneCommune(*row) for row in anciennes.itertuples(index=False))
        self._zones = {str(kind): table.drop(columns="type") for kind, table in zones.groupby("type")}
        self._noms = zones.set_index(["type", "code"])["nom"].to_dict()
        self._populations: dict[str, int] = dict(
            zip(communes.index, communes["population"].tolist(), strict=True)
        )
        self._presents = {ancienne.code_ancien: ancienne.code for ancienne in reversed(self.anciennes)}
        self.villes = {ville.code: ville for ville in _villes(communes, self.nom_zone)}

    @classmethod
    def load(cls, folder: Path = BUNDLE) -> Self:
        """Read the référentiel from the folder of the data bundle.

        Raises:
            FileNotFoundError: a file of the bundle is missing.
        """
        return cls(
            communes=pd.read_parquet(folder / "communes.parquet").set_index("code"),
            zones=pd.read_parquet(folder / "zones.parquet"),
            anciennes=pd.read_parquet(folder / "anciennes_communes.parquet")[list(AncienneCommune._fields)],
        )

    def __contains__(self, code: object) -> bool:
        return code in self._populations

    def __len__(self) -> int:
        return len(self._populations)

    def __getitem__(self, code: str) -> Commune:
        """The commune of this present code.

        Raises:
            CommuneInconnueError: no present commune has this code.
        """
        self.validate([code])
        row = {column: _known(value) for column, value in self.communes.loc[code].to_dict().items()}
        row["codes_postaux"] = tuple(row["codes_postaux"].split())
        return Commune(code=code, **{column: row[column] for column in _COLONNES})

    def population(self, codes: Iterable[str]) -> int:
        """Inhabitants of these present communes together, each counted as often as it is given."""
        return sum(self._populations[code] for code in codes)

    def millesimes(self, codes: Iterable[str]) -> str:
        """Vintages of the population of these communes, as "2023" or "2017 et 2023"."""
        years = self.communes.loc[list(codes), "millesime_population"].unique()
        return enumeration([str(year) for year in sorted(years)])

    def nom_zone(self, type_zone: TypeZone, code: str) -> str:
        """Name of a zone; KeyError if there is none of this type and code."""
        return str(self._noms[type_zone, code])

    def toponyme(self, type_zone: TypeZone, code: str) -> Toponyme:
        """A zone as sentences name it; KeyError if there is none of this type and code."""
        return toponyme_zone(type_zone, code, " ".join(self.nom_zone(type_zone, code).split()))

    def departements(self, codes: Iterable[str]) -> tuple[Toponyme, ...]:
        """The départements of these communes, in the order of their codes."""
        present = self.communes.loc[list(codes), "departement"].unique()
        return tuple(self.toponyme("departement", str(code)) for code in sorted(present))

    def nom_epci(self, commune: Commune) -> str | None:
        """Name of the EPCI of a commune; None when it is in none."""
        return None if commune.epci is None else self.nom_zone("epci", commune.epci)

    def zones(self, type_zone: TypeZone) -> pd.DataFrame:
        """Every zone of a type, indexed by code: nom, and the bounds of its contours in degrees."""
        return self._zones[type_zone].set_index("code")

    def codes(self, type_zone: TypeZone, code: str) -> tuple[str, ...]:
        """Codes of the communes of a zone, in order; empty if there is no such zone."""
        return tuple(self.communes.index[self.communes[type_zone].eq(code)])

    def present(self, code: str) -> str | None:
        """The present commune or city behind a code: itself, or the one that a former code now belongs to."""
        return code if code in self or code in self.villes else self._presents.get(code)

    def unites(self, code: str) -> tuple[str, ...]:
        """The present communes behind a code: one, the arrondissements of a city, or none if unknown."""
        present = self.present(code)
        if present is None:
            return ()
        ville = self.villes.get(present)
        return ville.arrondissements if ville else (present,)

    def designation(self, codes: Collection[str]) -> str:
        """What so many of these are called: "commune", "arrondissements", "communes et arrondissements"."""
        villes = self.communes["ville"].reindex(list(codes)).notna()
        several = "s" if len(codes) > 1 else ""
        if not villes.any():
            return f"commune{several}"
        return f"arrondissement{several}" if villes.all() else "communes et arrondissements"

    def compte(self, codes: Collection[str]) -> str:
        """How many these are, in words: "3 communes", "5 communes et arrondissements"."""
        return f"{entier(len(codes))}\u00a0{self.designation(codes)}"

    def nom(self, code: str) -> str:
        """The name of a present commune or of a city."""
        return self.villes[code].nom if code in self.villes else self[code].nom

    def validate(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The same codes, all of present communes.

        Raises:
            CommuneInconnueError: some are not, and the message says which.
        """
        given = tuple(codes)
        unknown = [code for code in dict.fromkeys(given) if code not in self]
        if unknown:
            raise CommuneInconnueError(self._refusal(unknown))
        return given

    def _refusal(self, unknown: list[str]) -> str:
        shown = ", ".join(self._described(code) for code in unknown[:_SHOWN_CODES])
        rest = len(unknown) - _SHOWN_CODES
        others = f" et {rest} autre{'s' if rest > 1 else ''}" if rest > 0 else ""
        beginning = "Ce code n’est pas celui" if len(unknown) == 1 else "Ces codes ne sont pas ceux"
        end = "d’une commune actuelle" if len(unknown) == 1 else "de communes actuelles"
        return f"{beginning} {end} : {shown}{others}."

    def _described(self, code: str) -> str:
        present = self._presents.get(code)
        return code if present is None else f"{code} (aujourd’hui {present} {self.nom(present)})"


def _villes(communes: pd.DataFrame, name: Callable[[TypeZone, str], str]) -> Iterator[Ville]:
    """Cities stand at the mean place of their arrondissements."""
    for code, inside in communes.groupby("ville"):
        yield Ville(
            code=str(code),
            nom=name("ville", str(code)),
            arrondissements=tuple(inside.index),
            departement=str(inside["departement"].iloc[0]),
            population=int(inside["population"].sum()),
            codes_postaux=tuple(dict.fromkeys(" ".join(inside["codes_postaux"]).split())),
            lon=float(inside["lon"].mean()),
            lat=float(inside["lat"].mean()),
        )


def _known(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return None if pd.isna(value) else value
