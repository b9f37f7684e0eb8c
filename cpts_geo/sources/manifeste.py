"""The manifest of the bundle, and data/SOURCES.md that is generated from it."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined

from cpts_geo.socle.nombres import decimal, entier, pourcent
from cpts_geo.sources.brut import sha256
from cpts_geo.sources.declaration import Source
from cpts_geo.sources.lecteurs.secret import SUFFIX

TEMPLATE = """\
# Sources des données

Ce fichier est produit par `python -m cpts_geo.sources build` ; ne le modifiez pas à la main.
Les chiffres viennent des jeux publics ci-dessous, sélectionnés, contrôlés et rapportés aux {{ communes }}
communes et arrondissements municipaux d'aujourd'hui (code officiel géographique 2026).
{{ controles }} totaux publiés sont vérifiés à chaque construction.

La couverture est la part de la population qui vit là où le chiffre est exactement connu, de la colonne la
moins couverte à la mieux couverte.

| Source | Producteur | Millésime | Licence | Lignes | Population couverte |
| --- | --- | --- | --- | ---: | ---: |
{% for source in sources -%}
| {{ source.jeu }} | {{ source.producteur }} | {{ source.millesime }} | {{ source.licence }} | \
{{ source.lignes | entier }} | {{ source.couverture | etendue }} |
{% endfor %}
{% for source in sources %}
## {{ source.jeu }}

- Producteur : {{ source.producteur }}{% if source.adresse %} ({{ source.adresse }}){% endif +%}
- Millésime : {{ source.millesime }} ; géographie : {{ source.geographie }}
- Licence : {{ source.licence }}
{% for note in source.notes -%}
- {{ note }}
{% endfor -%}
{% for fichier in source.fichiers -%}
- Fichier d'origine : `{{ fichier.nom }}`, SHA-256 `{{ fichier.sha256 }}`
{% endfor -%}
{% endfor %}"""


def source_entry(
    source: Source, table: pd.DataFrame, populations: pd.Series, mots: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Manifest entry of one source: identity, raw files, rows kept, population covered.

    Rows kept are those that bear something. Coverage is None for a table that is not by commune. `mots` are
    what was found in the data, that the notes name between braces.
    """
    found = dict(mots or {})
    return {
        **dict(source.citee),
        "notes": [note.format_map(found) for note in source.citee.notes],
        "mots": [list(each) for each in found.items()],
        "fichiers": [asdict(fichier) for fichier in source.fichiers],
        "lignes": int(table.notna().any(axis=1).sum()),
        "couverture": _coverage(table, populations) if table.index.equals(populations.index) else None,
    }


def _coverage(table: pd.DataFrame, populations: pd.Series) -> list[float]:
    """Smallest and largest share (%) of the population that a column covers."""
    values = table[[column for column in table.columns if not column.endswith(SUFFIX)]]
    shares = 100 * values.notna().mul(populations, axis=0).sum() / populations.sum()
    return [round(float(shares.min()), 1), round(float(shares.max()), 1)]


def manifest(entries: list[dict[str, Any]], folder: Path, controles: int, communes: int) -> dict[str, Any]:
    """The whole manifest: sources, files of the bundle with their hash, number of checks."""
    files = {path.name: sha256(path) for path in sorted(folder.glob("*.parquet"))}
    return {"communes": communes, "controles": controles, "sources": entries, "fichiers": files}


def sources_markdown(content: Mapping[str, Any]) -> str:
    """Text of data/SOURCES.md, in French."""
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701
    environment.filters["entier"] = entier
    environment.filters["etendue"] = _range
    values = {**content, "communes": entier(content["communes"])}
    return environment.from_string(TEMPLATE).render(values).rstrip() + "\n"


def _range(coverage: list[float] | None) -> str:
    if coverage is None:
        return "–"
    low, high = coverage
    return pourcent(high) if low == high else f"{decimal(low)} à {pourcent(high)}"
