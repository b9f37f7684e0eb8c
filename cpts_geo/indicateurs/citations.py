"""The manifest of the bundle: where each figure comes from."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.declarations import Declare


class SourceCitee(Declare):
    """A source as it is cited beside a figure.

    `adresse` is empty where it is not known. `mots` are what the build found in the data (a count, names),
    each after the word that stands for it between braces in the texts that tell of the source.
    """

    code: str
    producteur: str
    jeu: str
    citation_courte: str
    millesime: str
    licence: str
    adresse: str = ""
    geographie: str
    notes: tuple[str, ...] = ()
    mots: tuple[tuple[str, str], ...] = ()

    @staticmethod
    def among(known: Mapping[str, Any]) -> "SourceCitee":
        """The source that an entry of the manifest, or a declared source, describes among other things."""
        cited = {name: known[name] for name in SourceCitee.model_fields if name in known}
        texts = {name: tuple(known.get(name, ())) for name in ("notes", "mots")}
        texts["mots"] = tuple((word, said) for word, said in texts["mots"])
        return SourceCitee(**{**cited, **texts})

    @property
    def citation(self) -> str:
        """Publisher and data set, as "Insee, Base permanente des équipements 2024"."""
        return f"{self.producteur}, {self.jeu}"

    @property
    def citation_datee(self) -> str:
        """Short citation and vintage, the vintage once: "BPE 2024 (Insee)", "RPPS (ANS), mars 2026"."""
        dated = self.millesime in self.citation_courte
        return self.citation_courte if dated else f"{self.citation_courte}, {self.millesime}"


class ReferenceCitee(Declare):
    """The published values set beside an indicator, and what is to be known of them.

    `citation` is that of the values of `zones` ("D31", "R76", "FR"): the others come from where the indicator
    does. `par_departement` says that those of départements stand for the zones that have no value of their
    own.
    """

    citation: str
    zones: tuple[str, ...]
    note: str
    par_departement: bool


def load_manifest(bundle: Path = BUNDLE) -> dict[str, Any]:
    """The manifest as written by the build; FileNotFoundError if there is no bundle."""
    content: dict[str, Any] = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    return content


def load_sources_citees(bundle: Path = BUNDLE) -> dict[str, SourceCitee]:
    """The sources of the bundle, by code."""
    cited = (SourceCitee.among(entry) for entry in load_manifest(bundle)["sources"])
    return {source.code: source for source in cited}
