"""Frame of the application: its title, its style, its pages."""

import streamlit as st

from cpts_geo.chemins import ASSETS, ROOT

st.set_page_config(page_title="cpts-geo", page_icon=ASSETS / "icone.svg", layout="wide")
st.logo(ASSETS / "logo.svg", size="large")
st.html(ASSETS / "page.css")
st.navigation(
    [st.Page(ROOT / "pages" / "carte.py", title="Carte", icon=":material/map:", default=True)],
    position="top",
).run()
