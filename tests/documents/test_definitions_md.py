"""docs/definitions.md: up to date, whole, and readable."""

import re

import pytest

from cpts_geo.documents.definitions_md import definitions_md
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.indicateurs.formules import denominateur, formule
from cpts_geo.interface.commande import DEFINITIONS
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.textes import typographie

TEXT = definitions_md(donnees().definitions)
EVERY = pytest.mark.parametrize("item", donnees().catalogue.indicateurs, ids=lambda item: item.code)


def row_of(item: Indicateur) -> str:
    title = f"| {typographie(f'**{item.libelle}**<br>{item.definition}')} | {typographie(item.unite)} |"
    (row,) = (line for line in TEXT.splitlines() if line.startswith(title))
    return row


def under(row: str) -> str:
    """What is told under the table of a row."""
    after = TEXT[TEXT.index(row) :]
    begun = after.index("\n- **Compté**")
    return after[begun : after.index("\n\n", begun)]


def test_the_file_is_up_to_date() -> None:
    written = DEFINITIONS.read_text(encoding="utf-8")
    assert written == TEXT, "python -m cpts_geo definitions"
    assert "(docs/definitions.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


@EVERY
def test_each_indicator_has_its_formula_and_denominator(item: Indicateur) -> None:
    row = row_of(item)
    assert typographie(formule(item)) in row
    assert f"| {typographie(denominateur(item) or '–')} |" in row
    assert row.count(" | ") == 6


@EVERY
def test_each_says_whom_it_counts_when_where_and_what_is_published(item: Indicateur) -> None:
    told = under(row_of(item))
    champ = item.champ
    for text in (champ.compte, champ.sans, champ.millesime, champ.geographie, champ.note):
        assert typographie(text) in told
    assert typographie(item.citation_courte) in told
    assert re.search(r"\*\*Références\*\* : départements", told)
    masked = re.search(r"\*\*Valeurs masquées\*\* : (.+)", told)
    assert masked
    assert (f"de 0 à {item.masque} {item.effectif}" in masked[1]) == bool(item.masque)
    assert (masked[1] == "aucune") == (not item.masque)


def test_every_source_is_told_once_with_its_notes() -> None:
    _, told = TEXT.split("\n## Sources\n")
    for source in {each for f in donnees().definitions for fiche in f.fiches for each in fiche.sources}:
        assert told.count(f"### {typographie(source.jeu)}\n") == 1
        assert all(typographie(note) in told for note in source.notes)


def test_it_reads_as_a_text() -> None:
    assert "{" not in TEXT
    assert not re.search(r"\bnan\b|\bNone\b", TEXT)
    assert len(re.findall(r"^# ", TEXT, re.MULTILINE)) == 1
