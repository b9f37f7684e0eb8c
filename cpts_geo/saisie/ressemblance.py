"""Communes whose name looks like a misspelt one."""

from collections.abc import Collection, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from cpts_geo.saisie.noms import IndexNoms, without_article

_LEAST_LIKENESS = 60
# How many points of likeness, out of a hundred, being near the rest of the list is worth.
_NEARNESS = 12


def suggest(
    index: IndexNoms, noms: Sequence[str], proches: Sequence[Collection[str]], limit: int = 5
) -> list[list[str]]:
    """For each simplified name, the codes of at most `limit` communes with a like name, the best first.

    Args:
        index: the names of communes.
        noms: the names that were not found.
        proches: for each, communes that are more likely, as those of a département.
        limit: how many are given.
    """
    likeness = process.cdist(
        [without_article(f" {nom} ").strip() for nom in noms],
        [nom.cle_nue.strip() for nom in index.noms],
        scorer=fuzz.ratio,
        score_cutoff=_LEAST_LIKENESS,
        dtype=np.uint8,
    )
    codes = np.array([nom.code for nom in index.noms])
    return [_first(codes, row, near, limit) for row, near in zip(likeness, proches, strict=True)]


def _first(codes: np.ndarray, likeness: np.ndarray, near: Collection[str], limit: int) -> list[str]:
    like = np.flatnonzero(likeness)
    points = likeness[like].astype(int) + _NEARNESS * np.isin(codes[like], list(near))
    ordered = codes[like[np.argsort(-points, kind="stable")]]
    return [str(code) for code in dict.fromkeys(ordered.tolist())][:limit]
