"""Small maps of scenarios, drawn as SVG from the contours of the bundle so that they can be compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from cpts_geo.chemins import BUNDLE
from cpts_geo.gabarits import environnement
from cpts_geo.nombres import entier, pluriel
from cpts_geo.projet import Couleur, Scenario, regles
from cpts_geo.referentiel import Referentiel

# Units of the drawing: ten to a pixel of the smallest size at which it is shown.
LARGEUR, HAUTEUR = 4000, 3000
MARGE = 220
# Side of the smallest detail kept.
DETAIL = 4.0
# Beyond this many communes, each is so small on the map that less detail shows.
MOST_DETAILED_COMMUNES = 300
SMALLEST_RING = 30.0  # square units

KM_PER_DEGREE = 111.195
SMALLEST_WIDTH_KM = 8.0
# Beyond this many times the widest scenario, one map for all would show no scenario clearly.
FARTHEST = 3.0
# The exact outlines of more départements than this would be slow to read, at a scale where nobody sees them.
MOST_EXACT_DEPARTEMENTS = 8
STEPS_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

Geometries = NDArray[np.object_]
Bornes = tuple[float, float, float, float]


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


@dataclass(frozen=True, slots=True)
class Cadre:
    """The piece of the world that a map shows: its centre, in degrees, and units of drawing per kilometre."""

    lon: float
    lat: float
    echelle: float

    @classmethod
    def around(cls, bounds: Bornes) -> Self:
        """The frame that holds these bounds (W, S, E, N in degrees), with a margin."""
        west, south, east, north = bounds
        width, height = _size_km(bounds)
        scale = min(
            (LARGEUR - 2 * MARGE) / max(width, SMALLEST_WIDTH_KM),
            (HAUTEUR - 2 * MARGE) / max(height, SMALLEST_WIDTH_KM * HAUTEUR / LARGEUR),
        )
        return cls((west + east) / 2, (south + north) / 2, scale)

    @property
    def bounds(self) -> Bornes:
        """West, south, east and north of what the map shows, in degrees."""
        half_width = LARGEUR / 2 / self._per_degree_east
        half_height = HAUTEUR / 2 / self._per_degree_north
        return self.lon - half_width, self.lat - half_height, self.lon + half_width, self.lat + half_height

    def project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """Longitudes and latitudes, one point per row, in units of drawing; the ordinate goes down."""
        x = LARGEUR / 2 + (degrees[:, 0] - self.lon) * self._per_degree_east
        y = HAUTEUR / 2 - (degrees[:, 1] - self.lat) * self._per_degree_north
        return np.column_stack([x, y])

    @property
    def _per_degree_north(self) -> float:
        return self.echelle * KM_PER_DEGREE

    @property
    def _per_degree_east(self) -> float:
        return self._per_degree_north * float(np.cos(np.radians(self.lat)))


def planche(scenarios: Iterable[Scenario], referentiel: Referentiel, bundle: Path = BUNDLE) -> Planche:
    """Draw the scenarios, in one frame unless they are far apart.

    Each map shows its communes in the colour of the scenario, and those of the others in grey. A scenario
    without a commune that can be drawn has no map.
    """
    places = {each: _bounds(each.territoire.codes, bundle) for each in scenarios}
    drawn = {each: place for each, place in places.items() if place}
    if not drawn:
        return Planche({}, meme_cadre=True)
    together = _together(drawn.values())
    shared = _width(together) <= FARTHEST * max(SMALLEST_WIDTH_KM, *map(_width, drawn.values()))
    union = tuple(dict.fromkeys(code for each in drawn for code in each.territoire.codes))
    vignettes = {}
    for scenario, place in drawn.items():
        paysage = _landscape(Cadre.around(together if shared else place), union, bundle)
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
    exact = _contours(codes, bundle)
    within = shapely.box(*cadre.bounds)
    seen = [code for code, contour in exact.items() if shapely.intersects(contour, within)]
    detail = DETAIL * max(1, len(seen) / MOST_DETAILED_COMMUNES)
    contours = _simplify(np.array([exact[code] for code in seen], dtype=object), cadre, detail)
    communes = dict(zip(seen, contours, strict=True))
    departements = _simplify(_departements(cadre.bounds, bundle), cadre, DETAIL)
    clipped = shapely.clip_by_rect(departements, -100, -100, LARGEUR + 100, HAUTEUR + 100)
    return Paysage(
        cadre=cadre,
        communes=communes,
        traces={code: _path(contour) for code, contour in communes.items()},
        departements="".join(_path(contour) for contour in clipped),
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
        contour=_path(_union(inside)),
        repere=_landmark(scenario, paysage.cadre, referentiel),
        echelle=_scale_bar(paysage.cadre),
    )
    return Vignette(svg, texte)


def _words(scenario: Scenario, couleur: Couleur) -> str:
    nom, count = scenario.territoire.nom, pluriel(len(scenario.territoire), "commune")
    return f"Carte du scénario «\u00a0{nom}\u00a0»\u00a0: {count}, en {couleur.nom.lower()}."


# ---- Places ---------------------------------------------------------------------------------------------


def _bounds(codes: Sequence[str], bundle: Path) -> Bornes | None:
    """West, south, east and north, in degrees, of the communes that can be drawn; None without any."""
    contours = list(_contours(tuple(codes), bundle).values())
    return _together(shapely.bounds(contours)) if contours else None


def _together(places: Iterable[Bornes]) -> Bornes:
    every = np.array(list(places))
    return (*every[:, :2].min(axis=0).tolist(), *every[:, 2:].max(axis=0).tolist())


def _size_km(bounds: Bornes) -> tuple[float, float]:
    """Width and height."""
    west, south, east, north = bounds
    middle = np.radians((south + north) / 2)
    return (east - west) * KM_PER_DEGREE * float(np.cos(middle)), (north - south) * KM_PER_DEGREE


def _width(bounds: Bornes) -> float:
    return max(_size_km(bounds))


# ---- Contours -------------------------------------------------------------------------------------------


def _contours(codes: tuple[str, ...], bundle: Path) -> dict[str, shapely.Geometry]:
    """Contours of those communes that have one, in the order given."""
    departements = dict.fromkeys(_departement(code) for code in codes)
    known = {code: each for name in departements for code, each in _communes(name, bundle).items()}
    return {code: known[code] for code in codes if code in known}


def _departement(code: str) -> str:
    """The first characters of a code: three overseas, two elsewhere."""
    return code[:3] if code.startswith("97") else code[:2]


@lru_cache(maxsize=24)
def _communes(departement: str, bundle: Path) -> dict[str, shapely.Geometry]:
    table = pq.read_table(
        bundle / "contours.parquet",
        columns=["code", "geometry"],
        filters=[("departement", "=", departement)],
    )
    geometries = shapely.from_wkb(table["geometry"].to_numpy())
    return dict(zip(table["code"].to_pylist(), geometries, strict=True))


@lru_cache(maxsize=24)
def _exact_departement(departement: str, bundle: Path) -> shapely.Geometry:
    return _union(np.array(list(_communes(departement, bundle).values()), dtype=object))


def _departements(bounds: Bornes, bundle: Path) -> Geometries:
    """Outlines of the départements that these bounds touch: exact when they are few."""
    table = pq.read_table(bundle / "departements_contours.parquet")
    coarse = shapely.from_wkb(table["geometry"].to_numpy())
    seen = np.flatnonzero(shapely.intersects(coarse, shapely.box(*bounds)))
    if len(seen) > MOST_EXACT_DEPARTEMENTS:
        return np.asarray(coarse[seen])
    codes = table["code"].take(seen).to_pylist()
    return np.array([_exact_departement(code, bundle) for code in codes], dtype=object)


def _simplify(contours: Geometries, cadre: Cadre, detail: float) -> Geometries:
    """The contours in units of drawing, without small details; neighbours keep their border."""
    projected = shapely.transform(contours, cadre.project)
    return np.asarray(shapely.coverage_simplify(projected, detail))


def _union(contours: Geometries) -> shapely.Geometry:
    try:
        return shapely.coverage_union_all(contours)
    except shapely.GEOSException:
        # Where one border is drawn differently by its two sides.
        return shapely.union_all(shapely.make_valid(contours))


# ---- Drawing --------------------------------------------------------------------------------------------


def _path(contour: shapely.Geometry) -> str:
    """The `d` of an SVG path, in whole units, each point relative to the one before."""
    parts = shapely.get_parts(contour)
    rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
    if not len(rings):
        return ""
    areas = shapely.area(shapely.polygons(rings))
    # A commune too small to be seen still shows as a dot: its largest ring is always drawn.
    kept = rings[areas >= min(SMALLEST_RING, areas.max())]
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in kept)


def _ring(points: NDArray[np.float64]) -> str:
    whole = np.rint(points).astype(int)
    moves = np.diff(whole, axis=0)[:-1]
    steps = " ".join(f"{x} {y}" for x, y in moves[moves.any(axis=1)].tolist())
    return f"M{whole[0, 0]} {whole[0, 1]}l{steps.replace(' -', '-')}z" if steps else ""


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


def _scale_bar(cadre: Cadre) -> dict[str, Any]:
    """The longest round length that takes a quarter of the width, at the bottom left."""
    fitting = [km for km in STEPS_KM if km * cadre.echelle <= LARGEUR / 4]
    length = fitting[-1] if fitting else STEPS_KM[0]
    return {
        "x": MARGE // 2,
        "y": HAUTEUR - MARGE // 2,
        "longueur": round(length * cadre.echelle),
        "texte": f"{entier(length)}\u00a0km",
    }
