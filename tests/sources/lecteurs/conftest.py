"""Tiny raw files, and a country of a few communes to read them for."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from cpts_geo.sources.brut import Brut
from cpts_geo.sources.lecteurs.passage import Passage

# Writes a raw file and gives the folder that holds it: text as it stands, or a table as Parquet.
Depose = Callable[[str, str | pd.DataFrame], Brut]


@pytest.fixture
def pays() -> Passage:
    """Two communes, a city of two arrondissements, a commune that took another in, one overseas."""
    return Passage(
        communes=pd.Index(["01001", "01002", "69123", "93066", "97401"], name="code"),
        arrondissements={"69381": "69123", "69382": "69123"},
        anciens={"93059": "93066"},
    )


@pytest.fixture
def populations() -> pd.Series:
    return pd.Series(
        {"01001": 100, "01002": 50, "69123": 400, "69381": 100, "69382": 300, "93066": 1000, "97401": 200}
    )


@pytest.fixture
def depose(tmp_path: Path) -> Depose:
    def write(name: str, content: str | pd.DataFrame) -> Brut:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8-sig")
        else:
            content.to_parquet(path)
        return Brut(tmp_path, tmp_path)

    return write
