"""What goes to the process that fills a template, and what comes back: bytes, numbers and texts only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from markupsafe import escape

from cpts_geo.documents.modele_word.regles import ModeleRefuseError


@dataclass(frozen=True, slots=True)
class Liste:
    """A table: the names of its columns, and the texts of each row in their order."""

    colonnes: tuple[str, ...]
    rangees: tuple[tuple[str, ...], ...]

    def longueurs(self) -> dict[str, int]:
        """By column, the length of its longest text once written in a document."""
        return {
            name: max((len(escape(row[rank])) for row in self.rangees), default=0)
            for rank, name in enumerate(self.colonnes)
        }


@dataclass(frozen=True, slots=True)
class DonneesModele:
    """All that a template can see: texts, tables of texts, and whether there is a map."""

    textes: Mapping[str, str]
    listes: Mapping[str, Liste]
    carte: bool

    def contexte(self) -> dict[str, object]:
        """The values by name, the map apart."""
        rows = {
            name: [dict(zip(liste.colonnes, row, strict=True)) for row in liste.rangees]
            for name, liste in self.listes.items()
        }
        return {**self.textes, **rows}


@dataclass(frozen=True, slots=True)
class DemandeRemplissage:
    """A template, the data that fill it, and the PNG of the map if there is one."""

    modele: bytes
    donnees: DonneesModele
    carte: bytes | None

    def write(self) -> bytes:
        """The bytes that `read` reads."""
        head = {
            "textes": dict(self.donnees.textes),
            "listes": {name: [each.colonnes, each.rangees] for name, each in self.donnees.listes.items()},
            "modele": len(self.modele),
            "carte": None if self.carte is None else len(self.carte),
        }
        return _line(head) + self.modele + (self.carte or b"")

    @classmethod
    def read(cls, asked: BinaryIO) -> "DemandeRemplissage":
        """What `write` wrote."""
        head = json.loads(asked.readline())
        listes = {
            name: Liste(tuple(columns), tuple(map(tuple, rows)))
            for name, (columns, rows) in head["listes"].items()
        }
        modele = asked.read(head["modele"])
        carte = None if head["carte"] is None else asked.read(head["carte"])
        return cls(modele, DonneesModele(head["textes"], listes, carte is not None), carte)


@dataclass(frozen=True, slots=True)
class Remplissage:
    """The filled document, and the names of the fields that were filled or are not known."""

    contenu: bytes
    remplis: tuple[str, ...]
    inconnus: tuple[str, ...]

    def write(self) -> bytes:
        """The bytes that `read` reads."""
        return _line({"remplis": self.remplis, "inconnus": self.inconnus}) + self.contenu

    @classmethod
    def read(cls, answered: bytes) -> "Remplissage":
        """What `write` wrote.

        Raises:
            ModeleRefuseError: a refusal was written instead.
        """
        head, _, filled = answered.partition(b"\n")
        said = json.loads(head)
        if "refus" in said:
            raise ModeleRefuseError(said["refus"])
        return cls(filled, tuple(said["remplis"]), tuple(said["inconnus"]))


def refus(message: str) -> bytes:
    """The answer that no document can be given, and why."""
    return _line({"refus": message})


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode("ascii") + b"\n"
