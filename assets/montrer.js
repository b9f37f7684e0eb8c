// Hands the map, in its frame, what it must show besides the territory: the map itself is not run again.
const MAP = 'iframe[title="streamlit_folium.st_folium"]';

export default function ({ data }) {
  document.querySelector(MAP)?.contentWindow?.carte?.montrer(data);
}
