"""Rows of former communes: whether those at hand make the whole of the present one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpts_geo.communes.referentiel import AncienneCommune
from cpts_geo.saisie.liste import Rapprochement
from cpts_geo.saisie.noms import IndexNoms, mention, simplify

# What is only a part of the present commune; a former name or a former code is the whole of it.
_PARTS = frozenset({"commune déléguée", "commune associée", "arrondissement municipal"})


@dataclass(frozen=True, slots=True)
class Commune:
    """A present commune of which a table names former ones: its name, and its parts."""

    code: str
    nom: str
    parties: tuple[AncienneCommune, ...]

    def is_named(self, line: Rapprochement) -> bool:
        """Whether a row is surely about the whole: it has the present name, which no part has."""
        others = {_key(each.nom_ancien) for each in self.parties}
        own = any(each.code_ancien == self.code for each in self.parties)
        return (
            not line.ancienne and own and _key(self.nom) not in others and _key(self.nom) in _key(line.texte)
        )

    def lacks_parts(self, lines: Sequence[Rapprochement]) -> bool:
        """Whether all the rows are about parts, without the one that kept the code, and one is missing."""
        told = [each.mention for each in lines]
        parts = {mention(each): each for each in self.parties}
        named = {part for part in parts if any(part in words for words in told)}
        if any(not each.ancienne for each in lines) or any(
            parts[part].code_ancien == self.code for part in named
        ):
            return False
        only_parts = all(any(part in words for part in named) for words in told)
        return only_parts and len(named) < len(parts)


def renamed(found: Iterable[Rapprochement], index: IndexNoms) -> Iterator[Rapprochement]:
    """The rows of a table, those by the former name of a whole commune being about the present one."""
    former = {
        (each.code, mention(each)) for each in index.referentiel.anciennes if each.nature == "ancien nom"
    }
    for each in found:
        said = each.mention.partition(", ")[0]
        yield replace(each, ancienne=False) if each.ancienne and (each.code, said) in former else each


def fusionnees(found: Iterable[Rapprochement], index: IndexNoms) -> dict[str, Commune]:
    """The present communes of which rows name former ones, by code."""
    codes = {each.code for each in found if each.code and each.ancienne}
    parts: dict[str, list[AncienneCommune]] = {code: [] for code in codes}
    for each in index.referentiel.anciennes:
        if each.code in codes and each.nature in _PARTS:
            parts[each.code].append(each)
    return {code: Commune(code, index.referentiel[code].nom, tuple(parts[code])) for code in codes}


def _key(nom: str) -> str:
    return f" {' '.join(simplify(nom).split())} "
