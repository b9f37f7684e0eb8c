"""Small maps of scenarios, drawn as SVG from the contours of the bundle so that they can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from cpts_geo.communes.contours import bounds_of, contours_of, departements_in, together, union
from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.dessin.cadre import SMALLEST_WIDTH_KM, Cadre, scale_bar, simplify, svg_path, width_km
from cpts_geo.projet.projet import Couleur, Scenario, regles
from cpts_geo.socle.chemins import BUNDLE
from cpts_geo.socle.gabarits import environnement
from cpts_geo.socle.nombres import pluriel

# Units of the drawing: ten to a pixel of the smallest size at which it is shown.
LARGEUR, HAUTEUR = 4000, 3000
MARGE = 220
# Side of the smallest detail kept.
DETAIL = 4.0
# Beyond this many communes, each is so small on the map that less detail shows.
MOST_DETAILED_COMMUNES = 300

# Beyond this many times the widest scenario, one map for all would show no scenario clearly.
FARTHEST = 3.0


@dataclass(frozen=True, slots=True)
class Vignette:
    """A small map, as the text of an SVG image, and what it shows, in words."""

    svg: str
    texte: str


@dataclass(frozen=True, slots=True)
class Planche:
    """Small maps by key of scenario; `meme_cadre` says that they all show one place at one scale."""

    vignettes: dict[int, Vignette]
    meme_cadre: bool


def planche(scenarios: Iterable[Scenario], referentiel: Referentiel, bundle: Path = BUNDLE) -> Planche:
    """Draw the scenarios, in one frame unless they are far apart.

    Each map shows its communes in the colour of the scenario, and those of the others in grey. A scenario
    without a commune that can be drawn has no map.
    """
    places = {each: bounds_of(each.territoire.codes, bundle) for each in scenarios}
    drawn = {each: place for each, place in places.items() if place}
    if not drawn:
        return Planche({}, meme_cadre=True)
    whole = together(drawn.values())
    widest = max(SMALLEST_WIDTH_KM, *map(width_km, drawn.values()))
    shared = width_km(whole) <= FARTHEST * widest
    union = tuple(dict.fromkeys(code for each in drawn for code in each.territoire.codes))
    vignettes = {}
    for scenario, place in drawn.items():
        paysage = _landscape(Cadre.around(whole if shared else place, LARGEUR, HAUTEUR, MARGE), union, bundle)
        vignettes[scenario.cle] = _draw(scenario, paysage, referentiel)
    return Planche(vignettes, meme_cadre=shared)


@dataclass(frozen=True, slots=True)
class Paysage:
    """What a frame shows, in units of drawing: communes by code, with their SVG paths, and départements."""

    cadre: Cadre
    communes: dict[str, shapely.Geometry]
    traces: dict[str, str]
    departements: str


@lru_cache(maxsize=16)
def _landscape(cadre: Cadre, codes: tuple[str, ...], bundle: Path) -> Paysage:
    exact = contours_of(codes, bundle)
    within = shapely.box(*cadre.bounds)
    seen = [code for code, contour in exact.items() if shapely.intersects(contour, within)]
    detail = DETAIL * max(1, len(seen) / MOST_DETAILED_COMMUNES)
    contours = simplify(np.array([exact[code] for code in seen], dtype=object), cadre, detail)
    communes = dict(zip(seen, contours, strict=True))
    departements = simplify(departements_in(cadre.bounds, bundle), cadre, DETAIL)
    clipped = shapely.clip_by_rect(departements, -100, -100, LARGEUR + 100, HAUTEUR + 100)
    return Paysage(
        cadre=cadre,
        communes=communes,
        traces={code: svg_path(contour) for code, contour in communes.items()},
        departements="".join(svg_path(contour) for contour in clipped),
    )


def _draw(scenario: Scenario, paysage: Paysage, referentiel: Referentiel) -> Vignette:
    chosen = set(scenario.territoire.codes)
    inside = np.array([each for code, each in paysage.communes.items() if code in chosen], dtype=object)
    couleur = regles().couleurs[scenario.couleur]
    texte = _words(scenario, couleur)
    template = environnement().get_template("comparaison_vignette.svg")
    svg = template.render(
        largeur=LARGEUR,
        hauteur=HAUTEUR,
        titre=texte,
        couleur=couleur,
        departements=paysage.departements,
        voisines="".join(path for code, path in paysage.traces.items() if code not in chosen),
        choisies="".join(path for code, path in paysage.traces.items() if code in chosen),
        contour=svg_path(union(inside)),
        repere=_landmark(scenario, paysage.cadre, referentiel),
        echelle=scale_bar(paysage.cadre, MARGE),
    )
    return Vignette(svg, texte)


def _words(scenario: Scenario, couleur: Couleur) -> str:
    nom, count = scenario.territoire.nom, pluriel(len(scenario.territoire), "commune")
    return f"Carte du scénario «\u00a0{nom}\u00a0»\u00a0: {count}, en {couleur.nom.lower()}."


# ---- Drawing --------------------------------------------------------------------------------------------


def _landmark(scenario: Scenario, cadre: Cadre, referentiel: Referentiel) -> dict[str, Any] | None:
    """Name of the most peopled commune, written at its mairie, away from the side that is near."""
    chosen = referentiel.communes.loc[list(scenario.territoire.codes)].dropna(subset=["lon", "lat"])
    if chosen.empty:
        return None
    first = chosen.sort_values("population").iloc[-1]
    place = cadre.project(np.array([[first["lon"], first["lat"]]], dtype=float))
    x, y = np.rint(place[0]).astype(int).tolist()
    third = LARGEUR / 3
    anchor = "start" if x < third else "end" if x > 2 * third else "middle"
    return {"nom": first["nom"], "x": x, "y": y, "ancre": anchor}
