"""The form of a project file, version 1: its fields, their types, and what is wrong with them in French."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, FailFast, Field, ValidationError

from cpts_geo.projet.donnees_locales import Nature, limites
from cpts_geo.projet.fichier_json import FichierProjetError, declaration

# How deep what follows the place of an error is: the name of a list, then the rank of an item.
_PAIR = 2


class _Objet(BaseModel):
    """Nothing is converted: a number written as a text is refused. Other fields are left aside."""

    model_config = ConfigDict(strict=True, frozen=True, allow_inf_nan=False, extra="ignore")


Code = Annotated[str, Field(pattern="^[0-9][0-9AB][0-9]{3}$")]
Valeur = Annotated[float, Field(ge=-limites().valeur_au_plus, le=limites().valeur_au_plus)]


class CommuneLue(_Objet):
    """A commune; its name is there for who reads the file."""

    code: Code
    nom: str = ""


class ChiffreCommune(CommuneLue):
    """The figure of a commune."""

    valeur: Valeur


class BornesCommune(CommuneLue):
    """The bounds of the masked figure of a commune."""

    basse: Valeur
    haute: Valeur


class ChiffreScenario(_Objet):
    """The figure of a scenario, by its rank from 1."""

    scenario: int
    valeur: Valeur


class LocaleLue(_Objet):
    """A local indicator."""

    libelle: str
    nature: Nature
    unite: str = ""
    source: str = ""
    date: str = ""
    par_commune: Annotated[list[ChiffreCommune], FailFast()] = []
    par_scenario: Annotated[list[ChiffreScenario], FailFast()] = []
    bornes: Annotated[list[BornesCommune], FailFast()] = []


class ScenarioLu(_Objet):
    """A scenario; without a colour it takes the first."""

    nom: str
    communes: Annotated[list[CommuneLue], FailFast()]
    couleur: str | None = None
    synthese: str = ""


class ProjetLu(_Objet):
    """A project; `cog` is the year of the communes it was written with, `actif` the rank of a scenario."""

    scenarios: Annotated[list[ScenarioLu], FailFast(), Field(min_length=1)]
    actif: int = 1
    cog: Annotated[int, Field(ge=1900, le=2999)] | None = None
    enregistre_le: str = ""
    donnees_locales: Annotated[list[LocaleLue], FailFast()] = []


def check(read: dict[str, Any]) -> ProjetLu:
    """The project of a JSON object.

    Raises:
        FichierProjetError: a field is missing or is not of its type; the message says which, and where.
    """
    try:
        return ProjetLu.model_validate(read)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise refusal(first["loc"], declaration().erreurs.get(first["type"], "n’est pas lisible")) from error


def refusal(place: tuple[int | str, ...], wrong: str) -> FichierProjetError:
    """The error at this place of the file, as ("scenarios", 1, "communes", 13, "code")."""
    where = []
    while len(place) >= _PAIR and isinstance(place[1], int):
        where.append(f"{declaration().lieux[str(place[0])]} {place[1] + 1}")
        place = place[_PAIR:]
    where += [f"«\u00a0{field}\u00a0»" for field in place[:1]]
    return FichierProjetError(f"Ce projet ne peut pas être ouvert\u00a0: {', '.join(where)} {wrong}.")
