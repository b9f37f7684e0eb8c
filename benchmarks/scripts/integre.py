"""The stock way: the communes of a région embedded in the folium map as GeoJson, clicked one by one."""

import gzip
import json
from typing import Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.service.contours_servis import communes_geojson

REGION = "75"


@st.cache_data
def region_geojson() -> dict[str, Any]:
    """Gather the communes of the région in one collection."""
    communes = donnees().referentiel.communes
    departements = communes.loc[communes["region"] == REGION, "departement"].unique()
    collections = [json.loads(gzip.decompress(communes_geojson(code))) for code in departements]
    features = [feature for collection in collections for feature in collection["features"]]
    return {"type": "FeatureCollection", "features": features}


def style(feature: dict[str, Any]) -> dict[str, Any]:
    """Fill the chosen communes in yellow."""
    chosen = feature["properties"]["code"] in st.session_state.codes
    return {"fillColor": "#facc15" if chosen else "#ffffff", "weight": 0.7, "fillOpacity": 0.7}


def toggle() -> None:
    """Add the commune that has just been clicked, or take it off."""
    drawing = st.session_state.carte.get("last_active_drawing")
    if drawing:
        st.session_state.codes ^= {drawing["properties"]["code"]}


st.set_page_config(layout="wide")
st.session_state.setdefault("codes", set())
carte = folium.Map(location=[45.2, 0.2], zoom_start=7, tiles=None, prefer_canvas=True)
carte.default_js = [("leaflet", "/leaflet/leaflet.js")]
carte.default_css = [("leaflet_css", "/leaflet/leaflet.css")]
folium.GeoJson(region_geojson(), style_function=style).add_to(carte)
left, right = st.columns([7, 3])
with left:
    st_folium(
        carte,
        key="carte",
        height=700,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        on_change=toggle,
    )
right.html(
    f'<strong data-mesure="population">{donnees().referentiel.population(st.session_state.codes)}</strong>'
)
