"""Where {{ … }}, {% … %} and {# … #} stand in the XML of a Word document, whatever Word has cut them into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from cpts_geo.documents.modele_word.grammaire import LectureChamp, LieuChamp, is_expression, parse, read
from cpts_geo.documents.modele_word.passage import DonneesModele
from cpts_geo.documents.modele_word.regles import regles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FERME = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OUVRE = re.compile("|".join(map(re.escape, _FERME)))
# What may follow {% at once: docxtpl then takes the whole row, cell, paragraph or run away.
_PORTEE = re.compile(r"[-+]?(?:(?:tr|tc|p|r)\s)?\s*")
_MOT = re.compile(r"\w+")
# A name in plain words, as people who do not know our fields write it.
_EN_MOTS = re.compile(r"[^\W\d_][\w .’'°-]*")
# What people write who mean an expression: these they are told of when it is badly written.
_ECRITURE = re.compile(r"[|=\[\]{}\"]|__")
# Word writes curved quotes; docxtpl makes them straight.
_GUILLEMETS = str.maketrans("“”‘’", "\"\"''")
# What is to stay as it was written is hidden from jinja by characters that belong to nobody.
_CACHE = str.maketrans("{}", "\U0010fffc\U0010fffd")
_MONTRE = str.maketrans("\U0010fffc\U0010fffd", "{}")
_FIN = {"endfor": "for", "endif": "if"}
_SUITE = {"else": ("if", "for"), "elif": ("if",)}
_PLACES = {
    "hdr": "dans l’en-tête",
    "ftr": "dans le pied de page",
    "footnotes": "dans une note de bas de page",
}
_DEBUT = 40


class Fragment:
    """A text of the document: that of a paragraph, whatever runs it is cut into, or that of an attribute."""

    def __init__(self, element: Any, attribute: str | None = None) -> None:  # noqa: ANN401
        self._pieces = [(element, attribute)]

    def join_texts(self, element: Any) -> None:  # noqa: ANN401
        """Add the text of the next run."""
        self._pieces.append((element, None))

    def texte(self) -> str:
        """The whole text."""
        return "".join(map(_get, self._pieces))

    def hide(self, places: set[int]) -> None:
        """Hide from jinja the braces at these places of the text."""
        start = 0
        for piece in self._pieces:
            before = _get(piece)
            after = "".join(
                char.translate(_CACHE) if start + rank in places else char for rank, char in enumerate(before)
            )
            start += len(before)
            if after != before:
                _set(piece, after)

    def ou(self) -> str:
        """Where it is in the document, in French."""
        element, attribute = self._pieces[0]
        kinds = [etree.QName(each).localname for each in (element, *element.iterancestors())]
        around = [_PLACES[kind] for kind in kinds if kind in _PLACES]
        if attribute is not None:
            return ", ".join([*around, "dans un texte de remplacement ou un réglage"])
        begins = " ".join(self.texte().split())
        shown = begins if len(begins) <= _DEBUT else begins[:_DEBUT].rstrip() + "…"
        kind = "la cellule de tableau" if "tc" in kinds else "le paragraphe"
        return ", ".join([*around, f"dans {kind} qui commence par «\u00a0{shown}\u00a0»"])


@dataclass(frozen=True, slots=True)
class _Texte:
    """A text that is no XML, as the title in the properties of the document."""

    text: str
    place: str

    def texte(self) -> str:
        return self.text

    def ou(self) -> str:
        return self.place


@dataclass(frozen=True, slots=True)
class Balise:
    """A tag: what is written, where in the text of its fragment, and what it is to jinja."""

    ecrit: str
    debut: int
    fragment: Fragment | _Texte

    def lieu(self) -> LieuChamp:
        """What it says, and where it is."""
        return LieuChamp(" ".join(self.ecrit.split()), self.fragment.ou())

    def accolades(self) -> set[int]:
        """Places of its braces in the text of its fragment."""
        end = self.debut + len(self.ecrit)
        return {self.debut, self.debut + 1, end - 2, end - 1}

    def jinja(self) -> str:
        """The same on one line, without what only docxtpl understands; nothing for a comment."""
        if self.ecrit.startswith("{#"):
            return ""
        line = " ".join(self.ecrit.translate(_GUILLEMETS).split())
        return "{% " + line[2 + len(self._portee(line)) :] if line.startswith("{%") else line

    def mot(self) -> str | None:
        """The word that begins a {% … %}."""
        if not self.ecrit.startswith("{%"):
            return None
        found = _MOT.match(self.ecrit, 2 + len(self._portee(self.ecrit)))
        return found.group() if found else ""

    @staticmethod
    def _portee(text: str) -> str:
        found = _PORTEE.match(text, 2)
        return found.group() if found else ""


def fragments(root: Any) -> Iterator[Fragment]:  # noqa: ANN401
    """The texts below an element, in their order: of paragraphs, and of the attributes that hold a tag."""
    held: dict[tuple[Any, str], Fragment] = {}
    for element in root.iter(etree.Element):
        if element.text:
            key = (next(element.iterancestors(_W + "p"), element), element.tag)
            if key in held:
                held[key].join_texts(element)
            else:
                held[key] = Fragment(element)
        for name, value in element.attrib.items():
            if _OUVRE.search(value):
                held[element, f"@{name}"] = Fragment(element, name)
    yield from held.values()


def hide_unknown(root: Any, donnees: DonneesModele) -> tuple[LectureChamp, set[str]]:  # noqa: ANN401
    """Read every tag below an element, and hide from jinja the fields that we do not know.

    Returns:
        What the tags ask for, and the names of the fields that were hidden.

    Raises:
        ModeleRefuseError: a tag is badly written, or is more than a field, a condition or a loop.
    """
    tags = [tag for fragment in fragments(root) for tag in balises(fragment)]
    read, unknown = _read_all(tags, donnees)
    hidden: dict[Fragment, set[int]] = {}
    for rank in unknown:
        tag = tags[rank]
        if isinstance(tag.fragment, Fragment):
            hidden.setdefault(tag.fragment, set()).update(tag.accolades())
    for fragment, places in hidden.items():
        fragment.hide(places)
    return read, set(unknown.values())


def hide_text(text: str, place: str, donnees: DonneesModele) -> tuple[str, LectureChamp, set[str]]:
    """The same for a text that is no XML, which is returned with its unknown fields hidden."""
    tags = list(balises(_Texte(text, place)))
    read, unknown = _read_all(tags, donnees)
    places = {each for rank in unknown for each in tags[rank].accolades()}
    hidden = "".join(char.translate(_CACHE) if rank in places else char for rank, char in enumerate(text))
    return hidden, read, set(unknown.values())


def show(text: str) -> str:
    """The text, the fields that were hidden as they were written."""
    return text.translate(_MONTRE)


def balises(fragment: Fragment | _Texte) -> Iterator[Balise]:
    """The tags of a text, in their order.

    Raises:
        ModeleRefuseError: one of them is not closed.
    """
    text = fragment.texte()
    end = 0
    while opened := _OUVRE.search(text, end):
        start = opened.start()
        close = _FERME[opened.group()]
        found = text.find(close, start + 2)
        if found < 0:
            LieuChamp(text[start : start + _DEBUT], fragment.ou()).refuse(f"il manque {close} pour le fermer")
        end = found + 2
        yield Balise(text[start:end], start, fragment)


def _read_all(tags: list[Balise], donnees: DonneesModele) -> tuple[LectureChamp, dict[int, str]]:
    """What the tags ask for, and the names of the fields that we do not know, by rank of their tag."""
    _check_nesting(tags)
    unknown = {rank: name for rank, tag in enumerate(tags) if (name := _en_mots(tag)) is not None}
    source = "\n".join("" if rank in unknown else tag.jinja() for rank, tag in enumerate(tags))

    def lieux(lineno: int) -> LieuChamp:
        return tags[min(lineno, len(tags)) - 1].lieu()

    lecture = read(parse(source, lieux), donnees, lieux)
    return lecture, unknown | {lineno - 1: name for lineno, name in lecture.inconnus.items()}


def _en_mots(tag: Balise) -> str | None:
    """The name written in plain words that are no jinja, as `{{ nombre de lits }}` or `{{ mon-champ }}`."""
    if not tag.ecrit.startswith("{{"):
        return None
    name = " ".join(tag.ecrit[2:-2].split())
    if re.fullmatch(r"[^\W\d]\w*(\.\w+)*", name):
        return None
    return name if _EN_MOTS.fullmatch(name) or _means_nothing(name) else None


def _means_nothing(name: str) -> bool:
    """Whether jinja can make nothing of this text, and it does not look as if it should have."""
    return bool(name) and not _ECRITURE.search(name) and not is_expression(name)


def _check_nesting(tags: list[Balise]) -> None:
    opened: list[Balise] = []
    for tag in tags:
        word = tag.mot()
        if word is None:
            continue
        if word not in regles().mots:
            tag.lieu().refuse(
                "seules les boucles «\u00a0for\u00a0» et les conditions «\u00a0if\u00a0» sont permises"
            )
        last = opened[-1].mot() if opened else None
        if word in _FIN.values():
            opened.append(tag)
        elif word in _FIN and _FIN[word] == last:
            opened.pop()
        elif last not in _SUITE.get(word, ()):
            tag.lieu().refuse("rien n’est ouvert avant lui qu’il puisse fermer ou continuer")
    if opened:
        closing = "endfor" if opened[-1].mot() == "for" else "endif"
        opened[-1].lieu().refuse(f"il manque plus loin {{% {closing} %}}")


def _get(piece: tuple[Any, str | None]) -> str:
    element, attribute = piece
    found = element.text if attribute is None else element.get(attribute)
    return str(found or "")


def _set(piece: tuple[Any, str | None], text: str) -> None:
    element, attribute = piece
    if attribute is None:
        element.text = text
    else:
        element.set(attribute, text)
