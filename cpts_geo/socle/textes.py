"""Plain forms of French texts."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from string import punctuation

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_LONGUEUR_SLUG = 60
_MARKUP = re.compile(f"([{re.escape(punctuation)}])")
# Streamlit makes icons, links, arrows and dashes of what is left once the Markdown is read, escaped or not:
# its patterns do not match across a word joiner, which has no width and parts no line.
_READ_TOO = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)|(?<=[<>=~-])(?=[<>=~-])", re.IGNORECASE)
_JOINER = "\u2060"
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_EDGES = re.compile(r"^[^\S\n]+|[^\S\n]+$", re.MULTILINE)


def sans_accents(text: str) -> str:
    """The text in lower case, its letters without accents and its ligatures parted: "Œuilly" → "oeuilly"."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES)))


def slug(text: str) -> str:
    """The text as a part of a file name: "CPTS de l'Île" → "cpts-de-l-ile"; empty if no letter remains."""
    return _NOT_IN_SLUG.sub("-", sans_accents(text)).strip("-")[:_LONGUEUR_SLUG].rstrip("-")


def nom_fichier(genre: str, nom: str, jour: date, extension: str) -> str:
    """Name of a file, as "synthese-cpts-du-lauragais-2026-01-31.csv": what it is, of what, of which day."""
    known = slug(nom).removeprefix("cpts").strip("-") or "territoire"
    return f"{genre}-cpts-{known}-{jour.isoformat()}.{extension}"


def typographie(text: str) -> str:
    """The text of a declaration or a source, with the apostrophes and the spaces of French."""
    for sign in ":;?!":
        text = text.replace(f" {sign}", f"\u00a0{sign}")
    text = _THOUSANDS.sub("\u202f", text)
    return text.replace("'", "’").replace(" %", "\u00a0%").replace("« ", "«\u00a0").replace(" »", "\u00a0»")


def capitale(text: str) -> str:
    """The text as a sentence begins: its first letter in capital."""
    return text[:1].upper() + text[1:]


def enumeration(items: Sequence[str]) -> str:
    """These words as a list in a sentence: "A, B et C"."""
    return " et ".join([", ".join(items[:-1]), *items[-1:]]) if len(items) > 1 else "".join(items)


def une_ligne(text: str, longueur: int) -> str:
    """The text on one line, cut to this length, without needless blanks, control or direction marks."""
    kept = "".join(" " if char.isspace() else char for char in text if char.isspace() or _is_visible(char))
    return " ".join(kept.split())[:longueur].rstrip()


def plusieurs_lignes(text: str, longueur: int) -> str:
    """The text, its lines kept, cut to this length, without control or direction marks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(une_ligne(line, longueur) for line in lines)[:longueur].strip()


def visible(text: str) -> str:
    """The text, its lines kept, without control characters or marks that would turn its direction around."""
    return "".join(char for char in text if char in "\n\t" or _is_visible(char))


def shorten(text: str, longueur: int) -> str:
    """The text, cut with an ellipsis when it is longer than this many characters."""
    return text if len(text) <= longueur else text[: longueur - 1].rstrip() + "…"


def litteral(text: str) -> str:
    """The text as Markdown of Streamlit that shows it as it is: what a person typed is never markup.

    Blanks at the ends of lines, which would make code or line breaks of it, are left out.
    """
    return _MARKUP.sub(r"\\\1", _READ_TOO.sub(_JOINER, _EDGES.sub("", text)))


def _is_visible(char: str) -> bool:
    return not unicodedata.category(char).startswith("C")
