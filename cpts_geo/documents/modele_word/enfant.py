"""The process that fills one template: bytes come in, bytes go out, and it can open nothing in between."""

import codecs
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from cpts_geo.documents.modele_word import document
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, refus
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles

# What a running program asks of the machine, by the names that Python gives to it.
_INTERDITS = ("open", "os.", "socket.", "subprocess.", "shutil.", "ctypes.", "mmap.", "winreg.", "_winapi.")
# Read from files when first met, which is then too late: names in an archive, texts between quotes, XML.
_ALPHABETS = ("cp437", "ascii", "unicode_escape", "utf-8", "utf-16", "iso-8859-1", "cp1252")
_TROP_DE_MEMOIRE = "Remplir ce modèle demande trop de mémoire\u00a0: allégez-le."


def execute(asked: BinaryIO, answered: BinaryIO) -> None:
    """Fill the template that is asked for, within the limits, and answer."""
    demande = DemandeRemplissage.read(asked)
    _lock_up()
    try:
        answer = document.fill_fields(demande).write()
    except ModeleRefuseError as error:
        answer = refus(str(error))
    except MemoryError:
        answer = refus(_TROP_DE_MEMOIRE)
    answered.write(answer)
    answered.flush()


def _lock_up() -> None:
    """From here on this process opens and starts nothing, and has its share of memory and time."""
    import_module("jinja2.debug")  # jinja loads it at its first error
    for each in _ALPHABETS:
        codecs.lookup(each)
    limites = regles().limites
    _limit(limites.memoire_au_plus, limites.secondes_processeur_au_plus)
    sys.addaudithook(_refuse)


def _limit(memory: int, seconds: int) -> None:
    """Limits that the system holds, where it has them; elsewhere those of the caller remain."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 — Windows has none

        for kind, most, at_last in (
            (resource.RLIMIT_AS, memory, memory),
            # At the first the process is told why it ends, which is how the caller can say it.
            (resource.RLIMIT_CPU, seconds, seconds + 1),
            (resource.RLIMIT_FSIZE, 0, 0),
            (resource.RLIMIT_CORE, 0, 0),
            (resource.RLIMIT_NOFILE, 3, 3),
        ):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, at_last))


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_INTERDITS):
        raise PermissionError(event)


if __name__ == "__main__":
    execute(sys.stdin.buffer, sys.stdout.buffer)
