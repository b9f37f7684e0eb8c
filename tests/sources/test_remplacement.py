"""A folder is replaced as a whole, or not at all."""

from pathlib import Path

import pytest

from cpts_geo.sources import remplacement
from cpts_geo.sources.erreurs import ErreurSource
from cpts_geo.sources.remplacement import refuse_too_large, replace_folder, restore_interrupted


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "table.parquet").write_text(text)
    return path


def content(path: Path) -> str:
    return (path / "table.parquet").read_text()


def test_new_folder_takes_the_place(tmp_path: Path) -> None:
    target, built = folder(tmp_path / "bundle", "former"), folder(tmp_path / "x" / "bundle", "new")
    replace_folder(target, built)
    assert content(target) == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "x"]


def test_first_folder_needs_no_former_one(tmp_path: Path) -> None:
    replace_folder(tmp_path / "bundle", folder(tmp_path / "x" / "bundle", "new"))
    assert content(tmp_path / "bundle") == "new"


@pytest.mark.parametrize("failure", [OSError("disque plein"), KeyboardInterrupt()])
def test_failure_in_the_middle_leaves_the_former_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    target, built = folder(tmp_path / "bundle", "former"), folder(tmp_path / "x" / "bundle", "new")
    rename = Path.rename

    def fail(path: Path, other: Path) -> Path:
        if path == built:
            raise failure
        return rename(path, other)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(type(failure)):
        replace_folder(target, built)
    assert content(target) == "former"
    assert not (tmp_path / ".bundle.precedent").exists()


def test_what_a_power_failure_set_aside_is_put_back(tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    folder(tmp_path / ".bundle.precedent", "former")
    restore_interrupted(target)
    assert content(target) == "former"


def test_leftover_of_a_replacement_that_ended_is_tidied(tmp_path: Path) -> None:
    target = folder(tmp_path / "bundle", "new")
    folder(tmp_path / ".bundle.precedent", "former")
    restore_interrupted(target)
    assert content(target) == "new"
    assert not (tmp_path / ".bundle.precedent").exists()


def test_bundle_must_stay_light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = folder(tmp_path / "bundle", "x" * 100)
    refuse_too_large(built)
    monkeypatch.setattr(remplacement, "MAXIMUM_BYTES", 99)
    with pytest.raises(ErreurSource, match="pèse"):
        refuse_too_large(built)
