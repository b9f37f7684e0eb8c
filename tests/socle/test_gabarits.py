"""What is written in the templates is French; what is put into them stays as it is."""

import pytest

from cpts_geo.socle.gabarits import environnement


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<p>Ici : tout ; rien ! Et ?</p>", "<p>Ici\u00a0: tout\u00a0; rien\u00a0! Et\u00a0?</p>"),
        ("<p>{{ nom }} ; {{ nom }}</p>", "<p>a : b\u00a0; a : b</p>"),
        ("<h1>« {{ nom }} » seul</h1>", "<h1>«\u00a0a : b\u00a0» seul</h1>"),
        ("{% if nom == 'a : b' %}oui{% endif %}", "oui"),
    ],
)
def test_words_of_a_template_have_the_spaces_of_french(source: str, page: str) -> None:
    assert environnement().from_string(source).render(nom="a : b") == page
