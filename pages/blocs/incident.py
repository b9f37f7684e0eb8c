"""What is said when something fails that nobody foresaw: an apology, and the way to go on."""

import logging
import secrets
from datetime import datetime

import streamlit as st

from cpts_geo.interface import composants
from cpts_geo.interface.details import details

EXCUSE = (
    "L’application a rencontré une erreur inattendue, que nous n’avions pas prévue. **Votre projet n’est "
    "pas perdu\u00a0:** il est toujours ouvert, et l’adresse de la page garde son territoire, au dernier "
    "changement près. Reprenez\u00a0; si l’erreur revient, annulez le dernier changement ou rechargez la "
    "page, et envoyez les détails à qui vous donne accès à l’application, avec ce que vous faisiez. Ils ne "
    "disent rien de votre projet."
)

_JOURNAL = logging.getLogger(__name__)


def apologise(error: Exception) -> bool:
    """Apologise in place of Streamlit, which has written the error in the log of the server.

    It is called where the error happened: in a page, in a part of it, or in place of the page when it is what
    a button does that failed. Nothing of the error is shown: it may hold paths of the server.

    Returns:
        True: Streamlit has nothing to add.
    """
    # The project stands on pandas, long to import: the server does not wait for it to start.
    from pages.blocs import secours  # noqa: PLC0415

    reference = secrets.token_hex(4)
    now = datetime.now().astimezone()
    _JOURNAL.error("Erreur %s : %s", reference, type(error).__name__)
    st.error(EXCUSE, icon=":material/error:")
    with st.container(horizontal=True):
        st.button("Reprendre", icon=":material/restart_alt:", key=f"reprendre_{reference}")
        secours.draw(reference, now.date())
    texte = details(error, reference, now)
    copie = st.components.v2.component(**composants.sources("copie", "bouton"))
    copie(key=f"details_{reference}", data={"libelle": "Copier les détails", "texte": texte})
    return True
