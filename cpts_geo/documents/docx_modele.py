"""People's own Word template: the fields they wrote are filled, those we do not know are said and kept."""

import signal
import subprocess
import sys
from threading import BoundedSemaphore

from cpts_geo.analyse.rapport import LigneRapport
from cpts_geo.documents.dossier import Dossier
from cpts_geo.documents.modele_word.passage import DemandeRemplissage, DonneesModele, Liste, Remplissage
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles
from cpts_geo.indicateurs import affichage
from cpts_geo.socle.chemins import ROOT
from cpts_geo.socle.nombres import entier, euros
from cpts_geo.socle.textes import visible

_COCHEE, _VIDE = "☒", "☐"
_COLONNES = ("departement", "region", "france")
_ENFANT = "cpts_geo.documents.modele_word.enfant"
_TROP_LONG = "Remplir ce modèle prend trop de temps\u00a0: allégez-le."
_ARRETE = "Ce modèle n’a pas pu être rempli\u00a0: il demande trop de mémoire, ou il est abîmé."
_OCCUPE = "D’autres modèles sont en train d’être remplis\u00a0: recommencez dans un instant."
_places = BoundedSemaphore(regles().limites.ensemble_au_plus)


class ModeleInvalideError(ValueError):
    """The template cannot be filled; the message, in French, says why."""


def fill_template(modele: bytes, dossier: Dossier, carte: bytes | None = None) -> Remplissage:
    """Fill a template, in a process of its own that sees these data only, with little memory and time.

    Args:
        modele: the DOCX that people wrote, with fields as `{{ population }}`.
        dossier: the project and the data.
        carte: a PNG for the field `carte`.

    Raises:
        ModeleInvalideError: it is no DOCX, is too large, or one of its fields is badly written.
    """
    limites = regles().limites
    if len(modele) > limites.octets_au_plus:
        raise ModeleInvalideError(f"Ce modèle est trop lourd\u00a0: {limites.poids}.")
    asked = DemandeRemplissage(modele, _donnees(dossier, carte is not None), carte)
    try:
        return Remplissage.read(_hand_over(asked.write()))
    except ModeleRefuseError as error:
        raise ModeleInvalideError(str(error)) from error


def _hand_over(asked: bytes) -> bytes:
    seconds = _secondes()
    if not _places.acquire(timeout=seconds):
        raise ModeleInvalideError(_OCCUPE)
    try:
        return subprocess.run(  # noqa: S603 — our own module; what people brought is only its input
            [sys.executable, "-m", _ENFANT],
            input=asked,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            timeout=seconds,
            check=True,
        ).stdout
    except subprocess.TimeoutExpired as error:
        raise ModeleInvalideError(_TROP_LONG) from error
    except subprocess.CalledProcessError as error:
        too_long = error.returncode == -getattr(signal, "SIGXCPU", 0)
        raise ModeleInvalideError(_TROP_LONG if too_long else _ARRETE) from error
    except OSError as error:
        raise ModeleInvalideError(_OCCUPE) from error
    finally:
        _places.release()


def _secondes() -> float:
    return regles().limites.secondes_au_plus


def _donnees(dossier: Dossier, carte: bool) -> DonneesModele:  # noqa: FBT001
    known = champs(dossier)
    return DonneesModele(
        {name: value for name, value in known.items() if isinstance(value, str)},
        {name: value for name, value in known.items() if isinstance(value, Liste)},
        carte,
    )


def champs(dossier: Dossier) -> dict[str, str | Liste]:
    """The fields by name: texts, and tables for `tableau_communes` and `donnees_locales`."""
    codes = dossier.territoire.codes
    people = dossier.referentiel.population(codes)
    found = dossier.bareme.rank(people)
    names = {each.type: each.nom for each in dossier.comparaisons}
    texts = {
        "nom": dossier.territoire.nom,
        "date": f"{dossier.jour:%d/%m/%Y}",
        "communes": ", ".join(dossier.referentiel.communes.loc[list(codes), "nom"]),
        "nombre_communes": entier(len(codes)),
        "population": entier(people),
        "millesime_population": dossier.referentiel.millesimes(codes),
        "taille": found.libelle,
        "montant": euros(found.montant),
        "departement": names.get("departement", ""),
        "region": names.get("region", ""),
        "synthese": dossier.synthese,
        "lien": dossier.lien,
        **{
            f"taille_{each.numero}": _COCHEE if each == found.classe else _VIDE
            for each in dossier.bareme.classes
        },
    }
    for code, ligne in dossier.lignes.items():
        texts |= _figures(code, ligne)
    cleaned = {name: visible(text) for name, text in texts.items()}
    return {**cleaned, "tableau_communes": _communes(dossier), "donnees_locales": _locales(dossier)}


def _figures(code: str, ligne: LigneRapport) -> dict[str, str]:
    item = ligne.indicateur
    values = [affichage.valeur(item, cell.resultat) for cell in ligne.cellules[1:]]
    beside = {f"{code}_{name}": value for name, value in zip(_COLONNES, values, strict=False)}
    own = affichage.marquee(item, ligne.territoire)
    return {code: own, f"{code}_effectif": affichage.effectif(ligne.territoire), **beside}


def _communes(dossier: Dossier) -> Liste:
    reference = dossier.referentiel
    return Liste(
        ("nom", "code", "departement", "epci", "population"),
        tuple(
            (
                commune.nom,
                commune.code,
                reference.nom_zone("departement", commune.departement),
                reference.nom_epci(commune) or "",
                entier(commune.population),
            )
            for commune in (reference[code] for code in dossier.territoire)
        ),
    )


def _locales(dossier: Dossier) -> Liste:
    return Liste(
        ("libelle", "valeur", "unite", "source", "date"),
        tuple(
            (
                visible(each.libelle),
                affichage.locale(dossier.resultat_local(each)),
                visible(each.unite),
                visible(each.source),
                visible(each.date),
            )
            for each in dossier.projet.locales
        ),
    )
