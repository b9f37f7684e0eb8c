"""Undo and redo, without limit: the states held before, those undone, each with what its change is called."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

Etat = TypeVar("Etat")


@dataclass(frozen=True, slots=True)
class Historique(Generic[Etat]):
    """A present state and the changes around it, the nearest last: (what the change is called, other side).

    It never changes: every operation gives a new one.
    """

    present: Etat
    passe: tuple[tuple[str, Etat], ...] = ()
    futur: tuple[tuple[str, Etat], ...] = ()

    @property
    def to_undo(self) -> str | None:
        """What the last change is called; None when there is nothing to undo."""
        return self.passe[-1][0] if self.passe else None

    @property
    def to_redo(self) -> str | None:
        """What the change last undone is called; None when there is nothing to redo."""
        return self.futur[-1][0] if self.futur else None

    def hold(self, etat: Etat, libelle: str) -> Self:
        """After this change, which can be undone; a change that changes nothing leaves no trace."""
        if etat == self.present:
            return self
        return replace(self, present=etat, passe=(*self.passe, (libelle, self.present)), futur=())

    def adjust(self, etat: Etat) -> Self:
        """With a present that differs in what is not worth an undo."""
        return replace(self, present=etat)

    def map(self, change: Callable[[Etat], Etat]) -> Self:
        """With every state changed alike."""
        passe, futur = (
            tuple((libelle, change(etat)) for libelle, etat in side) for side in (self.passe, self.futur)
        )
        return replace(self, present=change(self.present), passe=passe, futur=futur)

    def undo(self) -> Self:
        """Before the last change; the same when there is none."""
        if not self.passe:
            return self
        libelle, etat = self.passe[-1]
        return replace(
            self, present=etat, passe=self.passe[:-1], futur=(*self.futur, (libelle, self.present))
        )

    def redo(self) -> Self:
        """After the change last undone; the same when there is none."""
        if not self.futur:
            return self
        libelle, etat = self.futur[-1]
        return replace(
            self, present=etat, passe=(*self.passe, (libelle, self.present)), futur=self.futur[:-1]
        )
