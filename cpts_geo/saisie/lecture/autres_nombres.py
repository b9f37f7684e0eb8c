"""Numbers that are no code of a commune: dates, years, prices, phone numbers and the like."""

import re

_MOIS = (
    r"(?:janv(?:ier)?|fevr(?:ier)?|févr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|août|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|déc(?:embre)?)\.?"
)
# In the order in which they are looked for: a date holds what would be a decimal number.
_NATURES = {
    "adresse électronique": r"[^\s@<>]+@[^\s@<>]+\.\w+",
    "adresse web": r"(?:https?://|www\.)\S+",
    "téléphone": r"(?:\+33|\b0033|\b0)\s?(?:\(0\)\s?)?[1-9](?:[\s.\-]?\d{2}){4}\b",
    "date": r"\b\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})\b"
    r"|\b\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ][\d:.+Z]+)?|\b(?:0?[1-9]|1[0-2])\s?/\s?(?:19|20)\d\d\b"
    rf"|\b(?:\d{{1,2}}(?:er)?\s+)?{_MOIS}\s+(?:19|20)\d\d\b",
    "heure": r"\b\d{1,2}\s?[hH]\s?\d{2}\b|\b\d{1,2}:\d{2}(?::\d{2})?\b",
    "numéro SIRET": r"\b\d{3}\s?\d{3}\s?\d{3}\s?\d{5}\b",
    "numéro SIREN ou FINESS": r"\b\d{9}\b|\b\d{3}\s\d{3}\s\d{3}\b",
    "coordonnées": r"[+\-−]?\d{1,3}\.\d{2,}\s*[,;]\s*[+\-−]?\d{1,3}\.\d{2,}",
    "mesure": r"\b\d[\d\s\u00a0\u202f.,]*\s?(?:km[2²]?|m[2²]|ha|minutes?)(?![\w’'\-])",
    "montant": r"[+\-−]?\d[\d\s\u00a0\u202f.,]*\s?(?:k?€|euros?\b|EUR\b)",
    "pourcentage": r"[+\-−]?\d[\d\s\u00a0\u202f.,]*\s?%",
    "nombre décimal": r"(?<![\d.,])[+\-−]?\d{1,3}(?:[\s\u00a0\u202f.]\d{3})*,\d+(?![\d.,])"
    r"|(?<![\d.,])[+\-−]?\d+\.(?!0\b)\d+(?![\d.,])",
}
_FINDERS = [(nature, re.compile(expression, re.IGNORECASE)) for nature, expression in _NATURES.items()]
_MAY_HAVE = re.compile(r"[\d@]|www\.", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d|2100")
_EDGES = " \t\u00a0,;:|()[]-–—"


def sans_autres_nombres(texte: str) -> tuple[str, tuple[str, ...]]:
    """The text without what is surely no code in it, and the natures, in French, of what was taken out."""
    if not _MAY_HAVE.search(texte):
        return texte, ()
    found: dict[str, None] = {}
    for nature, finder in _FINDERS:
        texte, count = finder.subn(" ", texte)
        if count:
            found[nature] = None
    return texte, tuple(found)


def nature(texte: str) -> str:
    """What a text is, in French, when it is nothing but numbers that are no code; empty otherwise."""
    rest, found = sans_autres_nombres(texte)
    return found[0] if found and not rest.strip(_EDGES) else ""


def est_annee(texte: str) -> bool:
    """Whether a text is a year from 1900 to 2100, which some codes without their leading zero look like."""
    return bool(_YEAR.fullmatch(texte.strip(_EDGES)))
