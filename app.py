"""Entry of the application: `streamlit run app.py`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from streamlit.starlette import App

from cpts_geo import serveur
from cpts_geo.chemins import ROOT


@asynccontextmanager
async def lifespan(_: App) -> AsyncIterator[None]:
    """Warm the server up without delaying its start."""
    Thread(target=serveur.warm_up, daemon=True).start()
    yield


app = App(ROOT / "pages" / "navigation.py", routes=serveur.routes(), lifespan=lifespan)
