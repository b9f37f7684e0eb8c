"""What the map shows of a territory besides its shape: one indicator in colours, some structures as marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cpts_geo.dessin.classes import Legende, Methode, carte_valeurs, divide
from cpts_geo.indicateurs.donnees import Donnees
from cpts_geo.indicateurs.structures import type_structure
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.socle.nombres import decimales

LOCALE = "locale:"
MOST_STRUCTURES = 3


@dataclass(frozen=True, slots=True)
class Focus:
    """What is shown: an indicator, how its classes are made, and types of structures, by their codes.

    "locale:" and its label stand for a local figure; there may be no indicator.
    """

    indicateur: str = ""
    methode: Methode = "quantiles"
    structures: tuple[str, ...] = ()


def message(
    focus: Focus,
    locales: Sequence[DonneeLocale],
    codes: Sequence[str],
    donnees: Donnees,
) -> dict[str, Any]:
    """What the map is told: `focus`, None without indicator, and `structures`, with how many `codes` have.

    The structures are read only when some are shown.
    """
    kinds = [type_structure(code) for code in focus.structures]
    counts = donnees.structures.comptes(codes) if kinds and codes else {}
    return {
        "focus": _indicateur(focus, locales),
        "structures": [
            {"code": kind.code, "nom": kind.nom, "couleur": kind.couleur, "nombre": counts.get(kind.code)}
            for kind in kinds
        ],
    }


def cartographiables(locales: Sequence[DonneeLocale]) -> dict[str, DonneeLocale]:
    """The local figures that communes have, by what `Focus.indicateur` calls them."""
    return {f"{LOCALE}{locale.libelle}": locale for locale in locales if locale.communes}


def _indicateur(focus: Focus, locales: Sequence[DonneeLocale]) -> dict[str, Any] | None:
    if not focus.indicateur.startswith(LOCALE):
        wanted = {"indicateur": focus.indicateur, "methode": focus.methode}
        return wanted if focus.indicateur else None
    locale = cartographiables(locales).get(focus.indicateur)
    return None if locale is None else {"locale": carte_locale(locale, focus.methode)}


def carte_locale(locale: DonneeLocale, methode: Methode) -> dict[str, Any]:
    """A local figure as `choroplethe.carte_valeurs` gives it to the map; France has no such figure."""
    lows = {code: low for code, (low, _) in locale.communes.items()}
    highs = {code: high for code, (_, high) in locale.communes.items()}
    values = pd.DataFrame({"borne_basse": lows, "borne_haute": highs}).assign(secrete=False, sans_objet=False)
    etiquette = Legende(
        code=f"{LOCALE}{locale.libelle}",
        titre=f"{locale.libelle} (donnée locale)",
        unite=locale.unite,
        decimales=decimales([*lows.values(), *highs.values()]),
        source=f"{locale.source}, {locale.date}",
    )
    made: Methode = "quantiles" if methode == "reference" else methode
    return carte_valeurs(etiquette, divide(etiquette, values, made), values, made)
