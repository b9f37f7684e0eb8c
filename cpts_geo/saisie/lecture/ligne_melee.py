"""Lines that hold more than a commune: an aside in brackets, the cells of a row, words around a name."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from cpts_geo.saisie.lecture.ligne import Candidat, Lecteur, LectureLigne
from cpts_geo.saisie.noms import IndexNoms, mention, simplify
from cpts_geo.saisie.tables.vocabulaire import is_

# "(siège)", "(2022)"; a short number in brackets is that of a département.
_BRACKETS = re.compile(r"\((?:[^()\d]*|[^()]*(?:19|20)\d\d[^()]*)\)|\[[^\[\]\d]*\]")
# "a) Royan", "IV. Royan".
_LETTERING = re.compile(r"^\s*(?:[a-zA-Z]|[ivxIVX]{1,4})\s?[).]\s+")
# "12 rue de la Paix 17200 Royan".
_ADDRESS = re.compile(r"(?P<rue>.*[^\W\d]{2}.*?)[\s,–-]+(?:F-?)?(?P<ville>\d{5}\s+\D{2,}(?:\s\d\d?)?)\s*")
_CELLS = re.compile(r"[\t;|,]|\s[-–—]\s")
_COUNT = re.compile(r"[\d\s\u00a0\u202f.]*\d\s?(?:hab\w*\.?)?", re.IGNORECASE)
# A name of one or two letters, as Y, is found in any sentence.
_LEAST_LETTERS = 3
_MOST_WORDS = 60
_LONGEST_NAME = 10
_LEAST_IN_A_ROW = 3
# What so many names begin with tells nothing.
_COMMON = frozenset({"saint", "sainte", "saints"})
_LEAST_BEGINNING = 5


def read_mixed(lecteur: Lecteur, texte: str, numero: int) -> LectureLigne | None:
    """A commune read in a line that says more, when the rest is an aside or agrees with it; else None.

    What was not read is said in the mention of the commune.
    """
    for loose in (_LETTERING, _BRACKETS):
        aside = " ".join(found[0].strip() for found in loose.finditer(texte))
        lecture = lecteur.read(loose.sub(" ", texte), numero) if aside else LectureLigne()
        if lecture.comprise and not lecture.douteuse:
            return _without_aside(lecture, aside) if loose is _BRACKETS else lecture
    return _read_address(lecteur, texte) or _read_cells(lecteur, texte)


def _read_address(lecteur: Lecteur, texte: str) -> LectureLigne | None:
    """The commune of an address, behind its postal code, which must be its own."""
    found = _ADDRESS.fullmatch(texte)
    lecture = lecteur.read(found["ville"]) if found else LectureLigne()
    if not found or not lecture.noms or lecture.douteuse or lecteur.read(found["rue"]).comprise:
        return None
    return _without_aside(lecture, found["rue"].strip(" ,-–"))


def _without_aside(lecture: LectureLigne, aside: str) -> LectureLigne:
    said = f"lu sans «\u00a0{aside}\u00a0»"
    noms, insee, postal = (
        tuple(replace(each, mention=", ".join(filter(None, (each.mention, said)))) for each in found)
        for found in (lecture.noms, lecture.insee, lecture.postal)
    )
    return replace(lecture, noms=noms, insee=insee, postal=postal)


def _read_cells(lecteur: Lecteur, texte: str) -> LectureLigne | None:
    """The one commune of the cells of a row, where each says the same, its place, or a count."""
    cells = [cell.strip(" \"'") for cell in _CELLS.split(texte) if cell.strip(" \"'")]
    if len(cells) == 1:
        return None
    named: LectureLigne | None = None
    for cell in cells:
        lecture = lecteur.read(cell)
        if lecture.noms and not lecture.douteuse and not named:
            named = lecture
        elif not (named and _agrees(lecteur, named, lecture, cell)):
            return None
        else:
            named = _settled(named, lecture.noms + lecture.insee + lecture.postal, lecteur.lieu(cell))
    return named


def _agrees(lecteur: Lecteur, named: LectureLigne, lecture: LectureLigne, cell: str) -> bool:
    codes = {each.code for each in named.noms}
    said = {each.code for each in (*lecture.noms, *lecture.insee, *lecture.postal)}
    place = lecteur.lieu(cell)
    return bool(codes & said or codes & set(place) or is_("pays", cell) or _COUNT.fullmatch(cell))


def _settled(named: LectureLigne, said: Iterable[Candidat], place: Collection[str]) -> LectureLigne:
    codes = {each.code for each in said} | set(place)
    agreeing = tuple(each for each in named.noms if each.code in codes)
    return replace(named, noms=agreeing, lieu=place or named.lieu) if agreeing else named


def names_in_a_row(index: IndexNoms, texte: str) -> list[str]:
    """The names, three at least, of which a text is made with nothing between them but spaces or hyphens."""
    words = re.split(r"[\s-]+", texte.strip(" .\t-"))
    names: list[str] = []
    while words and len(names) < _MOST_WORDS:
        begun = (" ".join(words[:length]) for length in range(min(len(words), _LONGEST_NAME), 0, -1))
        found = next((name for name in begun if index.named(simplify(name).split())), "")
        if not found:
            return []
        names.append(found)
        words = words[len(found.split()) :]
    return names if len(names) >= _LEAST_IN_A_ROW else []


def names_among(
    index: IndexNoms, texte: str, proches: Collection[str]
) -> tuple[list[Candidat], list[Candidat]]:
    """Communes whose whole name stands among the words of a text: the likely ones, then the others.

    Likely are those of a place that the text names, and those that are near (`proches`). In each, the longest
    names come first; a name that is part of a longer one found is not given.
    """
    words = simplify(texte).split()[:_MOST_WORDS]
    places = frozenset().union(*(index.departements.get(each, frozenset()) for each in _runs(words)))
    found: tuple[dict[str, Candidat], dict[str, Candidat]] = ({}, {})
    begun = [word for word in words if len(word) >= _LEAST_BEGINNING and word not in _COMMON]
    covered: set[int] = set()
    for start, end in _longest_first(len(words)):
        run = words[start:end]
        named = index.named(run) if sum(map(len, run)) >= _LEAST_LETTERS else []
        if not named or covered >= set(range(start, end)):
            continue
        covered |= set(range(start, end))
        for nom in named:
            likely = nom.code in places or nom.code in proches
            found[not likely].setdefault(nom.code, Candidat(nom.code, mention=mention(nom.ancienne)))
    near = (nom for nom in index.noms if nom.code in proches and nom.ancienne is None) if begun else ()
    for nom in near:
        if nom.cle_nue.startswith(tuple(f" {word} " for word in begun)):
            found[0].setdefault(nom.code, Candidat(nom.code))
    return list(found[0].values()), list(found[1].values())


def _runs(words: Sequence[str]) -> Iterator[str]:
    return (" ".join(words[start:end]) for start, end in _longest_first(len(words)))


def _longest_first(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(count, _LONGEST_NAME), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
