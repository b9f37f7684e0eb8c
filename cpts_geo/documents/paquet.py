"""Everything that can be taken away: the files of a diagnostic, by name, one by one or in an archive."""

import logging
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TypeVar

from cpts_geo.documents import diagnostic
from cpts_geo.documents.diagnostic import Options, Suivi
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.formats import FORMATS, named

Fait = TypeVar("Fait")
_LOG = logging.getLogger(__name__)
_ECHEC = (
    "{nom}\u00a0: ce fichier n’a pas pu être fait{suite}. Le détail est dans le journal de l’application."
)
_SANS_CARTE = "Aucune commune de ce territoire n’a de contour\u00a0: il n’y a pas de carte à enregistrer."
# An archive of the same files is the same archive.
_JOUR_ARCHIVE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paquet:
    """Files by name, and what to tell the person, in French; `echecs` says what could not be made."""

    fichiers: dict[str, bytes]
    messages: tuple[str, ...] = ()
    echecs: tuple[str, ...] = ()


def export(
    dossier: Dossier, formats: Sequence[str], docx: Options, pdf: Options, suivre: Suivi | None = None
) -> Paquet:
    """Make the files of these formats; "zip" alone takes all formats.

    A format that fails is said, and stops no other.

    Args:
        dossier: the project and the data.
        formats: codes of `formats.FORMATS`.
        docx: the template of the Word document.
        pdf: the template of the PDF.
        suivre: told how far the work is, from 0 to 1, and what is being done, in French.

    Raises:
        KeyError: there is no such format or template.
    """
    asked = _asked(formats)
    _known(asked, docx, pdf)
    files: dict[str, bytes] = {}
    failed = []
    for rank, code in enumerate(asked):
        step = partial(_told, suivre, rank, len(asked), FORMATS[code].nom)
        step(0.0, "")
        made = attempt(
            FORMATS[code].nom, partial(_files, code, dossier, pdf if code == "pdf" else docx, step)
        )
        files |= made or {}
        failed += [code] if made is None else []
    messages = (_SANS_CARTE,) if _undrawn(asked, failed, files) else ()
    rest = "\u00a0; les autres sont prêts" if files else ""
    if "zip" in formats and files:
        files = {named("diagnostic", dossier, "zip"): archive(files)}
    return Paquet(files, messages, tuple(_ECHEC.format(nom=FORMATS[code].nom, suite=rest) for code in failed))


def attempt(quoi: str, faire: Callable[[], Fait]) -> Fait | None:
    """What this makes, or None when it fails: why is told to the log, not to the person."""
    try:
        return faire()
    except Exception:  # noqa: BLE001 - whatever a writer meets, the other files must reach the person
        _LOG.exception("%s", quoi)
        return None


def archive(fichiers: Mapping[str, bytes]) -> bytes:
    """One ZIP of these files."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in fichiers.items():
            held.writestr(zipfile.ZipInfo(name, _JOUR_ARCHIVE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _asked(formats: Sequence[str]) -> list[str]:
    """The formats to make, an archive having the project too."""
    asked = [each for each in dict.fromkeys(formats) if each != "zip"]
    if "zip" in formats and not asked:
        return [code for code, each in FORMATS.items() if each.write is not None]
    return [*asked, "projet"] if "zip" in formats and "projet" not in asked else asked


def _known(asked: Sequence[str], *options: Options) -> None:
    """Refuse what nobody declared: that is a fault of the caller, not of a writer."""
    for code in asked:
        FORMATS[code]
    for each in options:
        diagnostic.modeles()[each.modele]


def _undrawn(asked: Sequence[str], failed: Sequence[str], files: Mapping[str, bytes]) -> bool:
    wanted = "png" in asked and "png" not in failed
    return wanted and not any(name.endswith(".png") for name in files)


def _files(code: str, dossier: Dossier, options: Options, step: Suivi) -> dict[str, bytes]:
    write = FORMATS[code].write
    return {} if write is None else dict(write(dossier, options, step))


def _told(suivre: Suivi | None, rank: int, count: int, nom: str, part: float, what: str) -> None:  # noqa: PLR0913, PLR0917 - of one step
    if suivre is not None:
        suivre((rank + part) / count, f"{nom}\u00a0: {what[:1].lower()}{what[1:]}" if what else nom)
