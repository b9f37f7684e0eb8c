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

from cpts_geo import lien
from cpts_geo.lien import LienInvalideError
from cpts_geo.referentiel import Referentiel, referentiel
from cpts_geo.territoire import Territoire

CARTE = "carte"
NOM_INITIAL = "Mon territoire"
# Names of what the address of the page holds.
COMMUNES, NOM = "communes", "nom"
# Room around the mairies of a territory, in degrees, so that its communes are seen whole.
MARGE = 0.06


@dataclass(slots=True)
class Echange:
    """State of the conversation with the map."""

    session: str = field(default_factory=lambda: secrets.token_hex(8))
    instance: str = ""
    ack: int = 0
    vue: dict[str, Any] | None = None
    vues: int = 0
    adresse: tuple[str, str] | None = None


def territoire() -> Territoire:
    """Give the territory being drawn."""
    return cast("Territoire", st.session_state.setdefault("territoire", Territoire(NOM_INITIAL, ())))


def suivre_lien() -> str:
    """Take the territory from the address of the page, when it is not the one we wrote there.

    This is how a reload, a copied link, the back button and a restarted server bring it back. Our own
    callbacks write the address before the page runs: an address that differs comes from the browser.

    Returns:
        What to tell the person, in French; empty when all is well. A bad link changes nothing.
    """
    exchange = _exchange()
    read = _address()
    if read in (exchange.adresse, None):
        ecrire_adresse()
        return ""
    first = exchange.adresse is None
    exchange.adresse = read
    try:
        territoire, message = _linked(*read, referentiel())
    except LienInvalideError as error:
        return str(error)
    _hold(territoire)
    if first:
        regarder_territoire()
    return message


def _address() -> tuple[str, str] | None:
    """Communes and name in the address of the page; None when it says nothing of a territory."""
    if COMMUNES not in st.query_params:
        return None
    return st.query_params[COMMUNES], st.query_params.get(NOM, NOM_INITIAL)


def ecrire_adresse() -> None:
    """Put the territory in the address of the page; an empty one leaves the address bare.

    The page calls it last, once the figures are sent: they need not wait for the address.
    """
    held = territoire()
    written = (lien.encode(held.codes), held.nom) if held.codes or held.nom != NOM_INITIAL else None
    _exchange().adresse = written
    if written is None:
        for name in (COMMUNES, NOM):
            st.query_params.pop(name, None)
    else:
        st.query_params.update({COMMUNES: written[0], NOM: written[1]})


def _linked(communes: str, nom: str, reference: Referentiel) -> tuple[Territoire, str]:
    """The territory of a link, and what to say of the communes that are no more."""
    read = lien.decode(communes)
    present = {code: code if code in reference else reference.present(code) for code in read}
    lost = [code for code, now in present.items() if now is None]
    held = Territoire(nom, tuple(dict.fromkeys(now for now in present.values() if now)))
    if not lost:
        return held, ""
    return held, f"Codes inconnus dans ce lien, laissés de côté\u00a0: {', '.join(lost)}."


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


def regarder_territoire() -> None:
    """Ask the map to look at the whole territory."""
    communes = referentiel().communes.loc[list(territoire().codes)]
    places = communes[["lon", "lat"]].dropna()
    if places.empty:
        return
    west, south = (places.min() - MARGE).tolist()
    east, north = (places.max() + MARGE).tolist()
    _look({"bounds": [west, south, east, north], "departements": sorted(communes["departement"].unique())})


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
    # The page runs next: what the browser says of its address may be late, what we hold is not.
    ecrire_adresse()


def _hold(changed: Territoire) -> None:
    st.session_state["territoire"] = changed


def _exchange() -> Echange:
    return cast("Echange", st.session_state.setdefault("echange", Echange()))
