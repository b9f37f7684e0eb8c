"""Files of every form, damaged or made to harm: `python -m tests.outils.fichiers_hostiles --fichiers 10000`.

Each is read in a process of its own batch, then as the pages do: as a list, as territories, as local figures.
What takes the process down is told too.
"""

import argparse
import io
import random
import resource
import struct
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.saisie.chiffres.table import Prise
from cpts_geo.saisie.chiffres_locaux import import_chiffres, propose, read_table
from cpts_geo.saisie.fichiers.tableur import read
from cpts_geo.saisie.lecture.ligne import Lecteur
from cpts_geo.saisie.liste import bring_together
from cpts_geo.saisie.noms import index_noms
from cpts_geo.saisie.rangees import Feuille
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables import territoires
from tests.outils.formats_de_tables import CLASSEURS

# The first cell is merged with those below.
_ROWS = [
    ("CPTS", "Commune", "Code Insee", "Part"),
    *(
        (None if 1 <= rank < 8 else "CPTS des Rives", f"Épargnes {rank}", 17000 + rank, rank / 8)
        for rank in range(60)
    ),
]
_BATCH = 250
_LONGEST = 60
_NUMBERS = (b"0", b"-1", b"16384", b"1048577", b"99999999", b"4294967295", b"+5", b"1e9", b"")

Mutation = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Essai:
    """What came of a file: `erreur` is what should never come, empty if it was read or refused in French."""

    graine: int
    nom: str
    secondes: float
    lu: bool
    erreur: str


@cache
def valid_files() -> dict[str, bytes]:
    """A table in each form, by a name of file."""
    text = "\n".join(";".join(map(str, row)) for row in _ROWS)
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _ROWS)
    files = {
        f"table.{kind}": write(_ROWS, hidden=(5, 6), merged=("A2:A9",)) for kind, write in CLASSEURS.items()
    }
    files |= {
        "cp1252.csv": text.encode("cp1252"),
        "utf-16.csv": text.encode("utf-16"),
        "page.xls": f"<html><table>{lines}</table></html>".encode(),
    }
    return files | {"tables.zip": _zipped(files)}


def hostile(graine: int) -> tuple[str, bytes]:
    """A valid file damaged once to three times, always alike for the same seed."""
    chance = random.Random(graine)  # noqa: S311 - drawn again alike
    name, content = chance.choice(list(valid_files().items()))
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(_MUTATIONS)(content, chance)
    return name, content


def tried(graine: int) -> Essai:
    """Read the file of a seed."""
    name, content = hostile(graine)
    began = time.perf_counter()
    is_read, error = False, ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = read(content, name)
            is_read = bool(sheets)
            _as_pages_do(sheets)
    except SaisieRefuseeError:
        pass
    except BaseException as raised:  # noqa: BLE001 - a panic of a reader is no Exception
        error = f"{type(raised).__name__}: {raised}"[:300]
    return Essai(graine, name, time.perf_counter() - began, is_read, error)


def _as_pages_do(sheets: tuple[Feuille, ...]) -> None:
    index = index_noms(donnees().referentiel)
    lecteur = Lecteur(index)
    opened = territoires.open_sheets(sheets, lecteur)
    for part in territoires.read(opened, lecteur).parts:
        bring_together(part.lignes, index)
    for lue in opened:
        if lue.plan is not None:
            table = read_table(lue, index)
            import_chiffres(table, Prise(propose(table, "CPAM", "2024"), communes={"17306"}))


# ---- Damages ----------------------------------------------------------------------------------------------


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(min(len(changed), chance.choice((1, 4, 30)))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.choice((2, 40, 2000))]
    return content[:start] + piece * chance.choice((2, 5, 50)) + content[start:]


def _extreme(content: bytes, chance: random.Random) -> bytes:
    """A number of a binary file, or the digits of a text, become another."""
    if len(content) < struct.calcsize("<I"):
        return content
    changed = bytearray(content)
    packed = struct.pack("<I", chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)))
    size = chance.choice((1, 2, 4))
    start = chance.randrange(len(content) - size + 1)
    changed[start : start + size] = packed[:size]
    return bytes(changed)


def _digits(content: bytes, chance: random.Random) -> bytes:
    """What is written between quotes, in a part of text, becomes a number that may have no sense."""
    quotes = [rank for rank, byte in enumerate(content[:200_000]) if byte == ord('"')]
    if len(quotes) < 2:
        return _flip(content, chance)
    rank = chance.randrange(len(quotes) - 1)
    return content[: quotes[rank] + 1] + chance.choice(_NUMBERS) + content[quotes[rank + 1] :]


def _in_a_part(content: bytes, chance: random.Random) -> bytes:
    """A part of an archive is damaged, and the archive written well: readers see the damage."""
    parts = _parts(content)
    if not parts:
        return _digits(content, chance)
    name = chance.choice(list(parts))
    damage = chance.choice((_flip, _truncate, _repeat, _digits, _digits, _in_a_part))
    return _zipped(parts | {name: damage(parts[name], chance)})


def _swap(content: bytes, chance: random.Random) -> bytes:
    """Two parts of an archive take the place of each other, or one is lost."""
    parts = _parts(content)
    if len(parts) < 2:
        return _extreme(content, chance)
    one, other = chance.sample(list(parts), 2)
    if chance.random() < 0.3:
        return _zipped({name: part for name, part in parts.items() if name != one})
    return _zipped(parts | {one: parts[other], other: parts[one]})


_MUTATIONS: tuple[Mutation, ...] = (_flip, _truncate, _repeat, _extreme, _in_a_part, _in_a_part, _swap)


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # noqa: BLE001 - damaged already
        return {}


def _zipped(parts: dict[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return saved.getvalue()


# ---- From the command line --------------------------------------------------------------------------------


def _batch(graines: range) -> tuple[list[Essai], int]:
    """What came of the files, and the most memory that the process took, in kilobytes."""
    return [tried(graine) for graine in graines], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _run(first: int, count: int) -> Iterator[tuple[list[Essai], int]]:
    for start in range(first, first + count, _BATCH):
        graines = range(start, min(start + _BATCH, first + count))
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                yield pool.submit(_batch, graines).result(timeout=_LONGEST * 10)
            except (BrokenProcessPool, TimeoutError) as error:
                yield [Essai(start, f"{graines}", 0.0, lu=False, erreur=repr(error))], 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fichiers", type=int, default=10_000)
    parser.add_argument("--graine", type=int, default=0)
    asked = parser.parse_args()
    essais: list[Essai] = []
    memory = 0
    for batch, peak in _run(asked.graine, asked.fichiers):
        essais += batch
        memory = max(memory, peak)
    wrong = [essai for essai in essais if essai.erreur]
    slowest = sorted(essais, key=lambda essai: -essai.secondes)[:5]
    print(f"{len(essais)} files, {sum(essai.lu for essai in essais)} read, {len(wrong)} wrong")  # noqa: T201
    print(f"peak memory: {memory / 1024:.0f} MB")  # noqa: T201
    print(*(f"slow: {essai}" for essai in slowest), *wrong, sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
