"""Putting a new bundle in the place of the former one: all of it, or nothing."""

import shutil
from pathlib import Path

from cpts_geo.sources.erreurs import ErreurSource

MAXIMUM_BYTES = 30_000_000


def refuse_too_large(folder: Path) -> None:
    """Raise `ErreurSource` for a bundle that would weigh on every copy of the project."""
    size = sum(path.stat().st_size for path in folder.iterdir())
    if size > MAXIMUM_BYTES:
        raise ErreurSource(
            f"Le lot de données pèse {size / 1e6:.1f} Mo, plus que {MAXIMUM_BYTES / 1e6:.0f} Mo."
        )


def replace_folder(target: Path, built: Path) -> None:
    """Put `built` (on the same disk) in the place of `target`; on any failure `target` is as before."""
    aside = _aside(target)
    restore_interrupted(target)
    if not target.exists():
        built.rename(target)
        return
    target.rename(aside)
    try:
        built.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def restore_interrupted(target: Path) -> None:
    """Put back what a replacement cut short (by a power failure) had set aside; tidy after one that ended."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    shutil.rmtree(aside, ignore_errors=True)


def replace_text(target: Path, text: str) -> None:
    """Write a text file at once."""
    prepared = target.with_name(f".{target.name}.nouveau")
    prepared.write_text(text, encoding="utf-8")
    prepared.replace(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.precedent")
