"""What is said when something fails that nobody foresaw: an apology, and the way to go on."""

import streamlit as st

EXCUSE = (
    "L’application a rencontré une erreur inattendue, que nous n’avions pas prévue. **Votre projet n’est pas "
    "perdu\u00a0:** il est toujours ouvert, et dans l’adresse de la page. Reprenez\u00a0; si l’erreur "
    "revient, rechargez la page, et signalez à qui vous donne accès à l’application ce que vous faisiez."
)


def apologise(_: Exception) -> bool:
    """Apologise in place of Streamlit, which has written the error in the log of the server.

    It is called where the error happened: in a page, in a part of it, or in place of the page when it is what
    a button does that failed. Nothing of the error is shown: it may hold paths of the server.

    Returns:
        True: Streamlit has nothing to add.
    """
    st.error(EXCUSE, icon=":material/error:")
    st.button("Reprendre", icon=":material/restart_alt:", key="reprendre")
    return True
