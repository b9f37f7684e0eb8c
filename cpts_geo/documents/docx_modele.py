"""People's own Word template: the fields they wrote are filled, those we do not know are said and kept."""

import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.shared import Cm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from cpts_geo.analyse.rapport import Ligne
from cpts_geo.documents.dossier import Dossier
from cpts_geo.indicateurs import affichage
from cpts_geo.socle.nombres import entier, euros
from cpts_geo.socle.textes import visible

MOST_BYTES, MOST_UNPACKED = 20_000_000, 200_000_000
_COCHEE, _VIDE = "☒", "☐"
_LARGEUR_CARTE_CM = 16
_COLONNES = ("departement", "region", "france")


class ModeleInvalideError(ValueError):
    """The template cannot be filled; the message, in French, says why."""


@dataclass(frozen=True, slots=True)
class Remplissage:
    """The filled document, and the names of the fields that were filled or are not known."""

    contenu: bytes
    remplis: tuple[str, ...]
    inconnus: tuple[str, ...]


class _Kept(Undefined):
    """An unknown field stays as it was written."""

    def __str__(self) -> str:
        return "{{ " + str(self._undefined_name) + " }}"

    def __getattr__(self, name: str) -> "_Kept":
        if name.startswith("__"):
            raise AttributeError(name)
        return _Kept(name=f"{self._undefined_name}.{name}")


def remplir(modele: bytes, dossier: Dossier, carte: bytes | None = None) -> Remplissage:
    """Fill a template.

    Args:
        modele: the DOCX that people wrote, with fields as `{{ population }}`.
        dossier: the project and the data.
        carte: a PNG for the field `carte`.

    Raises:
        ModeleInvalideError: it is no DOCX, is too large, or one of its fields is badly written.
    """
    template = _open(modele)
    known: dict[str, Any] = dict(champs(dossier))
    environment = SandboxedEnvironment(autoescape=True, undefined=_Kept)
    try:
        asked = template.get_undeclared_template_variables(environment)
        if carte is not None:
            known["carte"] = InlineImage(template, BytesIO(carte), width=Cm(_LARGEUR_CARTE_CM))
        template.render(known, environment)
    except SecurityError as error:
        raise ModeleInvalideError("Ce modèle fait appel à une fonction qui n’est pas permise.") from error
    except (TemplateError, TypeError, ValueError, KeyError) as error:
        line = getattr(error, "lineno", None)
        where = f" (vers la ligne {line} du texte)" if line else ""
        raise ModeleInvalideError(
            f"Un champ de ce modèle est mal écrit{where}\u00a0: vérifiez que chaque {{{{ est suivi d’un nom "
            f"et fermé par }}}}. {error}"
        ) from error
    written = BytesIO()
    template.save(written)
    return Remplissage(
        written.getvalue(),
        remplis=tuple(sorted(asked & known.keys())),
        inconnus=tuple(sorted(asked - known.keys())),
    )


def champs(dossier: Dossier) -> dict[str, Any]:
    """The fields by name: texts, and lists of rows for `tableau_communes` and `donnees_locales`."""
    codes = dossier.territoire.codes
    people = dossier.referentiel.population(codes)
    found = dossier.bareme.classer(people)
    names = {each.type: each.nom for each in dossier.comparaisons}
    texts: dict[str, Any] = {
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
    return cleaned | {"tableau_communes": _communes(dossier), "donnees_locales": _locales(dossier)}


def _figures(code: str, ligne: Ligne) -> dict[str, str]:
    item = ligne.indicateur
    values = [affichage.valeur(item, cell.resultat) for cell in ligne.cellules]
    beside = {f"{code}_{name}": value for name, value in zip(_COLONNES, values[1:], strict=False)}
    return {code: values[0], f"{code}_effectif": affichage.effectif(ligne.territoire), **beside}


def _communes(dossier: Dossier) -> list[dict[str, str]]:
    reference = dossier.referentiel
    return [
        {
            "nom": commune.nom,
            "code": commune.code,
            "departement": reference.nom_zone("departement", commune.departement),
            "epci": reference.nom_epci(commune) or "",
            "population": entier(commune.population),
        }
        for commune in (reference[code] for code in dossier.territoire)
    ]


def _locales(dossier: Dossier) -> list[dict[str, str]]:
    return [
        {
            "libelle": visible(each.libelle),
            "valeur": affichage.locale(dossier.resultat_local(each)),
            "unite": visible(each.unite),
            "source": visible(each.source),
            "date": visible(each.date),
        }
        for each in dossier.projet.locales
    ]


def _open(modele: bytes) -> DocxTemplate:
    if len(modele) > MOST_BYTES:
        raise ModeleInvalideError("Ce modèle est trop lourd\u00a0: 20\u00a0Mo au plus.")
    try:
        with zipfile.ZipFile(BytesIO(modele)) as held:
            unpacked = sum(each.file_size for each in held.infolist())
            is_word = "word/document.xml" in held.namelist()
    except zipfile.BadZipFile as error:
        raise ModeleInvalideError("Ce fichier n’est pas un document Word (.docx).") from error
    if not is_word:
        raise ModeleInvalideError("Ce fichier n’est pas un document Word (.docx).")
    if unpacked > MOST_UNPACKED:
        raise ModeleInvalideError("Ce modèle est trop gros une fois ouvert.")
    template = DocxTemplate(BytesIO(modele))
    try:
        template.init_docx()
    except (KeyError, ValueError, SyntaxError) as error:
        raise ModeleInvalideError("Ce document Word est abîmé\u00a0: enregistrez-le à nouveau.") from error
    return template
