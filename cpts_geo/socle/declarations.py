"""The one reader of what is declared in `data/declarations`: each file has a form, and is read once."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from cpts_geo.socle.chemins import DECLARATIONS

# Also for dataclasses that are declared and made by code too, as their `__pydantic_config__`.
CONFORME = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Declare(BaseModel):
    """A piece of a declaration: typed, complete, without a word that nobody reads; it never changes."""

    model_config = CONFORME

    @model_validator(mode="after")
    def _has_every_named_key(self) -> Self:
        """A table whose keys are known has them all."""
        for name, field in type(self).model_fields.items():
            keys, *_ = *get_args(field.annotation), None
            if get_origin(field.annotation) is Mapping and get_origin(keys) is Literal:
                missing = [key for key in get_args(keys) if key not in getattr(self, name)]
                if missing:
                    raise ValueError(f"dans {name}, il manque {', '.join(missing)}.")
        return self


Forme = TypeVar("Forme", bound=Declare)


class DeclarationInvalideError(ValueError):
    """A declaration is not of its form; the message names the file, the place and what is wrong."""


def declaration(nom: str, forme: type[Forme], dossier: Path = DECLARATIONS) -> Forme:
    """Read `nom`.toml as an object of this form; the same object each time.

    Raises:
        DeclarationInvalideError: the file is not of this form.
        FileNotFoundError: there is no such file.
    """
    return cast("Forme", _read(nom, forme, dossier))


@cache
def _read(nom: str, forme: type[Declare], dossier: Path) -> Declare:
    return conforme(nom, tomllib.loads((dossier / f"{nom}.toml").read_text(encoding="utf-8")), forme)


def conforme(nom: str, declared: dict[str, Any], forme: type[Forme]) -> Forme:
    """What has been read from the file of this name, as an object of this form.

    Raises:
        DeclarationInvalideError: it is not of this form.
    """
    try:
        # Nothing is converted but the lists of TOML, which are tuples here as they are in JSON.
        return forme.model_validate_json(json.dumps(declared))
    except ValidationError as error:
        raise DeclarationInvalideError(f"{nom}.toml\u00a0: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    place = ".".join(map(str, problem["loc"]))
    return f"{place}\u00a0: {problem['msg']}" if place else problem["msg"]
