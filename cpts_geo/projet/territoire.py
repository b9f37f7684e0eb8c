"""The territory of a CPTS: a name and an ordered set of communes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from cpts_geo.socle.textes import une_ligne

LONGUEUR_NOM = 120


@dataclass(frozen=True, slots=True)
class Territoire:
    """A named set of communes, by INSEE code, in the order in which they were chosen.

    It never changes: every operation gives a new one. The name is trimmed, cleared of control
    characters and cut to 120 characters. Codes are not checked here: see `Referentiel.validate`.
    """

    nom: str = ""
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "nom", une_ligne(self.nom, LONGUEUR_NOM))
        object.__setattr__(self, "codes", tuple(dict.fromkeys(self.codes)))

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def add(self, *codes: str) -> Self:
        """With these communes too, after the others; those already there stay where they are."""
        return replace(self, codes=(*self.codes, *codes))

    def remove(self, *codes: str) -> Self:
        """Without these communes, whether they were there or not."""
        removed = set(codes)
        return replace(self, codes=tuple(code for code in self.codes if code not in removed))

    def toggle(self, code: str) -> Self:
        """Without this commune if it was there, with it otherwise."""
        return self.remove(code) if code in self else self.add(code)

    def rename(self, nom: str) -> Self:
        """Under another name."""
        return replace(self, nom=nom)
