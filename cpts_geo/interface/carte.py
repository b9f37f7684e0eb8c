"""The map: the one module that knows folium and streamlit-folium.

All that the map does stands in `assets/carte/`: `amorce.js` makes the Leaflet map and brings the modules;
folium only brings it into the page. streamlit-folium remounts its frame as soon as the script of the map
changes, so that script is one constant line, and what Python has to say to the map goes through a feature
group, which it evaluates without remounting.
"""

from collections.abc import Callable, Mapping
from typing import Any

import folium
from jinja2 import Template
from streamlit_folium import st_folium

from cpts_geo.interface.script import adresse

# Height of the frame before `assets/page.css` sizes it to the window.
HEIGHT_PX = 640
# One is fetched after the other: the second asks for the modules of the map, which come beside Leaflet.
SCRIPTS = [
    ("palette", "/palette.js"),
    ("amorce", f"{adresse()}/amorce.js"),
    ("leaflet", "/leaflet/leaflet.js"),
]
STYLES = [
    ("palette_css", "/palette.css"),
    ("leaflet_css", "/leaflet/leaflet.css"),
    ("carte_css", f"{adresse()}/carte.css"),
]


class _Carte(folium.Map):
    """A map that loads nothing from outside: Leaflet and our own files come from this server."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'var {{ this.get_name() }} = CarteCpts.create("{{ this.get_name() }}");'
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__(tiles=None)
        self.default_js = SCRIPTS
        self.default_css = STYLES


class _Message(folium.FeatureGroup):
    """What Python says to the map; as a layer, it is empty."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.layerGroup(); CarteCpts.receive({{ this.message | tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__(name="message")
        self.message = message


def show(message: Mapping[str, Any], on_post: Callable[[], None], key: str) -> None:
    """Show the map, and give it a message: see `Message` in `assets/carte/messages.js`.

    Args:
        message: session, selection (instance, ack, codes), couleurs (fond, trait) of the chosen communes,
            historique (what annuler and refaire would do, or None), verrou, reperes and vue.
        on_post: called when the map posts operations, then found in `st.session_state[key]`.
        key: of the map in the session.
    """
    st_folium(
        _Carte(),
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=_Message(message),
        on_change=on_post,
    )
