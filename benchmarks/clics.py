"""Measure, in Chromium, what a person waits for: `python -m benchmarks.clics [--court]`.

All in one run on one machine: the application beside a bare Streamlit page (a button in a fragment) and the
stock way of streamlit-folium with the same région; the first page after a cold start; the memory and the
processor of the server; several people who click at once. `--court` measures just enough to know that it can
be done, in a minute.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks import application, demarrage, ordinaire, seances, simple
from benchmarks.ampleur import COMPLETE, COURTE, Ampleur
from benchmarks.etapes import etape
from benchmarks.lieux import NOM_REGION
from cpts_geo.socle.nombres import decimal
from tests.navigateur.pilote import launch, serve

# A click that takes so many times the floor is no longer slow: something else is being measured.
ABSURDE = 20


def run(ampleur: Ampleur) -> dict[str, Any]:
    """Run all measures."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        results = {**measure_around(browser, ampleur), **measure_application(browser, ampleur)}
        browser.close()
    return results


def measure_around(browser: Browser, ampleur: Ampleur) -> dict[str, Any]:
    """Measure the starts, and what the application is compared with."""
    results: dict[str, Any] = {}
    with etape("première carte", 60 * ampleur.demarrages):
        results["premiere_carte"] = demarrage.first_map(browser, ampleur.demarrages)
    with etape("page Streamlit seule", 60 * ampleur.demarrages):
        results["page_seule"] = demarrage.bare_page(browser, ampleur.demarrages)
    with etape("plancher : bouton Streamlit seul", 120):
        results["plancher"] = simple.measure(browser, ampleur.clics, ampleur.clics_processeur)
    with etape(f"plancher : {ampleur.seances} séances à la fois", 120):
        results["seances_plancher_ms"] = seances.of_bare_page(browser, ampleur.seances, ampleur.tours)
    if ampleur.integre:
        with etape("GeoJson intégré (streamlit-folium)", 600):
            results["integre"] = ordinaire.measure(browser)
    return results


def measure_application(browser: Browser, ampleur: Ampleur) -> dict[str, Any]:
    """Measure the application."""
    results: dict[str, Any] = {"seances": ampleur.seances}
    with serve() as server:
        with etape("processeur par clic", 180):
            results["processeur_ms"] = application.measure_processor(browser, server, ampleur)
        with etape(f"territoires de {', '.join(map(str, ampleur.tailles))} communes", 300):
            results["application"] = application.measure_sizes(browser, server, ampleur)
        with etape("un EPCI d’un clic, un lasso", 180):
            results["groupes"] = application.measure_groups(browser, server, ampleur)
        with etape("un indicateur choisi, ses couleurs", 180):
            results["focus"] = application.measure_focus(browser, server, ampleur)
        with etape(f"{ampleur.seances} séances à la fois", 180):
            results["seances_ms"] = seances.of_application(browser, server, ampleur.seances, ampleur.tours)
        results["memoire_mo"] = server.memory_mb()
    return results


def table(results: dict[str, Any]) -> str:
    """Lay the results out, in Markdown."""
    floor = results["plancher"]["mediane_ms"]
    lines = [
        f"Clic → chiffres affichés, {NOM_REGION} entière à l’écran, médiane",
        "",
        "| | ms | × plancher |",
        "| --- | ---: | ---: |",
        *(f"| {nom} | {ms:.0f} | {decimal(ms / floor)} |" for nom, ms in clicks(results).items()),
        "",
        "| | application | page Streamlit seule | rapport |",
        "| --- | ---: | ---: | ---: |",
        *(_beside(*line) for line in beside(results)),
        "",
        f"Mémoire du serveur après les mesures : {results['memoire_mo']:.0f} Mo",
    ]
    return "\n".join(lines)


def clicks(results: dict[str, Any]) -> dict[str, float]:
    """Median milliseconds from each gesture to what it shows, by name."""
    named = {"plancher : bouton Streamlit seul": results["plancher"]}
    named |= {f"{size} communes": each for size, each in results["application"].items()}
    named |= {f"{nom}, {each['communes']} communes": each for nom, each in results["groupes"].items()}
    named["indicateur choisi → couleurs"] = results["focus"]
    if "integre" in results:
        named["GeoJson intégré (streamlit-folium)"] = results["integre"]
    return {nom: each["mediane_ms"] for nom, each in named.items()}


def beside(results: dict[str, Any]) -> list[tuple[str, float, float, str, int]]:
    """Name, figure of the application, that of the bare page, unit and decimals."""
    carte, page = results["premiere_carte"], results["page_seule"]
    cost, bare = results["processeur_ms"], results["plancher"]["processeur_ms"]
    together, alone = results["seances_ms"], results["seances_plancher_ms"]
    return [
        ("ouverture, serveur froid", carte["depuis_ouverture_s"], page["depuis_ouverture_s"], "s", 2),
        ("depuis le lancement", carte["depuis_lancement_s"], page["depuis_lancement_s"], "s", 2),
        ("mémoire du serveur alors", carte["memoire_mo"], page["memoire_mo"], "Mo", 0),
        ("processeur du serveur par clic", cost, bare, "ms", 0),
        (f"clic, {results['seances']} séances à la fois", together, alone, "ms", 0),
    ]


def _beside(nom: str, own: float, bare: float, unite: str, decimales: int) -> str:
    shown = (f"{decimal(value, decimales)} {unite}" for value in (own, bare))
    return f"| {nom} | {' | '.join(shown)} | {decimal(own / bare)} |"


def refuse_absurd(results: dict[str, Any]) -> None:
    """Stop on what no slow machine explains.

    Raises:
        RuntimeError: a click on a commune takes absurdly longer than the floor.
    """
    floor = results["plancher"]["mediane_ms"]
    for size, each in results["application"].items():
        if each["mediane_ms"] > ABSURDE * floor:
            raise RuntimeError(f"{size} communes : plus de {ABSURDE} fois le plancher.")


def main() -> None:
    """Print the table, and write the figures in a JSON file when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--court", action="store_true", help="just enough to know that it can be measured")
    parser.add_argument("--json", type=Path, help="file for the figures")
    arguments = parser.parse_args()
    results = run(COURTE if arguments.court else COMPLETE)
    print(table(results))
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2), encoding="utf-8")
    refuse_absurd(results)


if __name__ == "__main__":
    main()
