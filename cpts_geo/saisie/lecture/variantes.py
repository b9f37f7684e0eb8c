"""Other ways to read the name of a commune: shortened words in full, the article behind put in front."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product

from cpts_geo.socle.declarations import Declare, declaration

_ARTICLES = frozenset({"l", "la", "le", "les"})
# A name has few words that can be shortened; what has many is no name.
_MOST = 24
_LEAST_WORDS = 2
# Declared among the shortened words.
_SIGLES = {("sur", "s"): "ss", ("n", "d"): "nd"}


class Abreviations(Declare):
    """What shortened words stand for; see the data file."""

    mots: Mapping[str, tuple[str, ...]]


def variantes(mots: Sequence[str]) -> Iterator[list[str]]:
    """The simplified words of a name read otherwise, without the way they are written."""
    written = list(mots)
    yield from islice(_others(written), _MOST)


def _others(written: list[str]) -> Iterator[list[str]]:
    seen = {tuple(written)}
    for words in (written, *_article_before(written), *_sigles(written)):
        for spelt in product(*(_spellings(word) for word in words)):
            variant = " ".join(spelt).split()
            if tuple(variant) not in seen:
                seen.add(tuple(variant))
                yield variant


def _article_before(words: list[str]) -> Iterator[list[str]]:
    """The article comes last in lists sorted by name: "herbiers les"."""
    if len(words) >= _LEAST_WORDS and words[-1] in _ARTICLES:
        yield [words[-1], *words[:-1]]


def _sigles(words: list[str]) -> Iterator[list[str]]:
    """Letters that stand for words once simplified: "s/s", which is "sur s" by then, and "n.-d."."""
    for rank in range(len(words) - 1):
        word = _SIGLES.get((words[rank], words[rank + 1]))
        if word is not None:
            yield [*words[:rank], word, *words[rank + 2 :]]


def _spellings(word: str) -> tuple[str, ...]:
    return (word, *_declared().mots.get(word, ()))


@cache
def _declared() -> Abreviations:
    return declaration("abreviations_communes", Abreviations)
