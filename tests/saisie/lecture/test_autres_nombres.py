"""Numbers that are no code of a commune."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.lecture.autres_nombres import est_annee, nature, sans_autres_nombres

COMMUNES = donnees().referentiel.communes


@pytest.mark.parametrize(
    ("texte", "expected"),
    [
        ("31/01/2026", "date"),
        ("2026/01/31", "date"),
        ("01/2026", "date"),
        ("1er janvier 2025", "date"),
        ("8 h 30", "heure"),
        ("08:30", "heure"),
        ("+33 5 46 39 00 00", "téléphone"),
        ("123 456 789 00012", "numéro SIRET"),
        ("170024194", "numéro SIREN ou FINESS"),
        ("1 250,50 €", "montant"),
        ("12,5 %", "pourcentage"),
        ("45.6281, -1.0281", "coordonnées"),
        ("12 km", "mesure"),
        ("19,3 km²", "mesure"),
        ("25 minutes", "mesure"),
        ("https://www.cpts.fr/17306", "adresse web"),
    ],
)
def test_what_is_no_code_is_named(texte: str, expected: str) -> None:
    assert nature(texte) == expected


def test_a_code_beside_its_name_is_never_another_number() -> None:
    for code, nom in COMMUNES["nom"].items():
        for texte in (f"{code}.0", f"n°{code}", f"{code} {nom}", f"{nom} - {code}"):
            assert sans_autres_nombres(texte) == (texte, ())


@given(
    code=st.sampled_from(COMMUNES.index.tolist()),
    before=st.sampled_from(("31/01/2026", "05 46 39 00 00", "12,5 %")),
)
def test_what_is_taken_out_leaves_the_code(code: str, before: str) -> None:
    rest, found = sans_autres_nombres(f"{before} {code}")
    assert (rest.strip(), len(found)) == (code, 1)


@pytest.mark.parametrize(
    ("texte", "expected"), [("1999", True), (" 2025.", False), ("2025 :", True), ("1789", False)]
)
def test_years_are_of_two_centuries(texte: str, *, expected: bool) -> None:
    assert est_annee(texte) == expected
