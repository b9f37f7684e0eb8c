"""The project as a file: written so that a person can read it, read so that nothing in it is trusted.

The format is described in docs/format-projet.md. What version 1 wrote must open in all later versions.
"""

import json
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from cpts_geo.communes.fiches import Fiche
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.citations import load_sources_citees
from cpts_geo.projet.donnees_locales import DonneeLocale, limites
from cpts_geo.projet.fichier_communes import PassageFichier
from cpts_geo.projet.fichier_json import FichierProjetError, declaration, read_json
from cpts_geo.projet.fichier_schema import LocaleLue, ProjetLu, ScenarioLu, check, refusal
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle import textes
from cpts_geo.socle.textes import shorten, une_ligne

__all__ = ["FichierProjetError", "Ouverture", "cog", "decode", "encode", "nom_fichier"]

_COG = re.compile(r"COG (\d{4})")
_MARGE = "  "
_LONGUEUR_CITEE = 40
# More than a line of a commune without its name takes; texts have what is left.
_OCTETS_PAR_LIGNE = 80


@dataclass(frozen=True, slots=True)
class Ouverture:
    """What a file holds: the project, what to tell the person (in French), and the day it was saved."""

    projet: Projet
    messages: tuple[str, ...]
    jour: date | None


@cache
def cog() -> int:
    """The year of the communes of the application, as declared with their source."""
    millesime = load_sources_citees()["communes"].millesime
    found = _COG.search(millesime)
    if found is None:
        raise ValueError(f"Le millésime des communes ne dit pas leur année : {millesime}")
    return int(found[1])


def nom_fichier(projet: Projet, jour: date) -> str:
    """Name of the file, as "projet-cpts-du-lauragais-2026-01-31.json"."""
    return textes.nom_fichier("projet", projet.nom, jour, "json")


# ---- Writing --------------------------------------------------------------------------------------------


def encode(projet: Projet, jour: date, fiches: Mapping[str, Fiche]) -> bytes:
    """The file of a project: JSON in UTF-8, one commune a line, with its name for who reads it.

    A file that names would make too large has only the codes, which are all that counts.

    Raises:
        FichierProjetError: the project is too large for its file to be opened again.
    """
    for names in (fiches, {}):
        content = _written(projet, jour, names)
        if len(content) <= declaration().octets_au_plus:
            return content
    raise FichierProjetError(
        "Ce projet est trop gros pour un fichier\u00a0: il reste ouvert ici. Pour le sauvegarder, "
        "supprimez des données locales ou des scénarios."
    )


def refus(projet: Projet, jour: date) -> str:
    """Why the project cannot be saved as a file, in French; empty when it can. Quick for most."""
    communes = sum(len(scenario.territoire) for scenario in projet.scenarios)
    figures = sum(len(locale.par_commune) + len(locale.bornes) for locale in projet.locales)
    if (communes + figures) * _OCTETS_PAR_LIGNE < declaration().octets_au_plus:
        return ""
    try:
        encode(projet, jour, {})
    except FichierProjetError as error:
        return str(error)
    return ""


def _written(projet: Projet, jour: date, fiches: Mapping[str, Fiche]) -> bytes:
    ranks = {scenario.cle: rank for rank, scenario in enumerate(projet.scenarios, start=1)}
    written = {
        "format": declaration().format,
        "version": declaration().version,
        "enregistre_le": jour.isoformat(),
        "cog": cog(),
        "nom": projet.nom,
        "actif": ranks[projet.actif],
        "scenarios": [_scenario(scenario, fiches) for scenario in projet.scenarios],
        "donnees_locales": [write_locale(locale, ranks, fiches) for locale in projet.locales],
    }
    return (_json(written) + "\n").encode()


def _scenario(scenario: Scenario, fiches: Mapping[str, Fiche]) -> dict[str, Any]:
    territoire = scenario.territoire
    return {
        "nom": territoire.nom,
        "couleur": scenario.couleur,
        **({"synthese": scenario.synthese} if scenario.synthese else {}),
        "communes": [_commune(code, fiches) for code in territoire],
    }


def _commune(code: str, fiches: Mapping[str, Fiche]) -> dict[str, Any]:
    return {"code": code, **({"nom": fiches[code].nom} if code in fiches else {})}


def write_locale(
    locale: DonneeLocale, ranks: Mapping[int, int], fiches: Mapping[str, Fiche]
) -> dict[str, Any]:
    """A local indicator as the file has it; `ranks` are those of the scenarios, by key."""
    return {
        "libelle": locale.libelle,
        "unite": locale.unite,
        "nature": locale.nature,
        "source": locale.source,
        "date": locale.date,
        "par_commune": [{**_commune(code, fiches), "valeur": valeur} for code, valeur in locale.par_commune],
        "par_scenario": [{"scenario": ranks[cle], "valeur": valeur} for cle, valeur in locale.par_scenario],
        **({"bornes": [_bounds(*bounds, fiches) for bounds in locale.bornes]} if locale.bornes else {}),
    }


def _bounds(code: str, low: float, high: float, fiches: Mapping[str, Fiche]) -> dict[str, Any]:
    return {**_commune(code, fiches), "basse": low, "haute": high}


def _json(value: Any, marge: str = "") -> str:  # noqa: ANN401 - any JSON value
    """JSON on several lines, but for what holds neither object nor list: that stays on one."""
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not any(isinstance(child, dict | list) for child in children):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    inside = f",\n{marge}{_MARGE}".join(_items(value, marge + _MARGE))
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n{marge}{_MARGE}{inside}\n{marge}{last}"


def _items(value: dict[str, Any] | list[Any], marge: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield f"{json.dumps(name)}: {_json(child, marge)}"
    else:
        yield from (_json(child, marge) for child in value)


# ---- Reading --------------------------------------------------------------------------------------------


def decode(content: bytes, officiel: Referentiel) -> Ouverture:
    """The project of a file, led to the present communes of `officiel`, its scenarios numbered from 1.

    Raises:
        FichierProjetError: not a project, damaged, of a later version, or out of limits; says what and where.
    """
    read = check(read_json(content))
    _check_counts(read)
    passage = PassageFichier(officiel)
    colours: list[str] = []
    scenarios = tuple(
        _read_scenario(cle, each, passage, colours) for cle, each in enumerate(read.scenarios, start=1)
    )
    locales = _distinct([read_locale(rank, each, passage) for rank, each in enumerate(read.donnees_locales)])
    messages = (*_vintage(read.cog), *colours, *passage.messages())
    return Ouverture(Projet(scenarios, read.actif, locales), messages, _day(read.enregistre_le))


def _check_counts(read: ProjetLu) -> None:
    scenarios, most_scenarios = len(read.scenarios), regles().scenarios_au_plus
    locales, most_locales = len(read.donnees_locales), limites().indicateurs_au_plus
    if scenarios > most_scenarios:
        raise refusal(("scenarios",), f"compte {scenarios} éléments, et {most_scenarios} au plus")
    if locales > most_locales:
        raise refusal(("donnees_locales",), f"compte {locales} éléments, et {most_locales} au plus")
    if not 1 <= read.actif <= scenarios:
        raise refusal(("actif",), "n’est pas le rang d’un scénario")
    for rank, locale in enumerate(read.donnees_locales):
        _check_figures(("donnees_locales", rank), locale, scenarios)


def _check_figures(place: tuple[str, int], locale: LocaleLue, scenarios: int) -> None:
    """Refuse figures of scenarios that are not there, and a second figure for a commune or a scenario."""
    communes = [chiffre.code for chiffre in locale.par_commune]
    masked = [chiffre.code for chiffre in locale.bornes]
    ranks = [chiffre.scenario for chiffre in locale.par_scenario]
    for rank in ranks:
        if not 1 <= rank <= scenarios:
            where = (*place, "par_scenario", ranks.index(rank), "scenario")
            raise refusal(where, "n’est pas le rang d’un scénario")
    for bounds in locale.bornes:
        if bounds.code in communes or bounds.basse > bounds.haute:
            raise refusal((*place, "bornes", locale.bornes.index(bounds)), "contredit un autre chiffre")
    for field, keys in (("par_commune", communes), ("par_scenario", ranks), ("bornes", masked)):
        if twice := _first_repeated(keys):
            raise refusal((*place, field, twice), "a déjà un chiffre plus haut")


def _first_repeated(keys: Sequence[Hashable]) -> int | None:
    """Rank of the first key that was there before."""
    seen: set[Hashable] = set()
    for rank, key in enumerate(keys):
        if key in seen:
            return rank
        seen.add(key)
    return None


def _read_scenario(cle: int, read: ScenarioLu, passage: PassageFichier, colours: list[str]) -> Scenario:
    territoire = Territoire(read.nom, passage.codes(read.communes))
    if not territoire.nom:
        territoire = territoire.rename(regles().nom_scenario.format(rang=cle))
    first, *_ = declared = regles().couleurs
    if read.couleur is not None and read.couleur not in declared:
        written = shorten(une_ligne(read.couleur, len(read.couleur)), _LONGUEUR_CITEE)
        colours.append(
            f"La couleur «\u00a0{written}\u00a0» de «\u00a0{territoire.nom}\u00a0» n’existe pas\u00a0: "
            f"elle est remplacée par «\u00a0{declared[first].nom}\u00a0»."
        )
    couleur = read.couleur if read.couleur in declared else first
    return Scenario(cle, territoire, couleur, read.synthese)


def _distinct(locales: Sequence[DonneeLocale]) -> tuple[DonneeLocale, ...]:
    """The local indicators, with a number behind the names that others have: a name tells one."""
    kept: dict[str, DonneeLocale] = {}
    for each in locales:
        nom, rank = each.libelle, 1
        while nom in kept:
            rank += 1
            end = f" ({rank})"
            nom = each.libelle[: limites().longueurs.libelle - len(end)] + end
        kept[nom] = replace(each, libelle=nom)
    return tuple(kept.values())


def read_locale(rank: int, read: LocaleLue, passage: PassageFichier) -> DonneeLocale:
    """A local indicator of a file, led to the present communes.

    Raises:
        FichierProjetError: figures that add up are too large; says the rank, from 0, of the indicator.
    """
    try:
        figures = passage.figures(read)
        return DonneeLocale(
            libelle=read.libelle,
            unite=read.unite,
            nature=read.nature,
            source=read.source,
            date=read.date,
            par_commune=tuple((code, low) for code, (low, high) in figures.items() if low == high),
            bornes=tuple((code, low, high) for code, (low, high) in figures.items() if low != high),
            par_scenario=tuple((chiffre.scenario, chiffre.valeur) for chiffre in read.par_scenario),
        )
    except ValueError as error:
        raise refusal(("donnees_locales", rank), "additionne des chiffres trop grands") from error


def _vintage(written: int | None) -> Iterator[str]:
    if written is not None and written != cog():
        yield (
            f"Ce projet a été enregistré avec les communes de {written}\u00a0; "
            f"celles de l’application sont de {cog()}."
        )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise refusal(("enregistre_le",), "n’est pas une date (AAAA-MM-JJ)") from error
