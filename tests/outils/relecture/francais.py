"""What makes a sentence French, whatever it says: its verb, its signs, its elisions, its places."""

import re
from collections.abc import Sequence

from tests.outils.lieux import Lieu

NBSP, FINE = "\u00a0", "\u202f"

# Conjugated verbs: a sentence has one at least.
_VERBS = re.compile(
    r"\b(?:est|sont|a|ont|n’a|n’ont|n’est|compte|comptent|trouve|vit|vivent|exerce|exercent|va|bénéficient"
    r"|tiennent|masque|nomment|nomme|manque|dépasse|touchent|peut|disent|suffit|faut|n’atteindrait|citent"
    r"|prend|coupe)\b"
)
_FAULTS = {
    "apostrophe droite": re.compile("'"),
    "espace manquante ou sécable avant un signe double": re.compile(rf"[^{NBSP}][:;?!»]|«[^{NBSP}]"),
    "espace sécable avant %": re.compile(r" %"),
    "espaces doubles": re.compile(r"  | $|^ "),
    "espace sécable dans un nombre": re.compile(r"\d \d{3}\b"),
    "milliers collés": re.compile(r"\d{5,}|(?<!\d)(?!19|20)\d{4}(?!\d)"),
    "virgule décimale manquante": re.compile(r"\d\.\d"),
    "mot répété": re.compile(r"\b(\w+) \1\b"),
    "article non contracté": re.compile(r"\b(?:de|à) (?:le|les|Le|Les) "),
    "élision manquante": re.compile(r"\b(?:de|le|la|que|ne|se) (?=[aeiouyéèêîâôœAEIOUYÉÈÊÎÂÔŒ])"),
    "élision de trop": re.compile(r"\b[dl]’(?=[^aeiouyhéèêîâôœAEIOUYHÉÈÊÎÂÔŒ])"),
    "donnée absente": re.compile(r"n\. ?d\.|\bnan\b|None|non connu|[{}]"),
    "point final manquant": re.compile(r"[^.]$"),
    "majuscule manquante": re.compile(r"^[a-zéèêîâôœ]"),
    "signe répété": re.compile(r"[,;] ?[,;.]|\.\.|\( | \)|\(\)"),
}


def number(text: str) -> float:
    """A number as it is written in French."""
    return float(text.replace(FINE, "").replace("−", "-").replace("+", "").replace(",", "."))


def faults(sentence: str) -> list[str]:
    """What is wrong with a sentence, whatever it says."""
    # What a person or an EPCI ("CC des 1000 étangs") named is theirs.
    said = re.sub(rf"«{NBSP}.*?{NBSP}»", f"«{NBSP}Nom{NBSP}»", sentence)
    said = re.sub(r"\b(CC|CA|CU) .*?(?= et de \d|\.$)", r"\1", said)
    found = [name for name, pattern in _FAULTS.items() if pattern.search(said)]
    return found if _VERBS.search(said) else [*found, "sans verbe"]


def faults_of_place(said: str, expected: Sequence[Lieu]) -> list[str]:
    """What is wrong with where something is said to be."""
    parts = re.split(r", | et (?=(?:en|dans|à|l|le|la|les)\b|l’)", said)
    left = {place.sujet: place for place in expected}
    shared = False
    found = []
    for part in parts:
        one = next((place for place in left.values() if part in (place.lieu, f"dans {place.sujet}")), None)
        bare = left.get(part) if shared else None
        shared = part.startswith("dans ") or bare is not None
        if (place := one or bare) is None:
            found.append(f"lieu faux : {part}")
        else:
            del left[place.sujet]
    return found + [f"lieu oublié : {name}" for name in left]


def faults_of_communes(said: str, known: set[str]) -> list[str]:
    """What is wrong with an enumeration of communes, bare ("Le Havre") or after "de" ("du Havre")."""
    listed = [each for each in enumerated(said, known) if not re.fullmatch(rf"\d+{NBSP}autres?", each)]
    return [f"commune inconnue : {each}" for each in listed if not known & {each, *_uncontracted(each)}]


def enumerated(said: str, known: set[str]) -> list[str]:
    """The names of an enumeration, "et" being a part of some ("Thue et Mue")."""
    joined = sorted((nom for nom in known if " et " in nom and nom in said), key=len, reverse=True)
    for nom in joined:
        said = said.replace(nom, nom.replace(" et ", "\n"))
    return [each.replace("\n", " et ") for each in re.split(r", | et ", said)]


def _uncontracted(said: str) -> set[str]:
    """The names that this may be, once what stands before them is taken off."""
    for before, articles in (("du ", ("Le ",)), ("des ", ("Les ", "Aux ")), ("de ", ("",)), ("d’", ("",))):
        if said.startswith(before):
            return {article + said.removeprefix(before) for article in articles}
    return set()
