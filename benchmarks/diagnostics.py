"""How long the documents take: `python -m benchmarks.diagnostics [--processus N] [--court]`.

One territory of 150 communes, then a hundred EPCI by the command line's own function, in one run, by as many
processes as asked (as many as there are cores, as the command line does). `--court` makes each document once,
and those of four EPCI: just enough to know that it can be measured.
"""

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.etapes import etape
from cpts_geo.documents import diagnostic, formats, pdf_diagnostic
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.commande import Travail, write
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.demandes import Demande
from tests.outils.dossiers import GRAND

DIAGNOSTICS, ESSAIS = 100, 3
DIAGNOSTICS_COURT, ESSAIS_COURT = 4, 1
# No machine is so slow: more than this, in seconds, is waited for in vain.
UN_DOCUMENT_S, UN_LOT_S = 60, 600


def main() -> None:
    """Measure, and print in French."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--court", action="store_true", help="just enough to know that it can be measured")
    parser.add_argument("--processus", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    diagnostics, essais = (DIAGNOSTICS_COURT, ESSAIS_COURT) if arguments.court else (DIAGNOSTICS, ESSAIS)
    measure_documents(essais)
    measure_command(diagnostics, arguments.processus)


def measure_documents(essais: int) -> None:
    """Print how long a large territory takes in each format."""
    print(f"Un territoire de {len(GRAND)} communes, cartes et graphiques compris :")
    for nom, make in (("DOCX", docx), ("PDF", pdf)):
        with etape(f"un document, {nom}", UN_DOCUMENT_S * (essais + 1)):
            print(f"  {nom} {best(partial(make, GRAND), essais):.2f} s")


def measure_command(diagnostics: int, processus: int) -> None:
    """Print how many diagnostics are written each second."""
    print(f"{diagnostics} diagnostics PDF (un par EPCI), en ligne de commande :")
    for cartes, nom in ((False, "sans cartes"), (True, "avec cartes")):
        with etape(f"{diagnostics} diagnostics {nom}", UN_LOT_S):
            took = run(diagnostics, cartes=cartes, processus=processus)
        print(f"  {nom}, {processus} processus : {took:.1f} s, soit {diagnostics / took:.2f} par seconde")


def best(make: Callable[[], object], essais: int) -> float:
    """Seconds of the quickest of a few tries, the first one, which reads the data, left out."""
    make()
    times = []
    for _ in range(essais):
        start = time.perf_counter()
        make()
        times.append(time.perf_counter() - start)
    return min(times)


def docx(territoire: Territoire) -> bytes:
    """The Word document."""
    return formats.document_word(diagnostic.compose(dossier(territoire), Options("projet_sante")))


def pdf(territoire: Territoire) -> bytes:
    """The PDF."""
    return pdf_diagnostic.pdf(diagnostic.compose(dossier(territoire), Options("rapport")))


def dossier(territoire: Territoire) -> Dossier:
    """A dossier in which nothing is worked out yet."""
    return Dossier.open_projet(Projet.nouveau(territoire), datetime.now().astimezone().date(), donnees())


def run(diagnostics: int, *, cartes: bool, processus: int) -> float:
    """Seconds for a diagnostic of each of the first EPCI, evenly taken."""
    epci = donnees().referentiel.zones("epci").index.tolist()
    step = len(epci) // diagnostics
    options = Options("rapport", cartes=cartes)
    with TemporaryDirectory() as folder:
        model = Travail(
            demande=Demande(""),
            formats=("pdf",),
            docx=options,
            pdf=options,
            dossier=Path(folder),
            jour=datetime.now().astimezone().date(),
            prefixe="",
        )
        work = []
        for rank, code in enumerate(epci[::step][:diagnostics]):
            territoire = Territoire(f"EPCI {code}", donnees().referentiel.codes("epci", code))
            demande = Demande(territoire.nom, Projet.nouveau(territoire))
            work.append(replace(model, demande=demande, prefixe=f"{rank}-"))
        start = time.perf_counter()
        issues = list(write(work, processus))
        took = time.perf_counter() - start
        assert all(not issue.probleme for issue in issues), "every diagnostic is written"
        assert len(list(Path(folder).iterdir())) == len(work)
    return took


if __name__ == "__main__":
    main()
