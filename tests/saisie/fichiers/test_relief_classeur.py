"""What a workbook shows, and what is refused before a reader takes it."""

import time
import tracemalloc

import pytest

from cpts_geo.saisie.fichiers.limites_tableaux import FichierIllisibleError
from cpts_geo.saisie.fichiers.tableur import read
from tests.outils.bombes import REFUSEES
from tests.outils.formats_de_tables import write_xlsx


@pytest.mark.parametrize("name", list(REFUSEES))
def test_what_would_be_endless_is_refused_at_once(name: str) -> None:
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(FichierIllisibleError, match=r"trop|forme|abîmé"):
            read(REFUSEES[name], name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert time.process_time() - began < 10
    assert peak < 50_000_000


def test_a_title_merged_over_all_columns_adds_none() -> None:
    content = write_xlsx([["Titre"], ["Commune", "Code"], ["Royan", 17306]], merged=["A1:XFD1"])
    assert read(content, "table.xlsx")[0].rangees == (
        ("Titre", "Titre"),
        ("Commune", "Code"),
        ("Royan", "17306"),
    )
