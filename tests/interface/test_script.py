"""The address of the script of the map: the same as long as the script is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpts_geo.interface import script


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "carte.js").write_text("export const a = 1;\n", encoding="utf-8")
    (tmp_path / "vue.js").write_text("export const b = 1;\n", encoding="utf-8")
    monkeypatch.setattr(script, "DOSSIER", tmp_path)
    script.adresse.cache_clear()
    yield tmp_path
    script.adresse.cache_clear()


def now() -> str:
    script.adresse.cache_clear()
    return script.adresse()


def test_the_address_is_the_same_while_the_script_is(dossier: Path) -> None:
    before = now()
    content = (dossier / "vue.js").read_bytes()
    (dossier / "vue.js").unlink()
    (dossier / "vue.js").write_bytes(content)
    assert now() == before


def test_any_change_of_any_module_changes_the_address(dossier: Path) -> None:
    seen = {now()}
    (dossier / "vue.js").write_text("export const b = 2;\n", encoding="utf-8")
    seen.add(now())
    (dossier / "vue.js").rename(dossier / "vues.js")
    seen.add(now())
    (dossier / "zones.js").touch()
    seen.add(now())
    assert len(seen) == 4


def test_a_running_server_keeps_its_address(dossier: Path) -> None:
    before = script.adresse()
    (dossier / "vue.js").write_text("export const b = 2;\n", encoding="utf-8")
    assert script.adresse() == before
