"""How many examples a rule is tried on, when a hundred are too few or too many."""

from hypothesis import settings

USUAL = 100


def exemples(complet: int) -> int:
    """So many in the long run, and as many fewer in the others as elsewhere."""
    return max(1, complet * settings().max_examples // USUAL)
