"""What the map is asked to look at: a box in degrees, and the départements whose communes it must show."""

from collections.abc import Sequence
from typing import Any

from cpts_geo.communes.referentiel import Referentiel

Vue = dict[str, Any]

# Room around the mairies of communes, in degrees, so that the communes are seen whole.
MARGE = 0.06


def vue_commune(code: str) -> Vue:
    """One commune, seen with its surroundings."""
    return {"code": code}


def vue_communes(codes: Sequence[str], referentiel: Referentiel) -> Vue | None:
    """All these communes; None when not one of them has a known place."""
    communes = referentiel.communes.loc[list(codes)]
    places = communes[["lon", "lat"]].dropna()
    if places.empty:
        return None
    west, south = (places.min() - MARGE).tolist()
    east, north = (places.max() + MARGE).tolist()
    return {"bounds": [west, south, east, north], "departements": sorted(communes["departement"].unique())}


def vue_region(code: str, referentiel: Referentiel) -> Vue:
    """A région with all its communes."""
    bounds = referentiel.zones("region").loc[[code], ["lon_min", "lat_min", "lon_max", "lat_max"]]
    departements = referentiel.communes.loc[list(referentiel.codes("region", code)), "departement"]
    return {"bounds": bounds.to_numpy()[0].tolist(), "departements": sorted(departements.unique())}
