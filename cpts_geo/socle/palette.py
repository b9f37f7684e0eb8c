"""The one palette: each colour is declared once, by what it means, for the screen and for print."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import StringConstraints, model_validator

from cpts_geo.socle.declarations import Declare, declaration

Teinte = Annotated[str, StringConstraints(pattern="^#[0-9a-f]{6}$")]


class Tranche(Declare):
    """A step of a scale, and what is written on it."""

    fond: Teinte
    encre: Teinte


class Palette(Declare):
    """Colours by what they mean, as "#rrggbb"; `zonage` by level, `ages` from young to old."""

    encre: Teinte
    discret: Teinte
    accent: Teinte
    gris: Teinte
    inactif: Teinte
    retrait: Teinte

    papier: Teinte
    page: Teinte
    secondaire: Teinte
    bande: Teinte
    survol: Teinte
    choisi: Teinte
    pastille: Teinte
    pastille_encre: Teinte

    trait: Teinte
    filet: Teinte
    grille: Teinte
    bord: Teinte

    a_completer: Teinte
    a_completer_bord: Teinte
    a_completer_encre: Teinte
    alerte: Teinte
    alerte_fond: Teinte
    reserve: Teinte
    signale: Teinte
    favorable: Teinte
    defavorable: Teinte
    mieux: Teinte
    mieux_fond: Teinte
    moins_bien: Teinte
    moins_bien_fond: Teinte

    mer: Teinte
    commune: Teinte
    voisine: Teinte
    autre_scenario: Teinte
    limite_commune: Teinte
    limite_departement: Teinte
    departement_ferme: Teinte
    nom_commune: Teinte
    secret: Teinte
    absent: Teinte

    commune_choisie: Teinte
    commune_choisie_bord: Teinte
    commune_choisie_encre: Teinte
    commune_choisie_active: Teinte

    territoire: Teinte
    departement: Teinte
    region: Teinte
    france: Teinte
    autres_departements: Teinte

    colonne_territoire: Teinte
    colonne_territoire_tete: Teinte

    hommes: Teinte
    femmes: Teinte
    naissances: Teinte
    deces: Teinte
    generalistes_60_ans: Teinte
    generalistes_moins_60_ans: Teinte
    duree: Teinte

    taille_1: Teinte
    taille_2: Teinte
    taille_3: Teinte
    taille_4: Teinte
    taille_echelle: Teinte
    taille_courante: Teinte

    zonage: Mapping[str, Teinte]
    ages: tuple[Tranche, ...]

    @model_validator(mode="before")
    @classmethod
    def _resolved(cls, declared: dict[str, Any]) -> dict[str, Any]:
        """With its colour in the place of each name of another."""
        twice = [colour for colour, count in Counter(_written(declared)).items() if count > 1]
        if twice:
            raise ValueError(f"{twice[0]} est écrite deux fois\u00a0: la seconde nomme la première.")
        return {name: _resolve(each, declared) for name, each in declared.items()}

    @property
    def nommees(self) -> dict[str, str]:
        """The colours that have a name of their own, by this name."""
        return {name: each for name, each in self if isinstance(each, str)}


def palette() -> Palette:
    """The declared palette."""
    return declaration("palette", Palette)


def translucide(teinte: Teinte, opacite: float) -> str:
    """A colour through which what is under it shows; `opacite` is from 0 to 1."""
    red, green, blue = (int(teinte[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacite})"


def bureautique(teinte: Teinte) -> str:
    """A colour as Word and Excel write it."""
    return teinte.removeprefix("#").upper()


def _written(declared: object) -> Iterator[str]:
    """The colours that are written rather than named."""
    if isinstance(declared, str) and declared.startswith("#"):
        yield declared
    elif isinstance(declared, dict):
        for each in declared.values():
            yield from _written(each)
    elif isinstance(declared, list):
        for each in declared:
            yield from _written(each)


def _resolve(value: object, declared: dict[str, Any]) -> object:
    if isinstance(value, dict):
        return {name: _resolve(each, declared) for name, each in value.items()}
    if isinstance(value, list):
        return tuple(_resolve(each, declared) for each in value)
    return declared.get(value, value) if isinstance(value, str) else value
