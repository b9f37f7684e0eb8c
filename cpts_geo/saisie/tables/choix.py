"""What a person corrects of how a table is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables.vocabulaire import Role


class ChoixContradictoiresError(SaisieRefuseeError):
    """No table can be read by these roles; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Choix:
    """What the person has corrected: the rank of the row of headings, -1 for none, and roles of columns.

    `lus` is what the other columns were read as before, which stays whatever is corrected beside them.
    """

    entete: int | None = None
    roles: Mapping[int, Role] = field(default_factory=lambda: MappingProxyType({}))
    lus: Mapping[int, Role] = field(default_factory=lambda: MappingProxyType({}))
