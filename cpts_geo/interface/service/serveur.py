"""What the server answers beside the pages: contours, search, and the files of the map."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from cpts_geo.communes import prises
from cpts_geo.interface import script
from cpts_geo.interface.service import contours_servis, couleurs_servies
from cpts_geo.socle.chemins import ASSETS

if TYPE_CHECKING:
    from cpts_geo.interface.preparation import Etape
    from cpts_geo.saisie.recherche import PropositionRecherche, Recherche

LEAFLET = Path(str(files("js_lib_leaflet"))) / "static" / "js_lib_leaflet"
# Browsers keep what they fetched but ask each time whether it changed: an update shows at once.
REVALIDATE = {"Cache-Control": "no-cache"}
# What stands at an address that changes with it is never asked for again.
KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}
GEOJSON = "application/geo+json"
LONGEST_QUERY = 100
MOST_POSTAL_CODES = 3


class _Files(StaticFiles):
    """Static files that the browser keeps as `headers` say."""

    def __init__(self, directory: Path, headers: Mapping[str, str]) -> None:
        super().__init__(directory=directory)
        self._headers = headers

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - starlette's own signature
        response = super().file_response(*args, **kwargs)
        response.headers.update(self._headers)
        return response


def routes() -> list[BaseRoute]:
    """List the routes that the application adds to those of Streamlit."""
    return [
        Mount(script.adresse(), _Files(script.DOSSIER, KEEP)),
        Mount("/assets", _Files(ASSETS, REVALIDATE)),
        Mount("/leaflet", _Files(LEAFLET, REVALIDATE)),
        Route("/palette.css", serve_palette_css),
        Route("/palette.js", serve_palette_js),
        Route("/geo/departements.geojson", serve_departements),
        Route("/geo/{code}.geojson", serve_communes),
        Route("/geo/{type}/{code}.geojson", serve_zone),
        Route("/zones/{type}.json", serve_zones),
        Route("/declarations/carte.json", serve_declarations),
        Route("/focus/{code}.json", serve_focus),
        Route("/structures/{code}.json", serve_structures),
        Route("/recherche", serve_recherche),
    ]


def serve_palette_css(_: Request) -> Response:
    """Answer with the palette, for the styles of the map."""
    return Response(couleurs_servies.css(), media_type="text/css", headers=REVALIDATE)


def serve_palette_js(_: Request) -> Response:
    """Answer with the palette, for the script of the map."""
    return Response(couleurs_servies.script(), media_type="text/javascript", headers=REVALIDATE)


def serve_departements(request: Request) -> Response:
    """Answer with the outlines of all départements."""
    return _gzipped(request, contours_servis.departements_geojson(), GEOJSON)


def serve_communes(request: Request) -> Response:
    """Answer with the communes of one département, or 404."""
    try:
        body = contours_servis.communes_geojson(request.path_params["code"])
    except KeyError:
        return JSONResponse({"message": "Ce département n’existe pas."}, status_code=404)
    return _gzipped(request, body, GEOJSON)


def serve_zone(request: Request) -> Response:
    """Answer with the outline of one zone, or 404."""
    try:
        body = contours_servis.zone_geojson(request.path_params["type"], request.path_params["code"])
    except KeyError:
        return JSONResponse({"message": "Ce groupe de communes n’existe pas."}, status_code=404)
    return _gzipped(request, body, GEOJSON)


def serve_zones(request: Request) -> Response:
    """Answer with every zone of a type and its communes, or 404."""
    try:
        body = contours_servis.zones_json(request.path_params["type"])
    except KeyError:
        return JSONResponse({"message": "Ce type de groupe n’existe pas."}, status_code=404)
    return _gzipped(request, body, "application/json")


def serve_declarations(request: Request) -> Response:
    """Answer with what the map offers: what a click takes, its tools, its places, its texts."""
    return _gzipped(request, gzip.compress(prises.pour_la_carte(), mtime=0), "application/json")


def serve_focus(request: Request) -> Response:
    """Answer with the colours of the communes of `departements`, or 404.

    Classes are those of the communes of `base`, made by `methode`.
    """
    from cpts_geo.dessin import classes  # noqa: PLC0415 - see recherche()
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415

    try:
        drawn = classes.carte_indicateur(
            donnees().catalogue[request.path_params["code"]],
            donnees().agregateur,
            _communes_of(request, "departements"),
            _communes_of(request, "base"),
            classes.methode(request.query_params.get("methode", "quantiles")),
        )
    except KeyError:
        return JSONResponse({"message": "Cet indicateur n’existe pas."}, status_code=404)
    except classes.MethodeImpossibleError as error:
        return JSONResponse({"message": str(error)}, status_code=404)
    return JSONResponse(drawn, headers=REVALIDATE)


def serve_structures(request: Request) -> Response:
    """Answer with the marks of a type of structure in `departements`, or 404."""
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415 - see recherche()
    from cpts_geo.indicateurs.structures import type_structure  # noqa: PLC0415 - see recherche()

    try:
        kind = type_structure(request.path_params["code"])
    except KeyError:
        return JSONResponse({"message": "Ce type de structure n’existe pas."}, status_code=404)
    departements = request.query_params.get("departements", "").split(",")
    return JSONResponse(donnees().structures.carte(kind, departements), headers=REVALIDATE)


def _communes_of(request: Request, parameter: str) -> list[str]:
    """The communes of the départements that a parameter of the request lists."""
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415 - see recherche()

    departements = request.query_params.get(parameter, "").split(",")
    communes = donnees().referentiel.communes
    return [str(code) for code in communes.index[communes["departement"].isin(departements)]]


def serve_recherche(request: Request) -> Response:
    """Answer with the communes and the zones that match `q`, best first."""
    query = request.query_params.get("q", "")[:LONGEST_QUERY]
    answers = [_describe(proposition) for proposition in recherche().search(query)]
    return JSONResponse(answers, headers=REVALIDATE)


@cache
def recherche() -> "Recherche":
    """Index the communes for search, once for all sessions."""
    # The index stands on pandas, long to import: the contours of the first map do not wait for it.
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415
    from cpts_geo.saisie.recherche import Recherche  # noqa: PLC0415

    return Recherche(donnees().referentiel)


def premiere_page() -> None:
    """Read what the first page needs, while the browser is still opening it."""
    # streamlit-folium is left to the page: its component can be registered by a running page only.
    import folium  # noqa: F401, PLC0415 - see recherche()

    from cpts_geo.analyse import verifications  # noqa: F401, PLC0415
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415
    from cpts_geo.interface import etat  # noqa: F401, PLC0415
    from cpts_geo.interface.html import html_panneau  # noqa: F401, PLC0415

    contours_servis.departements_geojson()
    # Asked for, it is read.
    _ = donnees().referentiel


def etapes() -> "list[Etape]":
    """List what the next gestures need, in the order in which people come to it."""
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415
    from cpts_geo.interface.html import html_sources  # noqa: PLC0415 - see recherche()

    held = donnees()
    return [
        lambda: held.fiches,
        recherche,
        lambda: held.agregateur,
        lambda: held.agregateur.france(),  # noqa: PLW0108 - not read before its turn
        lambda: held.voisinage,
        lambda: held.structures,
        html_sources.contenu,
    ]


def _describe(proposition: "PropositionRecherche") -> dict[str, Any]:
    from cpts_geo.indicateurs.donnees import donnees  # noqa: PLC0415 - see recherche()

    if proposition.type != "commune":
        return {**asdict(proposition), "nom_type": prises.noms_types()[proposition.type]}
    postaux = str(donnees().referentiel.communes.at[proposition.code, "codes_postaux"]).split()
    shown = ", ".join(postaux[:MOST_POSTAL_CODES]) + (", …" if len(postaux) > MOST_POSTAL_CODES else "")
    return {**asdict(proposition), "codes_postaux": shown}


def _gzipped(request: Request, body: bytes, media_type: str) -> Response:
    headers = {**REVALIDATE, "Content-Encoding": "gzip", "ETag": _etag(body)}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


@cache
def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
