"""What a document is made of, whatever the format it is written in: sections of blocks, texts as texts."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Rangee = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A text, its lines kept; plain text, never markup."""

    texte: str


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table with its caption.

    The first `textes` columns are words, the others figures, set to the right. `notes` stand under it. `gras`
    says that the last row is a total.
    """

    titre: str
    entetes: Rangee
    rangees: tuple[Rangee, ...]
    textes: int = 1
    notes: tuple[str, ...] = ()
    gras: bool = False


@dataclass(frozen=True, slots=True)
class Illustration:
    """A map or a chart: an SVG image, its caption and what it says in words, for those who cannot see it."""

    code: str
    genre: Literal["carte", "graphique"]
    titre: str
    texte: str
    svg: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Champ:
    """What only people know: `valeur` is empty until it is completed, `ou` says where to find it."""

    libelle: str
    ou: str
    valeur: str = ""
    origine: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """Boxes, one of which at most is ticked."""

    titre: str
    cases: tuple[tuple[str, bool], ...]
    notes: tuple[str, ...]


Bloc = Paragraphe | Tableau | Illustration | Champ | Cases


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; `niveau` is 1 or 2."""

    code: str
    titre: str
    niveau: int
    blocs: tuple[Bloc, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A finished diagnostic; `lien` brings the territory back, `logo` is a PNG image or nothing."""

    titre: str
    nom: str
    resume: str
    jour: date
    lien: str
    sections: tuple[Section, ...]
    textes: dict[str, str]
    logo: bytes = b""
