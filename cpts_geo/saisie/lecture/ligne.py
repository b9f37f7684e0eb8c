"""What one line of a list may mean: a commune by its name or code, with what settles between homonyms."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from cpts_geo.saisie.lecture.autres_nombres import est_annee, sans_autres_nombres
from cpts_geo.saisie.lecture.variantes import variantes
from cpts_geo.saisie.noms import IndexNoms, Nom, mention, simplify
from cpts_geo.socle.textes import sans_accents


class Sens(StrEnum):
    """What the heading of a column says its codes are: the same digits may be a code of either kind."""

    INSEE = "insee"
    POSTAL = "postal"


_NUMBERING = re.compile(r"^\s*(?:n°\s*)?\d{1,4}\s*[.)°](?!\d)\s*")
_BULLET = re.compile(r"^(?:o\s|[\s\ufeff\-–—•·*>▪◦»«\"'’“”])+|[\s,;.|«»\"'’“”]+$")
_ARTICLE_BEHIND = re.compile(r"^(.+?)\s*(?:\(|,\s)\s*(l['’]|la|le|les)\s*(?:\)|$)", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\s*(\d{1,3}|2[ab])\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|2[ab]\d{0,3}")
_BARE_CODE = re.compile(r"\d{5}")
_ANY_DIGIT = re.compile(r"\d")
_FULL_CODE = re.compile(r"\d{4,5}|2[ab]\d{3}")
_LONGEST_DEPARTEMENT = 3
_PARTED = ("département", "commune")
# Tables often have a title and a header above their first number.
_MOST_LINES_ABOVE = 2

_DIGITS = r"(\d{4,5}|2[ab]\d{3})(?!\d)"
_CODE = rf"[\s:=n°.\-]*{_DIGITS}"
_LABELS = {
    Sens.INSEE: re.compile(
        r"\b(?:code|n°|numero)?\s*(?:officiel\s*)?(?:de\s+(?:la\s+)?)?(?:communes?\s*\(?insee\)?|insee|cog|codgeo"
        rf"|depcom|communes?|com)\b\)?{_CODE}|\b{_DIGITS}\s*\(?\s*(?:code\s*)?insee\b\)?"
    ),
    Sens.POSTAL: re.compile(rf"\b(?:code\s*)?(?:postal|postale|cp|c\.p\.)(?!\w){_CODE}"),
}
# What says that a code is one, and not of which kind.
_BARE_LABEL = re.compile(r"^\s*codes?\s*[:=n°.\-]*\s*(?=(?:\d{5}|2[ab]\d{3})\b)", re.IGNORECASE)
# "Saint-Sébastien / Loire".
_SLASH = re.compile(r"(?<=[^\W\d])\s*/\s*(?=[^\W\d])")
_DEPARTEMENT_WORDS = {"dept", "dpt", "dep", "departement", "f", "fr"}
# "n° 17306".
_NUMBER_WORDS = {"n", "no", "numero", "insee"}
# "COM17306".
_GLUED = re.compile(r"(?:fr|f|c|com|insee|cp|dep|n)(?=(?:\d{5}|2[ab]\d{3})$)")

_HEADS = {"commune", "communes", "ville", "mairie", "cne"}
_LINKS = {"de", "d", "du", "des"}
_FILLERS = {"hab", "habitant", "habitants", "cedex", "pop", "population"}

_PRESENT, _PRESENT_BARE, _FORMER, _FORMER_BARE = range(4)


@dataclass(frozen=True, slots=True)
class Candidat:
    """A present commune that a line may stand for; `rang` says how well, the lower the better.

    `mention` says, in French, what former name led to it, or what settled between homonyms.
    """

    code: str
    rang: int = _PRESENT
    mention: str = ""

    @property
    def ancien(self) -> bool:
        """Whether a name or a code no longer in use led to it."""
        return self.rang >= _FORMER


@dataclass(frozen=True, slots=True)
class LectureLigne:
    """What a line may mean.

    `noms` are the communes found by a name; `insee` and `postal` those of a bare number, read as either code.
    A line whose words contradict each other, or are not all understood, is `douteuse`. `nom` is the name that
    was read, simplified, and `lieu` the communes of the département or of the code given beside it. `autre`
    says, in French, what the line is when it has but numbers that are no code: a date, a phone number.
    """

    noms: tuple[Candidat, ...] = ()
    insee: tuple[Candidat, ...] = ()
    postal: tuple[Candidat, ...] = ()
    douteuse: bool = False
    nom: str = ""
    lieu: Collection[str] = frozenset()
    autre: str = ""

    @property
    def comprise(self) -> bool:
        """Whether the line means something, be it ambiguous."""
        return bool(self.noms or self.insee or self.postal)

    @property
    def est_code(self) -> bool:
        """Whether the line is a bare code."""
        return not self.noms and bool(self.insee or self.postal)


class Lecteur:
    """Reads lines with an index of names."""

    def __init__(self, index: IndexNoms) -> None:
        self.index = index

    def read(self, texte: str, numero: int = 0) -> LectureLigne:
        """Read a line; `numero` is its place in its list, by which a numbering is recognised.

        Tolerated around a name: numbering, bullets, quotes, its département in brackets or behind a dash, its
        INSEE or postal code, named or not, its population, a date, a phone number. A code that has lost its
        leading zero is read with it.
        """
        if _BARE_CODE.fullmatch(texte):
            return self._read_codes([texte])
        words = simplify(_clean(texte)).split()
        slashed = [simplify(_SLASH.sub(" sur ", texte)).split()] if "/" in texte else []
        for written in (words, *slashed):
            if named := self.index.named(written):
                return LectureLigne(noms=_ranked(named, written), nom=" ".join(written))
        texte = _BARE_LABEL.sub("", texte)
        said, rest = _labelled(texte) if _ANY_DIGIT.search(texte) else ({}, texte)
        rest, others = sans_autres_nombres(rest)
        if said or others:
            return self._read_beside(said, rest, numero) if said else self._read_without(rest, others, numero)
        return self._read_words(texte, simplify(_clean(texte)).split(), numero)

    def _read_without(self, texte: str, others: Sequence[str], numero: int) -> LectureLigne:
        """What is left of a line once numbers that are no code are taken out of it."""
        words = simplify(_clean(texte)).split()
        if not words:
            return LectureLigne(autre=others[0])
        return self._read_words(texte, words, numero)

    def _read_beside(self, said: Mapping[Sens, str], texte: str, numero: int) -> LectureLigne:
        """A line that says what its codes are: "Royan (code postal : 17200 / code insee : 17306)"."""
        insee = self._insee(said[Sens.INSEE]) if Sens.INSEE in said else ()
        postal = self._postal(said[Sens.POSTAL]) if Sens.POSTAL in said else ()
        coded = LectureLigne(insee=insee, postal=() if insee else postal)
        if insee and postal and not _within(insee, {each.code for each in postal}):
            coded = LectureLigne(insee=insee, postal=postal, douteuse=True)
        if not any(char.isalpha() for char in texte):
            return coded
        named = self._read_words(texte, simplify(_clean(texte)).split(), numero)
        codes = {each.code for each in (*coded.insee, *coded.postal)}
        if not named.noms or not codes:
            return coded if codes else named
        agreeing = _within(named.noms, codes)
        if agreeing:
            return replace(named, noms=agreeing, lieu=codes, douteuse=coded.douteuse)
        return replace(named, noms=(*named.noms, *coded.insee, *coded.postal), douteuse=True)

    def _read_words(self, texte: str, words: list[str], numero: int) -> LectureLigne:
        words = _without_words_of_numbers(words)
        if named := self.index.named(words):
            return LectureLigne(noms=_ranked(named, words), nom=" ".join(words))
        if "cedex" in words:
            words = [_departement_of(word) if _FULL_CODE.fullmatch(word) else word for word in words]
        before, middle, after = _split_numbers(words)
        if after and middle and self.index.named([*middle, after[0]]):
            # "Paris 13": the number is that of the arrondissement.
            middle, after = [*middle, after[0]], after[1:]
        before = [number for number in before if not _is_numbering(number, numero)]
        if not middle:
            return self._read_codes(before)
        lecture = self._read_name(middle)
        years, codes = [code for code in before if est_annee(code)], filter(_FULL_CODE.fullmatch, before)
        lecture = self._settle(lecture, (code for code in codes if code not in years), contradict=True)
        lecture = self._settle(lecture, filter(_is_departement, before), contradict=False)
        lecture = self._settle(lecture, after, contradict=False)
        return self._settle(lecture, _BRACKETED.findall(texte.lower()), contradict=True)

    def etiquetee(self, texte: str) -> bool:
        """Whether a text holds a code and says that it is one: "Code INSEE : 17421"."""
        return bool(_labelled(texte)[0] or _BARE_LABEL.search(texte))

    def lieu(self, texte: str) -> Collection[str]:
        """Communes of a département given alone, by its number or its name; none if it is anything else."""
        place = simplify(texte).strip()
        if not place:
            return frozenset()
        return self.index.departements.get(place.zfill(2), frozenset())

    def _read_codes(self, numbers: Sequence[str]) -> LectureLigne:
        codes = [number for number in numbers if _FULL_CODE.fullmatch(number)]
        if not codes:
            return self._read_parted("".join(numbers)) if len(numbers) == len(_PARTED) else LectureLigne()
        lecture = LectureLigne(insee=self._insee(codes[0]), postal=self._postal(codes[0]))
        for other in codes[1:]:
            there = self._communes_of(other)
            insee, postal = _within(lecture.insee, there), _within(lecture.postal, there)
            if insee or postal:
                lecture = replace(lecture, insee=insee, postal=postal)
            elif there:
                lecture = replace(lecture, postal=lecture.postal + self._any(other), douteuse=True)
        return lecture

    def _read_parted(self, code: str) -> LectureLigne:
        """A code written in two, "17 306", which may be a count: to be asked about."""
        insee = self._insee(code) if _FULL_CODE.fullmatch(code) else ()
        return LectureLigne(insee=insee, douteuse=bool(insee))

    def _read_name(self, words: list[str]) -> LectureLigne:
        read = self._read_written(words)
        if read.noms:
            return read
        others = [other for variant in variantes(words) if (other := self._read_written(variant)).noms]
        if not others:
            glued = self.index.glued(words)
            return replace(read, noms=_ranked(glued, words)) if glued else read
        noms = {candidat.code: candidat for other in others for candidat in other.noms}
        return replace(others[0], noms=tuple(noms.values()), douteuse=len(noms) > len(others[0].noms))

    def _read_written(self, words: list[str]) -> LectureLigne:
        for named in (words, _without_head(words)):
            for end in range(len(named), 0, -1):
                found = self.index.named(named[:end])
                place = " ".join(word for word in named[end:] if word not in _FILLERS)
                if found and (not place or place in self.index.departements):
                    lecture = LectureLigne(noms=_ranked(found, named[:end]), nom=" ".join(named[:end]))
                    return self._settle(lecture, [place] if place else [], contradict=True)
        return self._unknown([word for word in words if word not in _FILLERS])

    def _unknown(self, words: list[str]) -> LectureLigne:
        """A name that nobody has, apart from the département behind it: "saujeon charente maritime"."""
        for end in range(1, len(words)):
            place = " ".join(words[end:])
            if place.isalpha() or " " in place:
                there = self.index.departements.get(place)
                if there:
                    return LectureLigne(nom=" ".join(words[:end]), lieu=there)
        return LectureLigne(nom=" ".join(words))

    def _settle(self, lecture: LectureLigne, hints: Iterable[str], *, contradict: bool) -> LectureLigne:
        """Keep, of the communes read, those that each hint agrees with.

        A hint that agrees with none makes the line doubtful, if it is of those that can `contradict`: a
        short number before a name may be a numbering, and a number behind it a population.
        """
        for hint in hints:
            there = self._communes_of(hint)
            agreeing = _within(lecture.noms, there) or self._inside(lecture.noms, there)
            if agreeing:
                settled = len(_best(lecture.noms)) > 1 or _best(lecture.noms) != _best(agreeing)
                lecture = replace(lecture, noms=_settled_by(agreeing, hint) if settled else agreeing)
            elif there and contradict:
                lecture = replace(lecture, noms=lecture.noms + self._any(hint), douteuse=True)
            if agreeing or _is_departement(hint):
                lecture = replace(lecture, lieu=there)
        return lecture

    def _inside(self, noms: Iterable[Candidat], there: Collection[str]) -> tuple[Candidat, ...]:
        """The arrondissements of the cities read that a hint says: "75013 Paris"."""
        villes = self.index.referentiel.villes
        inside = (code for each in noms if each.code in villes for code in villes[each.code].arrondissements)
        return tuple(Candidat(code) for code in inside if code in there)

    def _communes_of(self, hint: str) -> Collection[str]:
        if _FULL_CODE.fullmatch(hint):
            return {candidat.code for candidat in self._any(hint)}
        return self.index.departements.get(hint.zfill(2), frozenset())

    def _any(self, code: str) -> tuple[Candidat, ...]:
        if not _FULL_CODE.fullmatch(code):
            return ()
        return self._insee(code) + self._postal(code)

    def _insee(self, number: str) -> tuple[Candidat, ...]:
        code = number.upper().zfill(5)
        if code in self.index.lieux.index:
            return (Candidat(code),)
        if ancienne := self.index.anciennes.get(code):
            return (Candidat(ancienne.code, _FORMER, mention(ancienne)),)
        return ()

    def _postal(self, number: str) -> tuple[Candidat, ...]:
        return tuple(Candidat(code) for code in self.index.postaux.get(number.zfill(5), ()))


def _labelled(texte: str) -> tuple[dict[Sens, str], str]:
    """The codes of a line that says what they are, and the rest of the line."""
    plain = sans_accents(texte).replace("_", " ")
    said: dict[Sens, str] = {}
    for sens, finder in _LABELS.items():
        found = finder.search(plain)
        code = next(filter(None, found.groups()), "") if found else ""
        if found and not est_annee(code):
            said[sens] = code
            plain = f"{plain[: found.start()]} {plain[found.end() :]}"
    return said, plain if said else texte


def _without_words_of_numbers(words: list[str]) -> list[str]:
    """The words without those that announce a number: "dept 17", "n° 17306", "COM17306"."""
    return [
        _GLUED.sub("", word)
        for word, after in zip_longest(words, words[1:], fillvalue="")
        if not (word in _DEPARTEMENT_WORDS and _NUMBER.fullmatch(after))
        and not (word in _NUMBER_WORDS and _FULL_CODE.fullmatch(after))
    ]


def _departement_of(code: str) -> str:
    """The département of a code of CEDEX, which is that of no commune."""
    return code.zfill(5)[: 3 if code.startswith("97") else 2]


def _clean(texte: str) -> str:
    stripped = _BULLET.sub("", _NUMBERING.sub("", _BULLET.sub("", texte)))
    return _ARTICLE_BEHIND.sub(r"\2 \1", stripped)


def _split_numbers(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Numbers before the words, the words, the numbers behind."""
    start, end = 0, len(words)
    while start < end and _NUMBER.fullmatch(words[start]):
        start += 1
    # "19 425 habitants"; but a name may end with such a word: Vieux-Habitants.
    unit = end > start + 1 and words[end - 1] in _FILLERS and bool(_NUMBER.fullmatch(words[end - 2]))
    after = end = end - unit
    while end > start and _NUMBER.fullmatch(words[end - 1]):
        end -= 1
    return words[:start], words[start:end], words[end:after]


def _is_numbering(number: str, numero: int) -> bool:
    """Whether a number before a name is its place in the list, give or take the lines above the first."""
    if len(number) > _LONGEST_DEPARTEMENT or not number.isdigit():
        return False
    return 0 <= numero - int(number) <= _MOST_LINES_ABOVE


def _is_departement(hint: str) -> bool:
    return not _FULL_CODE.fullmatch(hint)


def _without_head(words: list[str]) -> list[str]:
    """The words without "commune de"."""
    if words[0] not in _HEADS:
        return words
    return words[2:] if len(words) > 1 and words[1] in _LINKS else words[1:]


def _ranked(noms: Iterable[Nom], words: Sequence[str]) -> tuple[Candidat, ...]:
    """Communes of these names, each once, the best first."""
    key = f" {' '.join(words)} "
    best: dict[str, Candidat] = {}
    for nom in noms:
        bare = nom.cle != key
        rang = (_FORMER_BARE if bare else _FORMER) if nom.ancienne else (_PRESENT_BARE if bare else _PRESENT)
        if nom.code not in best or rang < best[nom.code].rang:
            best[nom.code] = Candidat(nom.code, rang, mention(nom.ancienne))
    return tuple(sorted(best.values(), key=lambda candidat: candidat.rang))


def _within(candidats: Iterable[Candidat], codes: Collection[str]) -> tuple[Candidat, ...]:
    return tuple(candidat for candidat in candidats if candidat.code in codes)


def _best(candidats: Sequence[Candidat]) -> list[str]:
    return [candidat.code for candidat in candidats if candidat.rang == candidats[0].rang]


def _settled_by(candidats: Iterable[Candidat], hint: str) -> tuple[Candidat, ...]:
    said = f"homonymes départagés par «\u00a0{hint.upper() if _NUMBER.fullmatch(hint) else hint}\u00a0»"
    return tuple(
        replace(candidat, mention=", ".join(filter(None, (candidat.mention, said)))) for candidat in candidats
    )
