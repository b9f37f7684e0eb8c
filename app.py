"""Entry of the application: `streamlit run app.py`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from starlette.middleware import Middleware
from streamlit.starlette import App

from cpts_geo.interface.preparation import Preparation, SignesDeVie
from cpts_geo.interface.service import protections, serveur
from cpts_geo.interface.service.coque import Coque
from cpts_geo.socle.chemins import ROOT
from pages.blocs import incident

preparation = Preparation(serveur.premiere_page, serveur.etapes)


@asynccontextmanager
async def lifespan(_: App) -> AsyncIterator[None]:
    """Read ahead what people will need, without delaying the start nor anyone."""
    Thread(target=preparation.run_steps, daemon=True).start()
    yield
    preparation.stop()


app = App(
    ROOT / "pages" / "navigation.py",
    routes=serveur.routes(),
    lifespan=lifespan,
    middleware=[
        *protections.middleware(),
        Middleware(Coque),
        Middleware(SignesDeVie, preparation=preparation),
    ],
    on_script_error=incident.apologise,
)
