"""The manifest of the bundle: where each figure comes from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cpts_geo.socle.chemins import BUNDLE


@dataclass(frozen=True, slots=True)
class SourceCitee:
    """A source as it is cited beside a figure."""

    code: str
    producteur: str
    jeu: str
    citation_courte: str
    millesime: str
    licence: str
    adresse: str
    geographie: str
    notes: tuple[str, ...]

    @property
    def citation(self) -> str:
        """Publisher and data set, as "Insee, Base permanente des équipements 2024"."""
        return f"{self.producteur}, {self.jeu}"

    @property
    def citation_datee(self) -> str:
        """Short citation and vintage, the vintage once: "BPE 2024 (Insee)", "RPPS (ANS), mars 2026"."""
        dated = self.millesime in self.citation_courte
        return self.citation_courte if dated else f"{self.citation_courte}, {self.millesime}"


def load_manifest(bundle: Path = BUNDLE) -> dict[str, Any]:
    """The manifest as written by the build; FileNotFoundError if there is no bundle."""
    content: dict[str, Any] = json.loads((bundle / "manifest.json").read_text(encoding="utf-8"))
    return content


def load_sources_citees(bundle: Path = BUNDLE) -> dict[str, SourceCitee]:
    """The sources of the bundle, by code."""
    cited = (source_citee(entry) for entry in load_manifest(bundle)["sources"])
    return {source.code: source for source in cited}


def source_citee(entry: Mapping[str, Any]) -> SourceCitee:
    """The source that an entry of the manifest, or of the declared sources, describes."""
    return SourceCitee(
        code=entry["code"],
        producteur=entry["producteur"],
        jeu=entry["jeu"],
        citation_courte=entry["citation_courte"],
        millesime=entry["millesime"],
        licence=entry["licence"],
        adresse=entry["adresse"],
        geographie=entry["geographie"],
        notes=tuple(entry.get("notes", ())),
    )
