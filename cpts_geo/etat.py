"""What the session holds: the territory being drawn, and the conversation with the map.

The map shows a click before Python knows of it, and sends all the operations that Python has not confirmed
yet. Python applies those it has not seen, and answers with what it holds and the last one it saw: a late or
repeated message changes nothing.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd
import streamlit as st

from cpts_geo.referentiel import Referentiel, referentiel
from cpts_geo.territoire import Territoire

CARTE = "carte"
NOM_INITIAL = "Mon territoire"


@dataclass(slots=True)
class Echange:
    """State of the conversation with the map."""

    session: str = field(default_factory=lambda: secrets.token_hex(8))
    instance: str = ""
    ack: int = 0
    vue: dict[str, Any] | None = None
    vues: int = 0


def territoire() -> Territoire:
    """Give the territory being drawn."""
    return cast("Territoire", st.session_state.setdefault("territoire", Territoire(NOM_INITIAL, ())))


def ajouter(code: str) -> None:
    """Add a commune and look at it."""
    _hold(territoire().add(code))
    regarder_commune(code)


def retirer(code: str) -> None:
    """Take a commune off."""
    _hold(territoire().remove(code))


def renommer(nom: str) -> None:
    """Name the territory; a blank name is ignored."""
    if nom.strip():
        _hold(territoire().rename(nom.strip()))


def reinitialiser() -> None:
    """Start again from an empty territory."""
    _hold(Territoire(NOM_INITIAL, ()))


def regarder_commune(code: str) -> None:
    """Ask the map to look at a commune."""
    _look({"code": code})


def regarder_region(code: str) -> None:
    """Ask the map to look at a région and to show all its communes."""
    reference = referentiel()
    bounds = reference.zones("region").loc[[code], ["lon_min", "lat_min", "lon_max", "lat_max"]]
    departements = reference.communes.loc[list(reference.codes("region", code)), "departement"]
    _look({"bounds": bounds.to_numpy()[0].tolist(), "departements": sorted(departements.unique())})


def receive_map() -> None:
    """Apply what the map has just posted."""
    post = st.session_state.get(CARTE)
    if isinstance(post, Mapping) and post.get("operations"):
        apply_map(post)


def apply_map(post: Mapping[str, Any]) -> None:
    """Apply a post of the map to the territory."""
    exchange = _exchange()
    instance = str(post["instance"])
    ack = exchange.ack if instance == exchange.instance else 0
    present = territoire()
    codes, exchange.ack = apply_operations(present.codes, ack, post, referentiel())
    exchange.instance = instance
    _hold(Territoire(present.nom, codes))


def apply_operations(
    codes: Sequence[str], last_seq: int, post: Mapping[str, Any], known: Referentiel | frozenset[str]
) -> tuple[tuple[str, ...], int]:
    """Apply to `codes` the operations of a post that come after `last_seq`; leave out codes not `known`.

    Returns:
        The codes, in the order in which they were added, and the last operation applied.
    """
    held = dict.fromkeys(codes)
    for operation in sorted(post["operations"], key=lambda each: int(each["seq"])):
        if operation["seq"] <= last_seq:
            continue
        held.update(dict.fromkeys(code for code in operation["ajouter"] if code in known))
        for code in operation["retirer"]:
            held.pop(code, None)
        last_seq = int(operation["seq"])
    return tuple(held), last_seq


def map_message() -> dict[str, Any]:
    """Give what Python has to say to the map."""
    exchange = _exchange()
    codes = territoire().codes
    return {
        "session": exchange.session,
        "selection": {"instance": exchange.instance, "ack": exchange.ack, "codes": list(codes)},
        "reperes": _reperes(),
        "vue": exchange.vue,
    }


def sans_contour() -> list[str]:
    """Give the names of the communes of the territory that the map cannot draw."""
    return _undrawn()["nom"].tolist()


def _reperes() -> list[dict[str, Any]]:
    placed = _undrawn().dropna()
    return cast("list[dict[str, Any]]", placed.reset_index().to_dict("records"))


def _undrawn() -> pd.DataFrame:
    communes = referentiel().communes
    missing = communes.index[~communes["a_contour"]].intersection(list(territoire().codes))
    return communes.loc[missing, ["nom", "lon", "lat"]]


def _look(vue: dict[str, Any]) -> None:
    exchange = _exchange()
    exchange.vues += 1
    exchange.vue = {"id": exchange.vues, **vue}


def _hold(changed: Territoire) -> None:
    st.session_state["territoire"] = changed


def _exchange() -> Echange:
    return cast("Echange", st.session_state.setdefault("echange", Echange()))
