"""What a person does with the map, and what she must then read, worked out straight from the files."""

import re

import pyarrow.parquet as pq
import shapely
from playwright.sync_api import expect

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet import lien
from cpts_geo.socle.chemins import BUNDLE
from tests.navigateur.pilote import MapPage

LIMOGES = "87085"
VOISINES = ("87050", "87075", "87113", "87114", "87065")  # Couzeix, Isle, Panazol, Le Palais, Feytiat
THRESHOLDS = (40_000, 80_000, 175_000)


def population(*codes: str) -> int:
    """Population straight from the file, without the library."""
    table = pq.read_table(BUNDLE / "communes.parquet", columns=["code", "population"]).to_pydict()
    known = dict(zip(table["code"], table["population"], strict=True))
    return sum(known[code] for code in codes)


def equipment(column: str, *codes: str) -> int:
    """Sum of a column straight from the file, without the library."""
    table = pq.read_table(BUNDLE / "indicateurs.parquet", columns=["code", column]).to_pydict()
    known = dict(zip(table["code"], table[column], strict=True))
    return int(sum(known[code] for code in codes))


def haute_vienne() -> list[str]:
    codes = pq.read_table(BUNDLE / "communes.parquet", columns=["code"], filters=[("departement", "=", "87")])
    return [str(code) for code in codes["code"].to_pylist()]


def every_code() -> list[str]:
    return [str(code) for code in pq.read_table(BUNDLE / "communes.parquet")["code"].to_pylist()]


def zone_of(column: str, code: str) -> tuple[str, ...]:
    """Communes that share a zone with this one, straight from the file."""
    table = pq.read_table(BUNDLE / "communes.parquet", columns=["code", column]).to_pydict()
    zones = dict(zip(table["code"], table[column], strict=True))
    return tuple(each for each, zone in zones.items() if zone == zones[code])


def start_from_limoges(carte: MapPage) -> None:
    carte.search("limoges")
    carte.wait_drawn(LIMOGES)
    carte.wait_ready()


def start_at_rest(carte: MapPage) -> None:
    start_from_limoges(carte)
    carte.page.wait_for_timeout(500)
    # Away from any field: keys go to the page.
    carte.page.locator(".stAppHeader").click(position={"x": 700, "y": 5})


def expect_figures(carte: MapPage, *codes: str) -> None:
    inhabitants = population(*codes)
    taille = 1 + sum(inhabitants > threshold for threshold in THRESHOLDS)
    compte = donnees().referentiel.compte(codes)
    expect(carte.page.get_by_text(f"Projet de CPTS sur {compte}", exact=True)).to_be_visible()
    written = f"{inhabitants:,}".replace(",", "\u202f")
    expect(carte.page.locator("[data-mesure=population]")).to_have_text(written)
    expect(carte.page.locator("[data-mesure=taille]")).to_have_text(f"Taille {taille}")
    carte.wait_codes(codes)


def expect_address(carte: MapPage, *codes: str) -> None:
    """The address is written after the figures: wait for it before leaving the page."""
    expect(carte.page).to_have_url(re.compile(re.escape(f"communes={lien.encode(codes)}")))


def around(carte: MapPage, *offsets: tuple[float, float]) -> list[tuple[float, float]]:
    """Places of the window, given in pixels from the point of Limoges."""
    x, y = carte.pixel(LIMOGES)
    return [(x + dx, y + dy) for dx, dy in offsets]


def inside(carte: MapPage, shape: shapely.Geometry) -> set[str]:
    """Drawn communes whose point lies in a shape of the window, sought with another library."""
    points = carte.pixels(every_code())
    return {code for code, (x, y) in points.items() if shape.contains(shapely.Point(x, y))}
