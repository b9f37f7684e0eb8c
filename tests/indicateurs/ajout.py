"""What the application shows of one indicator, wherever indicators are shown; for a process of its own."""

import json
from dataclasses import asdict
from pathlib import Path

from streamlit.testing.v1 import AppTest

from cpts_geo.analyse.rapport import Rapport
from cpts_geo.analyse.table_communes import mesures
from cpts_geo.documents import paquet
from cpts_geo.documents.diagnostic import Options
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs.catalogue import Indicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.interface.echange import Dessin
from cpts_geo.interface.html import html_sources
from cpts_geo.interface.session import Session
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.projet import Projet
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from tests.outils.dossiers import JOUR

PROJET = Projet.nouveau(Territoire("Toulouse", ("31555", "31069")))


def show(code: str, folder: Path) -> None:
    """Write the exported files into the folder, and in `montre.json` what the pages show."""
    dossier = Dossier.open_projet(PROJET, JOUR, donnees())
    options = Options("projet_sante", cartes=False, graphiques=False)
    for name, content in paquet.export(dossier, ["docx", "csv", "xlsx"], options, options).fichiers.items():
        (folder / name).write_bytes(content)
    shown = {
        "catalogue": described(donnees().catalogue[code]),
        "rapport": places(dossier.rapport, code),
        "valeur": dossier.lignes[code].territoire.valeur,
        "mesures": [cle for cle in mesures(donnees().catalogue) if cle.startswith(code)],
        "fiche": html_sources.fiche(html_sources.contenu(), code),
        "focus": focus(),
    }
    (folder / "montre.json").write_text(json.dumps(shown), encoding="utf-8")


def described(indicateur: Indicateur) -> dict[str, object]:
    """What the catalogue says of it, its source by its code."""
    said = {"source": indicateur.source.code, "champ": dict(indicateur.champ), "reference": None}
    return asdict(indicateur) | said


def places(rapport: Rapport, code: str) -> list[tuple[str, str, int]]:
    """Where the report shows it: family, heading, rank under the heading."""
    return [
        (famille.code, groupe.titre, rank)
        for famille in rapport.familles
        for groupe in famille.groupes
        for rank, ligne in enumerate(groupe.lignes)
        if ligne.indicateur.code == code
    ]


def focus() -> list[str]:
    """What the map offers to colour communes by."""
    app = AppTest.from_file(str(ROOT / "pages" / "carte.py"), default_timeout=60)
    app.session_state["session"] = Session(Dessin(Historique(PROJET)))
    app.session_state["menu_focus"] = True
    app.run()
    return list(app.selectbox(key="focus_indicateur").options)
