"""Parts of pages, drawn with Streamlit: they wire, they do not compute."""
