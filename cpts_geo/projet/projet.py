"""A project: the perimeters that a team hesitates between, one of which is being drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Self

from pydantic import ConfigDict, Field

from cpts_geo.projet.donnees_locales import DonneeLocale, limites
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.declarations import CONFORME, Declare, declaration
from cpts_geo.socle.textes import plusieurs_lignes


@dataclass(frozen=True, slots=True)
class Couleur:
    """How the communes of a scenario are drawn: `fond` fills them, `trait` outlines them (CSS colours)."""

    __pydantic_config__: ClassVar[ConfigDict] = CONFORME

    code: str
    nom: str
    fond: str
    trait: str


class ReglesProjet(Declare):
    """What is declared of projects: names given by default, limits, and colours."""

    nom_territoire: str
    nom_copie: str
    nom_scenario: str
    scenarios_au_plus: int
    longueur_synthese: int
    annulations_gardees: int
    poids_annulations: int
    projets_repris: int
    couleurs_declarees: tuple[Couleur, ...] = Field(alias="couleurs", min_length=1)

    @cached_property
    def couleurs(self) -> dict[str, Couleur]:
        """The colours by code, in their order."""
        return {each.code: each for each in self.couleurs_declarees}


class TropDeScenariosError(ValueError):
    """A project has as many scenarios as it can; the message, in French, says so."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A perimeter and the code of its colour; `cle` tells it from the others for as long as it lives.

    `synthese` is what people wrote in place of the synthesis that the figures give; empty when they did not.
    """

    cle: int
    territoire: Territoire
    couleur: str
    synthese: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "synthese", plusieurs_lignes(self.synthese, regles().longueur_synthese))


@dataclass(frozen=True, slots=True)
class Projet:
    """Scenarios, at least one, in the order of the tabs; `actif` is the key of the one being drawn.

    It never changes: every operation gives a new one. Operations on a key that is not there raise KeyError.
    Local figures of scenarios that are not there are dropped: a scenario created later may bear their key.
    `identite` tells the project from every other, whatever its name: two states of the same work are equal
    whatever theirs. It is empty until an application that keeps the project gives one.
    """

    scenarios: tuple[Scenario, ...]
    actif: int
    locales: tuple[DonneeLocale, ...] = ()
    identite: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        keys = [scenario.cle for scenario in self.scenarios]
        if self.actif not in keys or len(set(keys)) != len(keys):
            raise ValueError("Un projet a des scénarios distincts, dont l’un est actif.")
        if len(keys) > regles().scenarios_au_plus or len(self.locales) > limites().indicateurs_au_plus:
            raise ValueError("Un projet a un nombre limité de scénarios et de données locales.")
        object.__setattr__(self, "locales", tuple(_of_scenarios(locale, keys) for locale in self.locales))

    def __getitem__(self, cle: int) -> Scenario:
        return next((scenario for scenario in self.scenarios if scenario.cle == cle), None) or _absent(cle)

    @classmethod
    def nouveau(cls, territoire: Territoire | None = None) -> Self:
        """A project of one scenario, empty unless a territory is given."""
        first = Territoire(regles().nom_territoire) if territoire is None else territoire
        return cls((Scenario(1, first, next(iter(regles().couleurs))),), actif=1)

    @property
    def territoire(self) -> Territoire:
        """The territory being drawn."""
        return self[self.actif].territoire

    @property
    def couleur(self) -> Couleur:
        """The colour of the scenario being drawn."""
        return regles().couleurs[self[self.actif].couleur]

    @property
    def nom(self) -> str:
        """The name of the project: that of its first scenario."""
        return self.scenarios[0].territoire.nom

    @property
    def vide(self) -> bool:
        """Whether there is nothing to lose: one unnamed scenario without communes, no local figure."""
        return self == type(self).nouveau()

    @property
    def complet(self) -> bool:
        """Whether no scenario can be added."""
        return len(self.scenarios) >= regles().scenarios_au_plus

    def draw_territoire(self, territoire: Territoire) -> Self:
        """With this territory in the active scenario."""
        return self._changed(self.actif, lambda scenario: replace(scenario, territoire=territoire))

    def activate(self, cle: int) -> Self:
        """With another scenario being drawn."""
        return replace(self, actif=self[cle].cle)

    def create(self) -> Self:
        """With one more scenario, empty and active.

        Raises:
            TropDeScenariosError: there are as many as a project can have.
        """
        return self._with(Territoire(self._free_name()))

    def with_territoires(self, territoires: Sequence[Territoire]) -> Self:
        """With one more scenario by territory, the first of them active; empty scenarios give their place.

        Raises:
            TropDeScenariosError: there would be more than a project can have.
            ValueError: there is no territory.
        """
        if not territoires:
            raise ValueError("Il faut au moins un territoire.")
        drawn = tuple(scenario for scenario in self.scenarios if scenario.territoire.codes)
        total, most = len(drawn) + len(territoires), regles().scenarios_au_plus
        if total > most:
            raise TropDeScenariosError(f"Un projet a au plus {most} scénarios\u00a0: il en aurait {total}.")
        first, *others = territoires
        if drawn:
            begun = replace(self, scenarios=drawn, actif=drawn[-1].cle).create().draw_territoire(first)
        else:
            begun = replace(self, scenarios=(self[self.actif],)).draw_territoire(first)
        for territoire in others:
            begun = begun.create().draw_territoire(territoire).activate(begun.actif)
        return begun

    def duplicate(self, cle: int) -> Self:
        """With a copy of this scenario, active.

        Raises:
            TropDeScenariosError: there are as many as a project can have.
        """
        copied = self[cle].territoire
        return self._with(copied.rename(regles().nom_copie.format(nom=copied.nom)))

    def rename(self, cle: int, nom: str) -> Self:
        """With another name for this scenario; a blank name changes nothing."""
        renamed = self[cle].territoire.rename(nom)
        if not renamed.nom:
            return self
        return self._changed(cle, lambda scenario: replace(scenario, territoire=renamed))

    def colour(self, cle: int, couleur: str) -> Self:
        """With another colour, declared, for this scenario."""
        return self._changed(cle, lambda scenario: replace(scenario, couleur=regles().couleurs[couleur].code))

    def write_synthese(self, cle: int, synthese: str) -> Self:
        """With this synthesis for this scenario; an empty one leaves it to the figures."""
        return self._changed(cle, lambda scenario: replace(scenario, synthese=synthese))

    def recover(self, kept: Self) -> Self:
        """With what people wrote in a project whose scenarios are the same; unchanged when they are not.

        Scenarios are the same when their names, communes and colours are, in the same order.
        """
        pairs = list(zip(self.scenarios, kept.scenarios, strict=False))
        same = all((a.territoire, a.couleur) == (b.territoire, b.couleur) for a, b in pairs)
        if not same or len(self.scenarios) != len(kept.scenarios):
            return self
        cles = {theirs.cle: ours.cle for ours, theirs in pairs}
        scenarios = tuple(replace(ours, synthese=theirs.synthese) for ours, theirs in pairs)
        locales = tuple(
            replace(each, par_scenario=tuple((cles[cle], figure) for cle, figure in each.par_scenario))
            for each in kept.locales
        )
        return replace(self, scenarios=scenarios, locales=locales)

    def completed_by(self, kept: Self) -> Self:
        """With what people wrote in another state of the same project, and is not here.

        Perimeters stay as they are. A text written here stays; so does a figure of a commune or a scenario,
        and an indicator whose unit, nature, source or date differ. As many indicators as a project can have.
        """
        written = {scenario.cle: scenario.synthese for scenario in kept.scenarios}
        scenarios = tuple(
            replace(each, synthese=each.synthese or written.get(each.cle, "")) for each in self.scenarios
        )
        named = {locale.libelle: locale for locale in kept.locales}
        here = tuple(
            named[each.libelle].merged_with(each) if each.libelle in named else each for each in self.locales
        )
        ours = {locale.libelle for locale in self.locales}
        locales = (*here, *(each for each in kept.locales if each.libelle not in ours))
        return replace(self, scenarios=scenarios, locales=locales[: limites().indicateurs_au_plus])

    def complements_de(self, other: Self) -> Self:
        """With what a link does not hold, taken from another state of the same project: what people wrote."""
        written = {scenario.cle: scenario.synthese for scenario in other.scenarios}
        scenarios = tuple(replace(each, synthese=written.get(each.cle, "")) for each in self.scenarios)
        return replace(self, scenarios=scenarios, locales=other.locales)

    @property
    def sans_complements(self) -> Self:
        """With nothing but what a link holds."""
        return replace(
            self, locales=(), scenarios=tuple(replace(each, synthese="") for each in self.scenarios)
        )

    def complete(self, *donnees: DonneeLocale) -> Self:
        """With these local figures; those of the same name are completed or replaced (`DonneeLocale.unite`).

        Raises:
            ValueError: there would be too many; in French.
        """
        kept = {locale.libelle: locale for locale in self.locales}
        for donnee in donnees:
            former = kept.get(donnee.libelle)
            kept[donnee.libelle] = donnee if former is None else former.merged_with(donnee)
        return replace(self, locales=tuple(kept.values()))

    def forget(self, libelle: str) -> Self:
        """Without the local figure of this name."""
        return replace(self, locales=tuple(each for each in self.locales if each.libelle != libelle))

    def delete(self, cle: int) -> Self:
        """Without this scenario; its neighbour becomes active, and an empty one replaces the last."""
        gone = self.scenarios.index(self[cle])
        kept = tuple(scenario for scenario in self.scenarios if scenario.cle != cle)
        if not kept:
            return replace(type(self).nouveau(), locales=self.locales, identite=self.identite)
        actif = kept[max(gone - 1, 0)].cle if cle == self.actif else self.actif
        return replace(self, scenarios=kept, actif=actif)

    def _with(self, territoire: Territoire) -> Self:
        if self.complet:
            most = regles().scenarios_au_plus
            raise TropDeScenariosError(
                f"Un projet a au plus {most} scénarios\u00a0: supprimez-en un d’abord."
            )
        added = Scenario(1 + max(s.cle for s in self.scenarios), territoire, self._free_colour())
        return replace(self, scenarios=(*self.scenarios, added), actif=added.cle)

    def _changed(self, cle: int, change: Callable[[Scenario], Scenario]) -> Self:
        changed = change(self[cle])
        return replace(self, scenarios=tuple(changed if s.cle == cle else s for s in self.scenarios))

    def _free_name(self) -> str:
        taken = {scenario.territoire.nom for scenario in self.scenarios}
        ranks = range(len(taken) + 1, 2 * len(taken) + 2)
        names = (regles().nom_scenario.format(rang=rang) for rang in ranks)
        return next(name for name in names if name not in taken)

    def _free_colour(self) -> str:
        """The first colour that the fewest scenarios bear."""
        borne = [scenario.couleur for scenario in self.scenarios]
        return min(regles().couleurs, key=borne.count)


def regles() -> ReglesProjet:
    """The rules declared in the data file, read once."""
    return declaration("projet", ReglesProjet)


def _of_scenarios(locale: DonneeLocale, keys: list[int]) -> DonneeLocale:
    """The local indicator without the figures of scenarios that bear other keys."""
    kept = tuple(pair for pair in locale.par_scenario if pair[0] in keys)
    return locale if kept == locale.par_scenario else replace(locale, par_scenario=kept)


def _absent(cle: int) -> Scenario:
    raise KeyError(cle)
