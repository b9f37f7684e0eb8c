"""The manifest of the bundle, and data/SOURCES.md that is generated from it."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined

from cpts_geo.nombres import decimal, entier
from cpts_geo.sources.brut import sha256
from cpts_geo.sources.declaration import Source

TEMPLATE = """\
# Sources des données

Ce fichier est produit par `python -m cpts_geo.sources build` ; ne le modifiez pas à la main.
Les figures viennent des jeux publics ci-dessous, sélectionnées, contrôlées et rapportées aux {{ communes }}
communes d'aujourd'hui (code officiel géographique 2026). {{ controles }} totaux publiés sont vérifiés à
chaque construction.

| Source | Producteur | Millésime | Licence | Lignes | Communes renseignées | Population couverte |
| --- | --- | --- | --- | ---: | ---: | ---: |
{% for source in sources -%}
| {{ source.jeu }} | {{ source.producteur }} | {{ source.millesime }} | {{ source.licence }} | \
{{ source.lignes | entier }} | {{ source.communes | entier }} | {{ source.population_couverte | part }} |
{% endfor %}
{% for source in sources %}
## {{ source.jeu }}

- Producteur : {{ source.producteur }} ({{ source.adresse }})
- Millésime : {{ source.millesime }} ; géographie : {{ source.geographie }}
- Licence : {{ source.licence }}
{% for note in source.notes -%}
- {{ note }}
{% endfor -%}
{% for fichier in source.fichiers -%}
- Fichier d'origine : `{{ fichier.nom }}`, SHA-256 `{{ fichier.sha256 }}`
{% endfor -%}
{% endfor %}"""


def source_entry(source: Source, table: pd.DataFrame, populations: pd.Series) -> dict[str, Any]:
    """Manifest entry of one source: identity, raw files, rows kept, communes and population covered.

    A table that is not by commune covers none: its coverage is left out (None).
    """
    by_commune = table.index.name == "code" and table.index.equals(populations.index)
    covered = populations[table.notna().any(axis=1)] if by_commune else None
    return {
        "code": source.code,
        "producteur": source.producteur,
        "jeu": source.jeu,
        "millesime": source.millesime,
        "licence": source.licence,
        "adresse": source.adresse,
        "geographie": source.geographie,
        "notes": list(source.notes),
        "fichiers": [asdict(fichier) for fichier in source.fichiers],
        "lignes": len(table) if covered is None else len(covered),
        "communes": None if covered is None else len(covered),
        "population_couverte": None
        if covered is None
        else round(100 * float(covered.sum() / populations.sum()), 2),
    }


def manifest(entries: list[dict[str, Any]], folder: Path, controles: int, communes: int) -> dict[str, Any]:
    """The whole manifest: sources, files of the bundle with their hash, number of checks."""
    files = {path.name: sha256(path) for path in sorted(folder.glob("*.parquet"))}
    return {"communes": communes, "controles": controles, "sources": entries, "fichiers": files}


def sources_markdown(content: Mapping[str, Any]) -> str:
    """Text of data/SOURCES.md, in French."""
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701
    environment.filters["entier"] = lambda value: "–" if value is None else entier(value)
    environment.filters["part"] = lambda value: "–" if value is None else f"{decimal(value, 1)} %"
    values = {**content, "communes": entier(content["communes"])}
    return environment.from_string(TEMPLATE).render(values).rstrip() + "\n"
