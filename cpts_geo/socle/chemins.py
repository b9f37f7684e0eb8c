"""Where the project's own files stand."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "data"
BUNDLE = DATA / "bundle"
DECLARATIONS = DATA / "declarations"
ASSETS = ROOT / "assets"
