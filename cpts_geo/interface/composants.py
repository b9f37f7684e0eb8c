"""Our own widgets: what the browser is given to draw the search box and the chips."""

from collections.abc import Sequence
from typing import Any, TypedDict

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.socle.chemins import ASSETS

COMPOSANTS = ASSETS / "composants"
MOST_CHIPS = 40


class Sources(TypedDict):
    """Name and content of a Streamlit component (version 2)."""

    name: str
    css: str
    js: str


def sources(name: str, *styles: str) -> Sources:
    """Read the script and the style of a component from `assets/composants/`, after `styles` it shares."""
    return Sources(
        name=f"cpts_geo.{name}",
        css="\n".join((COMPOSANTS / f"{each}.css").read_text(encoding="utf-8") for each in (*styles, name)),
        js=(COMPOSANTS / f"{name}.js").read_text(encoding="utf-8"),
    )


def pastilles(codes: Sequence[str], referentiel: Referentiel, *, verrou: bool) -> dict[str, Any]:
    """Give the chips of a territory: one per commune, in the order in which they were chosen.

    A locked territory has chips that cannot be closed.
    """
    rows = referentiel.communes.loc[list(codes), ["nom", "population"]].itertuples()
    chips = [{"code": code, "nom": nom, "population": population} for code, nom, population in rows]
    return {
        "communes": chips,
        "compte": referentiel.compte(codes),
        "repliees_au_dela_de": MOST_CHIPS,
        "verrou": verrou,
    }
