"""The bytes of a file that a person gives: the JSON of a project, or what else it is, said in French."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from cpts_geo.socle import declarations
from cpts_geo.socle.declarations import Declare
from cpts_geo.socle.nombres import decimal

_LISTE = (
    "Pour ajouter des communes à partir d’un tableur, d’un texte ou de Rezone, copiez leurs noms ou leurs "
    "codes et collez-les dans «\u00a0Ajouter une liste\u00a0»."
)
_GEOJSON = frozenset(
    {"Feature", "FeatureCollection", "GeometryCollection", "MultiPolygon", "Polygon", "Topology"}
)
_BOM = b"\xef\xbb\xbf"
_MILLION = 1_000_000


class FichierProjetError(ValueError):
    """The file cannot be opened as a project; the message, in French, says what is wrong, and where."""


class DeclarationFichier(Declare):
    """What is declared of project files; see the data file."""

    format: str
    version: int
    octets_au_plus: int
    communes_nommees: int
    signatures: Mapping[str, str]
    lieux: Mapping[str, str]
    erreurs: Mapping[str, str]


def declaration() -> DeclarationFichier:
    """What the data file declares, read once."""
    return declarations.declaration("fichier_projet", DeclarationFichier)


def read_json(content: bytes) -> dict[str, Any]:
    """The JSON object of a project file of a version we know; what it holds is not looked at further.

    Raises:
        FichierProjetError: too large, something else, damaged, or of another version.
    """
    _check_size(content)
    _check_kind(content)
    read = _parse(_text(content))
    if not isinstance(read, dict) or read.get("format") != declaration().format:
        raise _foreign(read)
    _check_version(read.get("version"))
    return read


def _check_size(content: bytes) -> None:
    if not content.strip():
        raise FichierProjetError("Ce fichier est vide.")
    most = declaration().octets_au_plus
    if len(content) > most:
        size, limit = decimal(len(content) / _MILLION), decimal(most / _MILLION, 0)
        raise FichierProjetError(
            f"Ce fichier est trop gros pour être un projet\u00a0: {size}\u00a0Mo, et {limit}\u00a0Mo au plus."
        )


def _check_kind(content: bytes) -> None:
    """Refuse what does not begin as JSON, in words that say what it is."""
    for signature, kind in declaration().signatures.items():
        if content.startswith(bytes.fromhex(signature)):
            raise FichierProjetError(f"Ce fichier est {kind}, pas un projet cpts-geo. {_LISTE}")
    if content.removeprefix(_BOM).lstrip()[:1] not in {b"{", b"["}:
        raise FichierProjetError(f"Ce fichier n’est pas un projet cpts-geo. {_LISTE}")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _damaged(line) from error


def _parse(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise _damaged(error.lineno) from error
    except FichierProjetError:
        raise
    # Too deep, or a number of too many digits.
    except (RecursionError, ValueError) as error:
        raise FichierProjetError(
            "Ce fichier est abîmé\u00a0: son contenu n’est pas celui d’un projet."
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise FichierProjetError("Ce fichier est abîmé\u00a0: un même champ y est écrit deux fois.")
    return read


def _refuse_constant(name: str) -> NoReturn:
    raise FichierProjetError(f"Ce fichier est abîmé\u00a0: {name} n’est pas un nombre.")


def _check_version(version: object) -> None:
    known = declaration().version
    if type(version) is int and version > known:
        raise FichierProjetError(
            "Ce projet a été enregistré par une version plus récente de l’application\u00a0: "
            "mettez l’application à jour pour l’ouvrir."
        )
    if type(version) is not int or version != known:
        raise FichierProjetError("Ce projet ne dit pas dans quelle version du format il est écrit.")


def _foreign(read: object) -> FichierProjetError:
    kind = read.get("type") if isinstance(read, dict) else None
    if isinstance(kind, str) and kind in _GEOJSON:
        return FichierProjetError(f"Ce fichier est une carte (GeoJSON), pas un projet cpts-geo. {_LISTE}")
    return FichierProjetError(f"Ce fichier n’est pas un projet cpts-geo. {_LISTE}")


def _damaged(line: int) -> FichierProjetError:
    return FichierProjetError(
        f"Ce fichier est abîmé ou incomplet\u00a0: il ne se lit plus à partir de la ligne {line}."
    )
