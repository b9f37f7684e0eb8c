"""What the browser keeps of a project: its states, present and to be undone or redone, in two packed texts.

`etats` holds perimeters and changes at each click; `complements` holds what people wrote, which is larger and
changes seldom: texts and local figures, each under a name drawn from its content, by which states call it.
What becomes of a project kept here when a link brings it back otherwise is told in docs/format-projet.md;
`reunir` is that rule.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2s
from itertools import chain, islice, zip_longest
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.projet.donnees_locales import DonneeLocale
from cpts_geo.projet.fichier import FichierProjetError, read_locale, write_locale
from cpts_geo.projet.fichier_communes import PassageFichier
from cpts_geo.projet.fichier_schema import LocaleLue
from cpts_geo.projet.historique import Historique
from cpts_geo.projet.identite import identite_lue
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire

VERSION = 1
OUVERTURE_LIEN = "ouverture du lien"
# Fast: the states of a project repeat each other, and this is done at each click.
_NIVEAU = 3
# A dozen times what a browser keeps: what unpacks to more is not ours.
_MOST_BYTES = 60_000_000

Etapes = tuple[tuple[str, Projet], ...]


class MemoireIllisibleError(ValueError):
    """What the browser kept cannot be read, and must be left where it is."""


@dataclass(frozen=True, slots=True)
class Garde:
    """What the browser is given to keep; `empreinte` is the same for all states of the same work."""

    etats: str
    complements: str
    empreinte: str


@dataclass(frozen=True, slots=True)
class _Ecrit:
    """A state as it is kept, and the names of the texts and indicators that it calls."""

    projet: Projet
    json: str
    pieces: tuple[str, ...]
    empreinte: str


# ---- Writing --------------------------------------------------------------------------------------------


class Archiviste:
    """Writes a history as the browser keeps it; what it has just written of a state is not written again."""

    def __init__(self) -> None:
        # By identity: comparing thousands of figures would take longer than writing them.
        self._etats: dict[int, _Ecrit] = {}
        self._noms: dict[int, tuple[DonneeLocale, str]] = {}
        self._pieces: dict[str, str] = {}
        self._complements: tuple[tuple[str, ...], str] = ((), "")

    @property
    def complements(self) -> str:
        """What the states last written call for."""
        return self._complements[1]

    def write(self, historique: Historique[Projet], pas: int | None = None) -> Garde:
        """Write the present, and the changes around it that the limits declared leave room for.

        Args:
            historique: the states of the session.
            pas: how many changes to keep; as many as declared when it is not said.
        """
        present = self._etat(historique.present)
        passe, futur = self._bounded(historique, regles().annulations_gardees if pas is None else pas)
        steps = f'"passe":{_steps(passe)},"futur":{_steps(futur)}'
        etats = f'{{"version":{VERSION},"present":{present.json},{steps}}}'
        self._keep_only((present, *(etat for _, etat in (*passe, *futur))))
        return Garde(_pack(etats), self.complements, present.empreinte)

    def _bounded(
        self, historique: Historique[Projet], pas: int
    ) -> tuple[list[tuple[str, _Ecrit]], list[tuple[str, _Ecrit]]]:
        """The nearest changes, past and future by turns, until one is too many or too heavy; nearest last."""
        room = regles().poids_annulations
        seen = set(self._etat(historique.present).pieces)
        passe: list[tuple[str, _Ecrit]] = []
        futur: list[tuple[str, _Ecrit]] = []
        for side, libelle, projet in islice(_nearest(historique, passe, futur), pas):
            etat = self._etat(projet)
            added = set(etat.pieces) - seen
            room -= len(etat.json) + sum(len(self._pieces[each]) for each in added)
            if room < 0:
                break
            seen |= added
            side.insert(0, (libelle, etat))
        return passe, futur

    def _etat(self, projet: Projet) -> _Ecrit:
        if id(projet) not in self._etats:
            self._etats[id(projet)] = self._written(projet)
        return self._etats[id(projet)]

    def _written(self, projet: Projet) -> _Ecrit:
        scenarios = [
            [
                each.cle,
                each.couleur,
                each.territoire.nom,
                " ".join(each.territoire),
                self._texte(each.synthese),
            ]
            for each in projet.scenarios
        ]
        locales = [self._locale(each) for each in projet.locales]
        pieces = tuple(str(each) for each in (*(each[-1] for each in scenarios), *locales) if each)
        state = {"id": projet.identite, "actif": projet.actif, "scenarios": scenarios, "locales": locales}
        return _Ecrit(projet, _json(state), pieces, _digest(_json([scenarios, locales])))

    def _texte(self, text: str) -> str:
        return self._piece(_json(text)) if text else ""

    def _locale(self, locale: DonneeLocale) -> str:
        if id(locale) not in self._noms:
            keys = {cle: cle for cle, _ in locale.par_scenario}
            self._noms[id(locale)] = (locale, self._piece(_json(write_locale(locale, keys, {}))))
        return self._noms[id(locale)][1]

    def _piece(self, written: str) -> str:
        nom = _digest(written)
        self._pieces[nom] = written
        return nom

    def _keep_only(self, etats: Iterable[_Ecrit]) -> None:
        """Pack what these states call, unless it has just been; and forget what no state calls any more."""
        states = tuple(etats)
        called = tuple(sorted({nom for etat in states for nom in etat.pieces}))
        self._etats = {id(etat.projet): etat for etat in states}
        held = {id(locale) for etat in states for locale in etat.projet.locales}
        self._noms = {key: known for key, known in self._noms.items() if key in held}
        self._pieces = {nom: self._pieces[nom] for nom in called}
        if called != self._complements[0]:
            content = ",".join(f'"{nom}":{written}' for nom, written in self._pieces.items())
            self._complements = (called, _pack(f"{{{content}}}") if called else "")


def _nearest(
    historique: Historique[Projet], passe: list[tuple[str, _Ecrit]], futur: list[tuple[str, _Ecrit]]
) -> Iterator[tuple[list[tuple[str, _Ecrit]], str, Projet]]:
    """The changes around the present, the nearest first, each with the list that it goes to."""
    before = ((passe, *each) for each in reversed(historique.passe))
    after = ((futur, *each) for each in reversed(historique.futur))
    return (each for each in chain.from_iterable(zip_longest(before, after)) if each is not None)


def _steps(steps: Iterable[tuple[str, _Ecrit]]) -> str:
    return f"[{','.join(f'[{_json(libelle)},{etat.json}]' for libelle, etat in steps)}]"


# ---- Reading --------------------------------------------------------------------------------------------


class _Garde(BaseModel):
    """Nothing is converted; other fields are left aside."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")


class _EtatGarde(_Garde):
    """A state: its scenarios are (key, colour, name, codes, name of the text)."""

    id: str
    actif: int
    scenarios: tuple[tuple[int, str, str, str, str], ...]
    locales: tuple[str, ...]


class _HistoriqueGarde(_Garde):
    """The states, as they are written."""

    version: int
    present: _EtatGarde
    passe: tuple[tuple[str, _EtatGarde], ...]
    futur: tuple[tuple[str, _EtatGarde], ...]


def read(etats: str, complements: str, referentiel: Referentiel) -> Historique[Projet]:
    """The history that a browser kept, led to the present communes.

    A change whose texts or figures are no more is left aside, with those behind it.

    Raises:
        MemoireIllisibleError: damaged, of a later version, or the present calls for what is no more.
    """
    try:
        kept = _HistoriqueGarde.model_validate_json(_unpack(etats))
        if kept.version != VERSION:
            raise MemoireIllisibleError("Une version plus récente de l’application a gardé ce projet.")
        lecture = _Lecture(json.loads(_unpack(complements)) if complements else {}, referentiel)
        present = lecture.projet(kept.present)
    except (ValidationError, FichierProjetError, KeyError, ValueError, RecursionError) as error:
        raise MemoireIllisibleError("Ce que le navigateur a gardé est abîmé.") from error
    return Historique(present, lecture.etapes(kept.passe), lecture.etapes(kept.futur))


class _Lecture:
    """Reads states; a text or an indicator that several call is read once."""

    def __init__(self, pieces: Mapping[str, Any], referentiel: Referentiel) -> None:
        self._pieces = pieces
        self._referentiel = referentiel
        self._locales: dict[str, DonneeLocale] = {}

    def projet(self, etat: _EtatGarde) -> Projet:
        scenarios = tuple(self._scenario(*each) for each in etat.scenarios)
        locales = tuple(self._locale(nom) for nom in etat.locales)
        return Projet(scenarios, etat.actif, locales, identite_lue(etat.id))

    def etapes(self, kept: tuple[tuple[str, _EtatGarde], ...]) -> Etapes:
        """The nearest changes that can be read; they come last."""
        read: list[tuple[str, Projet]] = []
        for libelle, etat in reversed(kept):
            try:
                read.insert(0, (libelle, self.projet(etat)))
            except (FichierProjetError, KeyError, ValueError):
                break
        return tuple(read)

    def _scenario(self, cle: int, couleur: str, nom: str, codes: str, texte: str) -> Scenario:
        present = chain.from_iterable(self._referentiel.unites(code) for code in codes.split())
        known = couleur if couleur in regles().couleurs else next(iter(regles().couleurs))
        synthese = str(self._pieces[texte]) if texte else ""
        return Scenario(cle, Territoire(nom, tuple(dict.fromkeys(present))), known, synthese)

    def _locale(self, nom: str) -> DonneeLocale:
        if nom not in self._locales:
            read = LocaleLue.model_validate(self._pieces[nom])
            self._locales[nom] = read_locale(0, read, PassageFichier(self._referentiel))
        return self._locales[nom]


# ---- A project kept here and opened from a link ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reunion:
    """A history that holds all that was known; `autre` when what was kept is not what the link says."""

    historique: Historique[Projet]
    autre: bool


def reunir(opened: Historique[Projet], kept: Historique[Projet]) -> Reunion:
    """What was opened, completed with what was kept of the same project; nothing of either disappears.

    The perimeters are those opened, what people wrote is that of both. When this is not what was kept, undo
    brings that back. What could be undone still can. Changes made before the browser answered, on the very
    project that it kept, are changes like others, which follow those kept.
    """
    completed = opened.map(lambda projet: projet.completed_by(kept.present))
    if completed.passe and _is_same(completed.passe[0][1], kept.present):
        return Reunion(replace(completed, passe=(*kept.passe, *completed.passe)), autre=False)
    present = completed.present
    same = _is_same(present, kept.present)
    fresh = not (opened.passe or opened.futur)
    passe, futur = (kept.passe, kept.futur if same else ()) if fresh else (opened.passe, opened.futur)
    step = () if same else ((OUVERTURE_LIEN, kept.present),)
    return Reunion(Historique(present, (*passe, *step), futur), autre=not same)


def _is_same(one: Projet, other: Projet) -> bool:
    """Whether two states differ by nothing but the scenario being drawn, which is no change."""
    return one.activate(one.scenarios[0].cle) == other.activate(other.scenarios[0].cle)


# ---- Text -----------------------------------------------------------------------------------------------


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return blake2s(text.encode(errors="replace"), digest_size=8).hexdigest()


def _pack(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), level=_NIVEAU)).decode()


def _unpack(text: str) -> bytes:
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(text, validate=True), _MOST_BYTES)
    except (binascii.Error, zlib.error) as error:
        raise MemoireIllisibleError("Ce que le navigateur a gardé est abîmé.") from error
    if not unpacker.eof:
        raise MemoireIllisibleError("Ce que le navigateur a gardé est abîmé.")
    return content
