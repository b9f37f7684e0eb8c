"""The map: the one module that knows folium and streamlit-folium.

All that the map does stands in `assets/`: `carte.js` and the parts it is made of; folium only brings them
into the page. streamlit-folium remounts its frame as soon as the script of the map changes, so that script is
one constant line, and what Python has to say to the map goes through a feature group, which it evaluates
without remounting.
"""

from collections.abc import Callable, Mapping
from typing import Any

import folium
from jinja2 import Template
from streamlit_folium import st_folium

# Height of the frame before `assets/page.css` sizes it to the window.
HEIGHT_PX = 640
# In this order: each stands on those before it.
OURS = ("elements", "selection", "zones", "outils", "formes", "clavier", "focus", "carte")
SCRIPTS = [
    ("palette", "/palette.js"),
    ("leaflet", "/leaflet/leaflet.js"),
    *((name, f"/assets/{name}.js") for name in OURS),
]
STYLES = [
    ("palette_css", "/palette.css"),
    ("leaflet_css", "/leaflet/leaflet.css"),
    ("carte_css", "/assets/carte.css"),
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
        "var {{ this.get_name() }} = L.layerGroup(); window.carte.recevoir({{ this.message | tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, message: Mapping[str, Any]) -> None:
        super().__init__(name="message")
        self.message = message


def show(message: Mapping[str, Any], on_post: Callable[[], None], key: str) -> None:
    """Show the map, and give it the message that `Carte.recevoir` describes.

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
