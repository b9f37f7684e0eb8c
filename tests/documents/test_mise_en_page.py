import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.dessin.polices import largeur
from cpts_geo.documents import diagnostic
from cpts_geo.documents.blocs import Tableau
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.mise_en_page import FeuilleDePage, insecable, largeurs, lignes
from tests.outils.dossiers import TERRITOIRES, dossier

FEUILLE = FeuilleDePage(largeur=487, entre=7, taille=8.5, petite_taille=7.5)


@st.composite
def tables(draw: Any) -> Tableau:  # noqa: ANN401 - hypothesis gives no name to it
    words = draw(st.integers(1, 5))
    count = words + draw(st.integers(0, 5))
    row = st.lists(st.text(max_size=60), min_size=count, max_size=count).map(tuple)
    heads = draw(st.lists(st.text(min_size=1, max_size=20), min_size=count, max_size=count).map(tuple))
    return Tableau("", heads, tuple(draw(st.lists(row, max_size=5))), textes=words)


def real_tables(name: str) -> list[Tableau]:
    document = diagnostic.compose(dossier(TERRITOIRES[name]), Options("projet_sante", cartes=False))
    return [bloc for section in document.sections for bloc in section.blocs if isinstance(bloc, Tableau)]


@given(tables())
def test_every_column_has_room_and_figures_hold_on_one_line(table: Tableau) -> None:
    widths = largeurs(table, FEUILLE)
    assert len(widths) == len(table.entetes)
    for width, *column in list(zip(widths, table.entetes, *table.rangees, strict=True))[table.textes :]:
        assert width >= max(map(largeur, column))
    assert min(widths) > 0


@pytest.mark.parametrize("name", TERRITOIRES)
def test_on_the_page_no_word_is_cut_and_no_figure_goes_to_the_next_line(name: str) -> None:
    for table in real_tables(name):
        widths = largeurs(table, FEUILLE)
        size = FEUILLE.taille_de(table)
        scale = FEUILLE.largeur / sum(widths)
        columns = list(zip(table.entetes, *table.rangees, strict=True))
        for rank, (width, column) in enumerate(zip(widths, columns, strict=True)):
            room = width * scale - FEUILLE.entre
            pieces = column if rank >= table.textes else re.split(r"[\s-]", " ".join(column))
            for piece in pieces:
                assert size * largeur(piece) <= room + 0.01 or len(piece) > 16, (table.titre, piece)


def test_short_tables_are_kept_whole() -> None:
    row = ("a", "1")
    assert insecable(Tableau("", ("A", "B"), (row,) * 12))
    assert not insecable(Tableau("", ("A", "B"), (row,) * 13))
    assert not insecable(Tableau("", ("A", "B"), (("a" * 120, "b" * 150),) * 12)), "it may not hold on a page"


def test_bullets_and_their_titles_are_told_from_plain_lines() -> None:
    told = lignes("Le territoire\n- un\n\n• deux\n  trois  ")
    assert [(each.texte, each.puce, each.titre) for each in told] == [
        ("Le territoire", False, True),
        ("un", True, False),
        ("deux", True, False),
        ("trois", False, False),
    ]
