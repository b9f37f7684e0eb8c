"""How long the documents take: `python -m benchmarks.diagnostics [PROCESSUS]`.

One territory of 150 communes, then a hundred EPCI by the command line's own function, in one run, by as many
processes as asked (as many as there are cores, as the command line does).
"""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cpts_geo.communes.referentiel import referentiel
from cpts_geo.documents import diagnostic, paquet, pdf_diagnostic
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.dossier import Dossier
from cpts_geo.interface.commande import Travail, ecrire
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.saisie.demandes import Demande

COMMUNES, DIAGNOSTICS, ESSAIS = 150, 100, 3
CENTRE = "09122"


def main(processus: int) -> None:
    """Measure, and print in French."""
    territoire = Territoire("CPTS", around(CENTRE, COMMUNES))
    print(f"Un territoire de {len(territoire)} communes, cartes et graphiques compris :")
    print(f"  DOCX {best(lambda: docx(territoire)):.2f} s, PDF {best(lambda: pdf(territoire)):.2f} s")
    print(f"{DIAGNOSTICS} diagnostics PDF (un par EPCI), en ligne de commande :")
    for cartes, nom in ((False, "sans cartes"), (True, "avec cartes")):
        took = run(cartes=cartes, processus=processus)
        print(f"  {nom}, {processus} processus : {took:.1f} s, soit {DIAGNOSTICS / took:.2f} par seconde")


def around(code: str, count: int) -> tuple[str, ...]:
    """The communes nearest to one."""
    communes = referentiel().communes
    here = communes.loc[code]
    distance = (communes["lon"] - here["lon"]) ** 2 + (communes["lat"] - here["lat"]) ** 2
    return tuple(distance.sort_values().index[:count])


def best(make: Callable[[], object]) -> float:
    """Seconds of the quickest of a few tries, the first one, which reads the data, left out."""
    make()
    times = []
    for _ in range(ESSAIS):
        start = time.perf_counter()
        make()
        times.append(time.perf_counter() - start)
    return min(times)


def docx(territoire: Territoire) -> bytes:
    """The Word document."""
    return paquet.document_word(diagnostic.composer(dossier(territoire), Options("projet_sante")))


def pdf(territoire: Territoire) -> bytes:
    """The PDF."""
    return pdf_diagnostic.pdf(diagnostic.composer(dossier(territoire), Options("rapport")))


def dossier(territoire: Territoire) -> Dossier:
    """A dossier in which nothing is worked out yet."""
    return Dossier.ouvrir(Projet.nouveau(territoire), datetime.now().astimezone().date())


def run(*, cartes: bool, processus: int) -> float:
    """Seconds for a diagnostic of each of the first EPCI, evenly taken."""
    epci = referentiel().zones("epci").index.tolist()
    step = len(epci) // DIAGNOSTICS
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
        for rank, code in enumerate(epci[::step][:DIAGNOSTICS]):
            territoire = Territoire(f"EPCI {code}", referentiel().codes("epci", code))
            demande = Demande(territoire.nom, Projet.nouveau(territoire))
            work.append(replace(model, demande=demande, prefixe=f"{rank}-"))
        start = time.perf_counter()
        issues = list(ecrire(work, processus))
        took = time.perf_counter() - start
        assert all(not issue.probleme for issue in issues), "every diagnostic is written"
        assert len(list(Path(folder).iterdir())) == len(work)
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else os.cpu_count() or 1)
