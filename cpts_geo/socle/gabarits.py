"""Templates of HTML and SVG: what people typed is always text, and a word that is missing is an error."""

import re
from collections.abc import Iterator

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from cpts_geo.socle.chemins import ASSETS
from cpts_geo.socle.palette import palette

_ORDINARY = re.compile(r" (?=[:;?!»])|(?<=«) ")


class Espaces(Extension):
    """The words of the templates have the spaces of French around their signs, which nobody types."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Give each token, the text between the tags with spaces that part no line."""
        for token in stream:
            text = _ORDINARY.sub("\u00a0", token.value) if token.type == "data" else token.value
            yield Token(token.lineno, token.type, text)


def environnement() -> Environment:
    """The templates of `assets/templates`, which know the palette; each page adds its own filters."""
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "templates"),
        extensions=[Espaces],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["palette"] = palette()
    return environment
