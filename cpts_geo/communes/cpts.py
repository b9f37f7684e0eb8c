"""The CPTS that exist already, where the bundle knows them: one région, whose perimeters are undated."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

import pandas as pd

from cpts_geo.communes.voisinage import Codes
from cpts_geo.socle.chemins import BUNDLE


class CptsExistantes:
    """Which CPTS each commune is in: a commune may be in one, in none, or nothing is known of it.

    Args:
        appartenance: the name of the CPTS by code of commune, missing for those that are in none; communes
            of which nothing is known are not there.
    """

    def __init__(self, appartenance: pd.Series) -> None:
        self.appartenance = appartenance
        self._of: dict[str, str | None] = {
            str(code): None if pd.isna(nom) else str(nom) for code, nom in appartenance.items()
        }
        self._communes = self._by_name(self._of)

    @classmethod
    def load(cls, folder: Path = BUNDLE) -> Self:
        """Read the CPTS from the folder of the data bundle.

        Raises:
            FileNotFoundError: the file is missing from the bundle.
        """
        return cls(pd.read_parquet(folder / "cpts.parquet").set_index("code")["cpts"])

    @property
    def noms(self) -> Codes:
        """The names of all the CPTS, in order."""
        return tuple(self._communes)

    def communes(self, nom: str) -> Codes:
        """The known communes of a CPTS; KeyError if there is none of this name."""
        return self._communes[nom]

    def connues(self, codes: Iterable[str]) -> Codes:
        """Those of these communes of which it is known whether they are in a CPTS."""
        return tuple(code for code in codes if code in self._of)

    def sans_cpts(self, codes: Iterable[str]) -> Codes:
        """Those of these communes that are known to be in none."""
        return tuple(code for code in codes if code in self._of and self._of[code] is None)

    def par_cpts(self, codes: Iterable[str]) -> Mapping[str, Codes]:
        """Those of these communes that are in a CPTS, by its name, in the order of names."""
        return self._by_name({code: self._of.get(code) for code in codes})

    def _by_name(self, known: Mapping[str, str | None]) -> dict[str, Codes]:
        found: dict[str, list[str]] = {}
        for code, nom in known.items():
            if nom is not None:
                found.setdefault(nom, []).append(code)
        return {nom: tuple(found[nom]) for nom in sorted(found)}
