"""Frame of the application: its title, its style, its pages."""

import streamlit as st

from cpts_geo.interface.service import couleurs_servies
from cpts_geo.socle.chemins import ASSETS, ROOT

st.set_page_config(page_title="cpts-geo", page_icon=ASSETS / "icone.svg", layout="wide")
st.logo(ASSETS / "logo.svg", size="large")
st.html(f"<style>{couleurs_servies.css()}</style>")
st.html(ASSETS / "page.css")
st.navigation(
    [
        st.Page(ROOT / "pages" / "carte.py", title="Carte", icon=":material/map:", default=True),
        st.Page(
            ROOT / "pages" / "rapport.py", title="Rapport", icon=":material/analytics:", url_path="rapport"
        ),
        st.Page(
            ROOT / "pages" / "comparer.py",
            title="Comparer",
            icon=":material/compare_arrows:",
            url_path="comparer",
        ),
        st.Page(
            ROOT / "pages" / "exporter.py",
            title="Exporter",
            icon=":material/download:",
            url_path="exporter",
        ),
        st.Page(
            ROOT / "pages" / "sources.py",
            title="Sources et définitions",
            icon=":material/menu_book:",
            url_path="sources",
        ),
    ],
    position="top",
).run()
