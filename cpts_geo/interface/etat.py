"""What the session holds: the project with its history, the lock, and the conversation with the map."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cpts_geo.communes.prises import TypeZone
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface import echange, vues
from cpts_geo.interface.echange import Dessin, apply_post, message_selection
from cpts_geo.interface.focus import Focus
from cpts_geo.interface.focus import message as focus_message
from cpts_geo.interface.session import session as _session
from cpts_geo.projet import adresse, gestes
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.identite import nouvelle_identite
from cpts_geo.projet.lien import LienInvalideError
from cpts_geo.projet.projet import Projet, TropDeScenariosError
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.nombres import pluriel

CARTE = "carte"
VERROUILLE = echange.VERROUILLE


def projet() -> Projet:
    """Give the project of the session."""
    return _session().dessin.projet


def territoire() -> Territoire:
    """Give the territory being drawn."""
    return projet().territoire


def verrouille() -> bool:
    """Tell whether the project is locked against changes."""
    return _session().dessin.verrou


def take_avis() -> str:
    """Give the message that waits to be shown, once."""
    session = _session()
    avis, session.avis = session.avis, ""
    return avis


def is_part_run() -> bool:
    """Tell whether a part of the page is being drawn again, and not the whole page."""
    run = get_script_run_ctx(suppress_warning=True)
    return run is not None and bool(run.fragment_ids_this_run)


# ---- The address of the page ----------------------------------------------------------------------------


def follow_lien() -> None:
    """Take the project from the address of the page, when it is not the one we wrote there.

    This is how a reload, a copied link, the back button and a restarted server bring it back. Our own
    callbacks write the address before the page runs: an address that differs comes from the browser. A bad
    link changes nothing, and says so in `take_avis`.
    """
    session = _session()
    read = adresse.own(st.query_params)
    if not read or read == session.ecrite or (read in session.connues and not _is_going_back()):
        write_adresse()
        return
    first, session.ecrite = session.ecrite is None, read
    session.connues.append(read)
    try:
        lecture = adresse.read(read, donnees().referentiel)
    except LienInvalideError as error:
        session.avis = str(error)
        return
    session.avis = lecture.message
    _follow(lecture.projet, first=first)


def _is_going_back() -> bool:
    """Whether the person goes through the history of her browser, which then means an address of before.

    Otherwise it says one because it has not heard of the last: after a cut, it asks for the page twice.
    """
    run = get_script_run_ctx(suppress_warning=True)
    return run is not None and run.is_history_navigation


def _follow(linked: Projet, *, first: bool) -> None:
    """Hold the project of a link; nothing can be undone before the first.

    A link of the first versions has no identity: the project takes a fresh one, unless the browser knows it.
    """
    session = _session()
    if not linked.identite:
        linked = replace(linked, identite=nouvelle_identite())
        session.sans_identite = linked.identite
    if first and projet().vide:
        session.dessin = Dessin(Historique(linked))
    else:
        same = linked.identite == projet().identite
        followed = linked.complements_de(projet()) if same else linked
        session.dessin = replace(
            session.dessin, historique=session.dessin.historique.hold(followed, "changement d’adresse")
        )
    if first:
        look_at_territoire()


def write_adresse() -> None:
    """Put the project in the address of the page; an empty one leaves the address bare.

    The page calls it last, once the figures are sent: they need not wait for the address.
    """
    session = _session()
    written = adresse.write(projet())
    if written != session.ecrite:
        session.connues.append(written)
    session.ecrite = written
    if session.ecrite == adresse.own(st.query_params):
        return
    for name in adresse.PARAMETRES:
        if name not in session.ecrite:
            st.query_params.pop(name, None)
    st.query_params.update(session.ecrite)


# ---- Changes of the territory ---------------------------------------------------------------------------


def add_communes(*codes: str, geste: str = "liste") -> None:
    """Add communes, and look at them; `geste` as in `gestes.libelle`."""
    _draw(territoire().add(*codes), geste)
    look_at_communes(codes)


def add_zone(type_zone: TypeZone | str, code: str) -> None:
    """Add what has been found by search: a commune, or every commune of a zone."""
    if type_zone == "commune":
        add_communes(code, geste="commune")
    else:
        codes = donnees().referentiel.codes(cast("TypeZone", type_zone), code)
        add_communes(*codes, geste=f"{type_zone}:{code}")


def replace_communes(*codes: str) -> None:
    """Draw these communes in place of those that were there, and look at them."""
    _draw(Territoire(territoire().nom, codes), "liste")
    look_at_territoire()


def remove_communes(*codes: str) -> None:
    """Take communes off."""
    _draw(territoire().remove(*codes), "liste")


def _draw(drawn: Territoire, geste: str) -> None:
    before, after = set(territoire().codes), set(drawn.codes)
    gained = [code for code in drawn.codes if code not in before]
    lost = [code for code in territoire().codes if code not in after]
    if gained or lost:
        _hold(projet().draw_territoire(drawn), gestes.libelle(gained, lost, geste, donnees().referentiel))


# ---- Scenarios and project ------------------------------------------------------------------------------


def activate(cle: int) -> None:
    """Draw another scenario, and look at it; this is no change, and is not undone."""
    session = _session()
    active = projet().activate(cle)
    session.dessin = replace(session.dessin, historique=session.dessin.historique.adjust(active))
    look_at_territoire()


def create_scenario() -> None:
    """Begin an empty scenario."""
    try:
        _hold(projet().create(), "création d’un scénario")
    except TropDeScenariosError as error:
        _session().avis = str(error)


def add_territoires(territoires: Sequence[Territoire]) -> None:
    """Draw each of these territories in a scenario of its own, and look at the first."""
    try:
        _hold(projet().with_territoires(territoires), f"ajout de {pluriel(len(territoires), 'territoire')}")
    except TropDeScenariosError as error:
        _session().avis = str(error)
    else:
        look_at_territoire()


def duplicate_scenario(cle: int) -> None:
    """Begin a scenario with the communes of another."""
    try:
        _hold(projet().duplicate(cle), f"copie de «\u00a0{projet()[cle].territoire.nom}\u00a0»")
    except TropDeScenariosError as error:
        _session().avis = str(error)


def delete_scenario(cle: int) -> None:
    """Take a scenario off the project."""
    _hold(projet().delete(cle), f"suppression de «\u00a0{projet()[cle].territoire.nom}\u00a0»")


def rename(nom: str) -> None:
    """Name the scenario being drawn; a blank name is ignored."""
    _hold(projet().rename(projet().actif, nom), "changement de nom")


def colour(couleur: str) -> None:
    """Give the scenario being drawn one of the declared colours, by its code."""
    _hold(projet().colour(projet().actif, couleur), "changement de couleur")


def complete(*donnees: DonneeLocale) -> None:
    """Hold local figures, in place of those of the same name."""
    try:
        _hold(projet().complete(*donnees), "données locales")
    except ValueError as error:
        _session().avis = str(error)


def forget(libelle: str) -> None:
    """Hold a local figure no more."""
    _hold(projet().forget(libelle), f"suppression de «\u00a0{libelle}\u00a0»")


def write_synthese(synthese: str) -> None:
    """Hold what people wrote in place of the synthesis of the scenario being drawn; empty to take it back."""
    _hold(projet().write_synthese(projet().actif, synthese), "rédaction de la synthèse")


def open_projet(opened: Projet) -> None:
    """Work on another project from now on; undoing comes back to this one."""
    _hold(replace(opened, identite=nouvelle_identite()), "ouverture d’un projet")
    look_at_territoire()


def reset() -> None:
    """Start again from an empty project; the browser forgets this one, which undoing brings back."""
    session, left = _session(), projet()
    _hold(replace(Projet.nouveau(), identite=nouvelle_identite()), "remise à zéro")
    if not session.dessin.verrou:
        session.oublis = (*session.oublis, left)


def undo() -> None:
    """Undo the last change."""
    session = _session()
    session.dessin = session.dessin.undo()


def redo() -> None:
    """Redo the change last undone."""
    session = _session()
    session.dessin = session.dessin.redo()


def to_undo() -> str | None:
    """Tell what the last change is called; None when there is nothing to undo."""
    return _session().dessin.historique.to_undo


def to_redo() -> str | None:
    """Tell what the change last undone is called; None when there is nothing to redo."""
    return _session().dessin.historique.to_redo


def _hold(changed: Projet, libelle: str) -> None:
    session = _session()
    if session.dessin.verrou:
        session.avis = VERROUILLE
    session.dessin = session.dessin.hold(changed, libelle)


# ---- What the map looks at ------------------------------------------------------------------------------


def look_at_communes(codes: tuple[str, ...]) -> None:
    """Ask the map to look at these communes, which need not be in the territory."""
    _look(vues.vue_commune(codes[0]) if len(codes) == 1 else vues.vue_communes(codes, donnees().referentiel))


def look_at_territoire() -> None:
    """Ask the map to look at the whole territory."""
    _look(vues.vue_communes(territoire().codes, donnees().referentiel))


def look_at_whole_region(code: str) -> None:
    """Ask the map to look at a région and to show all its communes."""
    _look(vues.vue_region(code, donnees().referentiel))


def _look(vue: vues.Vue | None) -> None:
    session = _session()
    if vue is None:
        return
    session.vues_demandees += 1
    session.vue = {"id": session.vues_demandees, **vue}
    # The page runs next: what the browser says of its address may be late, what we hold is not.
    write_adresse()


# ---- Conversation with the map --------------------------------------------------------------------------


def focus() -> Focus:
    """Give what the map shows besides the territory."""
    return _session().focus


def show(wanted: Focus) -> None:
    """Show something else on the map."""
    _session().focus = wanted


def message_focus() -> dict[str, Any]:
    """Give what the map is told to show besides the territory."""
    return focus_message(_session().focus, projet().locales, territoire().codes, donnees())


def receive_map() -> None:
    """Apply what the map has just posted."""
    post = st.session_state.get(CARTE)
    if isinstance(post, Mapping) and post.get("operations"):
        apply_map(post)


def apply_map(post: Mapping[str, Any]) -> None:
    """Apply a post of the map; a map mounted anew counts its operations from one."""
    session = _session()
    instance = str(post["instance"])
    last_seq = session.ack if instance == session.instance else 0
    reponse = apply_post(session.dessin, last_seq, post, donnees().referentiel)
    session.dessin, session.ack, session.instance = reponse.dessin, reponse.ack, instance
    session.avis = " ".join(reponse.refus) or session.avis


def map_message() -> dict[str, Any]:
    """Give what Python has to say to the map."""
    session = _session()
    codes = list(territoire().codes)
    return {
        "session": session.cle,
        "selection": {"instance": session.instance, "ack": session.ack, "codes": codes},
        "reperes": _reperes(),
        "vue": session.vue,
        **message_selection(session.dessin),
        **message_focus(),
    }


def sans_contour() -> list[str]:
    """Give the names of the communes of the territory that the map cannot draw."""
    return _undrawn()["nom"].tolist()


def _reperes() -> list[dict[str, Any]]:
    placed = _undrawn().dropna()
    return cast("list[dict[str, Any]]", placed.reset_index().to_dict("records"))


def _undrawn() -> pd.DataFrame:
    communes = donnees().referentiel.communes
    missing = communes.index[~communes["a_contour"]].intersection(list(territoire().codes))
    return communes.loc[missing, ["nom", "lon", "lat"]]
