"""The font of documents, shipped by a pip package."""

from pathlib import Path

import font_source_sans_pro

DOSSIER = Path(font_source_sans_pro.__file__).parent / "files"
FAMILLE = "Source Sans Pro"
