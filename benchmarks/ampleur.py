"""How much is measured: all that the README tells, or just enough to know that it can be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ampleur:
    """How many of each; `tailles` in communes."""

    demarrages: int
    clics: int
    tailles: tuple[int, ...]
    clics_processeur: int
    seances: int
    tours: int
    integre: bool


COMPLETE = Ampleur(5, 16, (5, 50, 150), 20, 10, 6, integre=True)
COURTE = Ampleur(1, 2, (5,), 2, 2, 1, integre=False)
