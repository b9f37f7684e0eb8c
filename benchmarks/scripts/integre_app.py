"""Serves the stock way, with the same local files of Leaflet as the application."""

from pathlib import Path

from streamlit.starlette import App

from cpts_geo.interface.service.serveur import routes

app = App(Path(__file__).parent / "integre.py", routes=routes())
