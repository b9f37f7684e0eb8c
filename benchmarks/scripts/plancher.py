"""The floor: a bare Streamlit button in a fragment that changes one text."""

import streamlit as st


@st.fragment
def body() -> None:
    """Count the clicks."""
    count = st.session_state.get("count", 0)
    st.button("Ajouter", on_click=lambda: st.session_state.update(count=count + 1))
    st.html(f'<strong data-mesure="population">{count}</strong>')


body()
