"""The command line: diagnostics of many territories in one run, and the definitions of the indicators.

One territory that fails does not stop the others.
"""

import argparse
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from cpts_geo.analyse import cpts_voisines
from cpts_geo.documents import paquet
from cpts_geo.documents.definitions_md import definitions_md
from cpts_geo.documents.diagnostic import Options, modeles
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.formats import FORMATS
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie import demandes_locales
from cpts_geo.saisie.demandes import AUCUNE_COLONNE, Consignes, Demande, DemandeInvalideError, read
from cpts_geo.saisie.demandes_locales import ConsignesLocales
from cpts_geo.saisie.noms import index_noms
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import pluriel
from cpts_geo.socle.textes import nom_fichier, sans_accents, shorten, typographie

TOUT_FAIT, DES_ECHECS, RIEN, DES_LIGNES_LAISSEES = range(4)
# All the CPTS that are known, in place of their names.
TOUTES = "toutes"
DEFINITIONS = ROOT / "docs" / "definitions.md"
_SHOWN, _LINES_SHOWN = 60, 5
# Beside the files, what went wrong for those who maintain the tool.
_JOURNAL = "erreurs.log"
# A process reads the data before it writes anything: fewer territories than this each are not worth one.
_WORTH = 4
# What argparse says in English otherwise.
_FRANCAIS = {
    "the following arguments are required": "il manque",
    "one of the arguments": "il manque l’une des options",
    " is required": "",
    "invalid choice": "choix inconnu",
    "choose from": "au choix",
    "expected one argument": "une valeur est attendue",
    "expected at least one argument": "au moins une valeur est attendue",
    "unrecognized arguments": "arguments inconnus",
    "invalid int value": "ce n’est pas un nombre entier",
    "argument ": "option ",
}


@dataclass(frozen=True, slots=True)
class Travail:
    """One territory to write, or to say that it cannot be."""

    demande: Demande
    formats: tuple[str, ...]
    docx: Options
    pdf: Options
    dossier: Path
    jour: date
    prefixe: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of a territory: how many files were written, which could not be, or why there is none."""

    nom: str
    fichiers: int
    probleme: str = ""
    messages: tuple[str, ...] = ()
    echecs: tuple[str, ...] = ()


def told(demandes: Sequence[Demande], *, tout: bool) -> Iterator[str]:
    """In French, how files were read and which of their lines were left out: all of them, or the first."""
    for demande in demandes:
        if demande.lecture:
            yield f"Lecture\u00a0: {demande.lecture}."
        shown = demande.laissees if tout else demande.laissees[:_LINES_SHOWN]
        for each in shown:
            text = f" «\u00a0{shorten(each.texte, _SHOWN)}\u00a0»" if each.texte else ""
            line = f"{shorten(demande.nom, _SHOWN)}, ligne {each.numero}{text}"
            yield f"{line} laissée de côté\u00a0: {each.mention}."
        if demande.en_partie:
            named = shorten(demande.nom, _SHOWN)
            yield f"{named}, communes couvertes en partie, laissées de côté\u00a0: {demande.en_partie}."
        if len(shown) < len(demande.laissees):
            rest = pluriel(len(demande.laissees) - len(shown), "autre ligne", "autres lignes")
            yield f"{rest} de côté\u00a0; --ignorer-inconnues les donne toutes."


class _Parser(argparse.ArgumentParser):
    """A parser that explains itself in French."""

    def error(self, message: str) -> None:  # type: ignore[override]
        for english, french in _FRANCAIS.items():
            message = message.replace(english, french)
        sys.stderr.write(f"{self.format_usage()}Erreur\u00a0: {message}.\n")
        raise SystemExit(RIEN)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when all is done, 1 when something failed, 2 when nothing could be done, 3 when all is written but
        lines of the files given were left out.
    """
    options = _parser().parse_args(arguments)
    try:
        done: int = options.run(options)
    except (DemandeInvalideError, OSError) as error:
        sys.stderr.write(f"Erreur\u00a0: {error}\n")
        return RIEN
    return done


def write(travaux: Sequence[Travail], processus: int = 1) -> Iterator[Issue]:
    """Write every territory, one after the other or by this many processes, in order."""
    if processus <= 1:
        yield from map(write_one, travaux)
        return
    # Each process reads the data by itself: a copy of this one would share the threads of its libraries.
    with ProcessPoolExecutor(processus, mp_context=get_context("spawn")) as workers:
        yield from workers.map(write_one, travaux)


def write_one(travail: Travail) -> Issue:
    """Write the files of one territory; whatever goes wrong is told, and stops nothing else."""
    demande = travail.demande
    if demande.projet is None:
        return Issue(demande.nom, 0, demande.probleme)
    try:
        opened = Dossier.open_projet(demande.projet, travail.jour, donnees())
        with _journal(travail.dossier):
            made = paquet.export(opened, travail.formats, travail.docx, travail.pdf)
        for name, content in made.fichiers.items():
            (travail.dossier / f"{travail.prefixe}{name}").write_bytes(content)
    except Exception as error:  # noqa: BLE001 - the other territories must be written all the same
        return Issue(demande.nom, 0, str(error) or type(error).__name__)
    if made.echecs and not made.fichiers:
        return Issue(demande.nom, 0, " ".join(made.echecs), made.messages)
    return Issue(demande.nom, len(made.fichiers), messages=made.messages, echecs=made.echecs)


@contextmanager
def _journal(folder: Path) -> Iterator[None]:
    """Keep what the library logs in a file of this folder, which is made when there is something to keep."""
    handler = logging.FileHandler(folder / _JOURNAL, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    logger = logging.getLogger(paquet.__package__)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def travaux(options: argparse.Namespace, demandes: Sequence[Demande], jour: date) -> list[Travail]:
    """One piece of work by territory; those whose files would have one name are told apart by a number."""
    seen: dict[str, int] = {}
    made = []
    docx, pdf = (
        Options(modele, cartes=not options.sans_cartes, graphiques=not options.sans_graphiques)
        for modele in (options.modele, options.modele_pdf)
    )
    for demande in demandes:
        name = nom_fichier("", demande.nom, jour, "")
        seen[name] = seen.get(name, 0) + 1
        made.append(
            Travail(
                demande=demande,
                formats=options.format,
                docx=docx,
                pdf=pdf,
                dossier=options.out,
                jour=jour,
                prefixe=f"{seen[name]}-" if seen[name] > 1 else "",
            )
        )
    return made


def _diagnostic(options: argparse.Namespace) -> int:
    reference = donnees().referentiel
    consignes = Consignes(options.nom, options.ignorer_inconnues, options.colonne_cpts)
    asked = [demande for text in options.communes for demande in read(text, reference, consignes)]
    asked += [_existing(nom) for nom in _wanted(options.cpts)]
    asked, locales = _with_locales(options, asked)
    for message in (*told(asked, tout=options.ignorer_inconnues), *locales):
        sys.stderr.write(f"{message}\n")
    options.out.mkdir(parents=True, exist_ok=True)
    work = travaux(options, asked, datetime.now().astimezone().date())
    bar = tqdm(
        write(work, min(options.processus, len(work) // _WORTH)),
        total=len(work),
        desc="Diagnostics",
        unit="territoire",
        disable=None if len(work) > 1 else True,
        bar_format="{desc} {n_fmt}/{total_fmt} {bar} {elapsed}, reste {remaining}",
    )
    done = _report(list(bar), options.out)
    left = locales or any(demande.laissees or demande.en_partie for demande in asked)
    return DES_LIGNES_LAISSEES if done == TOUT_FAIT and left else done


def _wanted(noms: Sequence[str]) -> Sequence[str]:
    return donnees().cpts.noms if TOUTES in noms else noms


def _existing(nom: str) -> Demande:
    """The CPTS of this name, among those that exist already, however its letters are typed."""
    known = {_typed(each): each for each in donnees().cpts.noms}
    if _typed(nom) not in known:
        return Demande(nom, probleme=f"Cette CPTS n’est pas connue. {cpts_voisines.connues(donnees())}")
    found = known[_typed(nom)]
    return Demande(found, Projet.nouveau(Territoire(found, donnees().cpts.communes(found))))


def _typed(nom: str) -> str:
    return sans_accents(typographie(nom))


def _with_locales(options: argparse.Namespace, asked: Sequence[Demande]) -> tuple[list[Demande], list[str]]:
    """The territories with the local figures that are given, and what was left out of them."""
    if options.donnees_locales is None:
        return list(asked), []
    consignes = ConsignesLocales(
        options.source_locale, options.date_locale, options.annee_locale, tuple(options.lignes_locales)
    )
    chiffres = demandes_locales.read(options.donnees_locales, index_noms(donnees().referentiel), consignes)
    sys.stderr.write(f"Données locales\u00a0: {chiffres.lecture}.\n")
    completed = [demandes_locales.complete(demande, chiffres) for demande in asked]
    without = [
        f"{shorten(demande.nom, _SHOWN)}\u00a0: aucune de ses communes n’est dans les données locales."
        for demande, taken in completed
        if demande.projet is not None and taken is None
    ]
    taken = [importation for _, importation in completed if importation is not None]
    return [demande for demande, _ in completed], [*without, *demandes_locales.left_out(taken)]


def _definitions(options: argparse.Namespace) -> int:
    options.out.write_text(definitions_md(donnees().definitions), encoding="utf-8")
    sys.stdout.write(f"Définitions écrites dans {options.out}.\n")
    return TOUT_FAIT


def _report(issues: Iterable[Issue], out: Path) -> int:
    done: list[Issue] = []
    failed: list[Issue] = []
    for issue in issues:
        (failed if issue.probleme else done).append(issue)
        for message in (*issue.echecs, *issue.messages):
            sys.stderr.write(f"{shorten(issue.nom, _SHOWN)}\u00a0: {message}\n")
    files = pluriel(sum(issue.fichiers for issue in done), "fichier écrit", "fichiers écrits")
    sys.stdout.write(f"{pluriel(len(done), 'territoire')}, {files} dans {out}.\n")
    if (out / _JOURNAL).exists():
        sys.stderr.write(f"Le détail de ce qui n’a pas pu être fait est dans {out / _JOURNAL}.\n")
    for issue in failed:
        sys.stderr.write(f"Échec\u00a0: {shorten(issue.nom, _SHOWN)}. {issue.probleme}\n")
    if not failed and not any(issue.echecs for issue in done):
        return TOUT_FAIT
    return DES_ECHECS if done else RIEN


# ---- Arguments ------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m cpts_geo", description="Diagnostics de territoires de CPTS.")
    commands = parser.add_subparsers(required=True, metavar="diagnostic|definitions", dest="commande")
    _add_diagnostic(
        commands.add_parser("diagnostic", help="écrit le diagnostic d’un ou de plusieurs territoires")
    )
    told = commands.add_parser(
        "definitions", help="écrit les définitions des indicateurs (docs/definitions.md)"
    )
    told.add_argument("--out", type=Path, default=DEFINITIONS, metavar="FICHIER", help="fichier à écrire")
    told.set_defaults(run=_definitions)
    return parser


def _add_diagnostic(command: argparse.ArgumentParser) -> None:
    command.set_defaults(run=_diagnostic)
    territoires = command.add_mutually_exclusive_group(required=True)
    territoires.add_argument(
        "--cpts",
        nargs="+",
        default=(),
        metavar="NOM",
        help="noms de CPTS qui existent déjà, en Provence-Alpes-Côte d’Azur seulement, "
        f"ou «\u00a0{TOUTES}\u00a0»",
    )
    territoires.add_argument(
        "--communes",
        nargs="+",
        default=(),
        metavar="FICHIER|CODES|LIEN",
        help="liste de communes (texte, CSV, Excel, LibreOffice, zip), périmètre (GeoJSON, GeoPackage, KML, "
        "shapefile zippé), projet sauvegardé (.json), dossier de "
        "tels fichiers, codes Insee séparés par des virgules, ou lien partagé\u00a0; un tableau qui a une "
        "colonne CPTS ou territoire donne un diagnostic par valeur",
    )
    command.add_argument(
        "--format",
        type=_formats,
        default=("docx", "pdf"),
        metavar="docx,pdf,…",
        help=f"formats séparés par des virgules\u00a0: {', '.join(FORMATS)} (docx,pdf)",
    )
    command.add_argument("--out", type=Path, required=True, metavar="DOSSIER", help="dossier où écrire")
    command.add_argument(
        "--donnees-locales",
        type=Path,
        metavar="FICHIER",
        help="tableau de chiffres par commune à joindre aux diagnostics (CSV, Excel, LibreOffice)",
    )
    command.add_argument("--source-locale", default="", metavar="TEXTE", help="d’où viennent ces chiffres")
    command.add_argument("--date-locale", default="", metavar="TEXTE", help="la date de ces chiffres")
    command.add_argument(
        "--annee-locale", default="", metavar="ANNÉE", help="l’année à prendre, s’il y en a plusieurs"
    )
    command.add_argument(
        "--lignes-locales",
        action="append",
        default=[],
        metavar="COLONNE=VALEUR",
        help="les lignes à prendre, s’il y en a plusieurs par commune (Sexe=Ensemble)",
    )
    command.add_argument("--nom", default="", help="nom du territoire, à la place de celui qui est lu")
    command.add_argument("--modele", choices=list(modeles()), default="projet_sante", help="modèle du DOCX")
    command.add_argument("--modele-pdf", choices=list(modeles()), default="rapport", help="modèle du PDF")
    command.add_argument("--sans-cartes", action="store_true", help="sans les cartes, plus vite")
    command.add_argument("--sans-graphiques", action="store_true", help="sans les graphiques, plus vite")
    command.add_argument(
        "--ignorer-inconnues",
        action="store_true",
        help="laisse de côté les lignes non reconnues, et les donne toutes",
    )
    command.add_argument(
        "--colonne-cpts",
        default="",
        metavar="NOM",
        help="la colonne d’un tableau qui nomme les territoires, quand son en-tête ne le dit pas\u00a0; "
        f"«\u00a0{AUCUNE_COLONNE}\u00a0» s’il n’en décrit qu’un",
    )
    command.add_argument(
        "--processus",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="territoires écrits à la fois (autant que de cœurs)",
    )


def _formats(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(each.strip().lower() for each in text.split(",") if each.strip()))
    unknown = [each for each in asked if each not in FORMATS]
    if unknown or not asked:
        raise argparse.ArgumentTypeError(
            f"format inconnu\u00a0: {', '.join(unknown) or 'aucun'} (formats\u00a0: {', '.join(FORMATS)})"
        )
    return asked
