"""What is written in a template, read node by node: what is not declared is refused before anything runs."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from cpts_geo.documents.modele_word.passage import DonneesModele
from cpts_geo.documents.modele_word.regles import ModeleRefuseError, regles

CARTE = "carte"
_BOUCLE = "loop"
_LINE = re.compile(r"\r\n|\r|\n")
# A filter makes a text three times as long at most ("ﬃ" in capitals); a picture is 1,500 characters of XML.
_ALLONGE, _SIGNES_CARTE, _SIGNES_RANG = 3, 2_000, 6
_UN_NOM = (
    "entre {{ et }}, un champ est un nom seul, comme {{ population }}, suivi au besoin d’un filtre permis"
)
_UNE_CONDITION = (
    "une condition porte sur des champs connus, avec «\u00a0not\u00a0», «\u00a0and\u00a0», "
    "«\u00a0or\u00a0», == ou !="
)
# Each tag has been parsed before: what jinja still does not understand is where docxtpl found it.
_MAL_PLACE = (
    "{%tr … %} est seul dans une ligne de tableau, {%tc … %} dans une cellule, {%p … %} dans un paragraphe"
)
_UNE_BOUCLE = "une boucle s’écrit {% for c in tableau_communes %} ou {% for d in donnees_locales %}"


@dataclass(slots=True)
class LectureChamp:
    """What a text asks for: fields that we know, unknown ones by line, rows and characters to be written."""

    remplis: set[str] = field(default_factory=set)
    inconnus: dict[int, str] = field(default_factory=dict)
    rangees: int = 0
    signes: int = 0


@dataclass(frozen=True, slots=True)
class LieuChamp:
    """What stands at a line of the text that is read, and where it is in the document."""

    ecrit: str
    ou: str

    def refuse(self, raison: str) -> NoReturn:
        """Say in one sentence what is wrong, and where."""
        raise ModeleRefuseError(f"«\u00a0{self.ecrit}\u00a0» est mal écrit, {self.ou}\u00a0: {raison}.")


class _InconnuError(Exception):
    """A name that we do not know, as it is to be said."""


class _RefusError(Exception):
    """What is not permitted, and why."""


Lieux = Callable[[int], LieuChamp]
_Portee = Mapping[str, Mapping[str, int]]


def read(tree: nodes.Template, donnees: DonneesModele, lieux: Lieux) -> LectureChamp:
    """Read a parsed text.

    Raises:
        ModeleRefuseError: it holds anything but fields, and the conditions and loops that are declared.
    """
    reader = _Lecteur(donnees, lieux)
    reader.corps(tree.body, {}, 1)
    return reader.lecture


def parse(source: str, lieux: Lieux) -> nodes.Template:
    """Parse a text, without running or working out anything of it.

    Raises:
        ModeleRefuseError: its conditions, loops or fields are badly written.
    """
    try:
        return Environment(autoescape=True).parse(source)
    except TemplateSyntaxError as error:
        lieux(error.lineno).refuse("vérifiez son écriture")


def is_expression(text: str) -> bool:
    """Whether jinja understands this text: as more than a number, or names with a stroke between them."""
    try:
        (output,) = Environment(autoescape=True).parse("{{ " + text + " }}").body
    except (TemplateSyntaxError, ValueError):
        return False
    names = (nodes.Output, nodes.Div, nodes.Name, nodes.TemplateData)
    number = [nodes.Output, nodes.Const]
    found = [type(output), *map(type, output.find_all(nodes.Expr))]
    return found != number and not all(kind in names for kind in found)


class Environnement(SandboxedEnvironment):
    """Runs only what has been read: each text, as it will run, is read again before it is compiled."""

    def __init__(self, donnees: DonneesModele) -> None:
        super().__init__(autoescape=True)
        self.globals.clear()
        self.tests.clear()
        self.filters = {name: self.filters[name] for name in regles().filtres}
        self._donnees = donnees
        self._rangees = self._signes = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        lines = _LINE.split(source)

        def lieux(lineno: int) -> LieuChamp:
            shown = " ".join(re.sub(r"<[^>]*>", "", lines[lineno - 1]).split())
            return LieuChamp(shown[:80], "dans ce paragraphe")

        try:
            tree = super()._parse(source, name, filename)
        except TemplateSyntaxError as error:
            lieux(error.lineno).refuse(_MAL_PLACE)
        lecture = read(tree, self._donnees, lieux)
        if lecture.inconnus:
            lieux(min(lecture.inconnus)).refuse("ce champ n’est pas connu, et ne peut pas rester là tel quel")
        self._count_pieces(lecture)
        return tree

    def _count_pieces(self, read: LectureChamp) -> None:
        limites = regles().limites
        self._rangees += read.rangees
        self._signes += read.signes
        if self._rangees > limites.rangees_au_plus or self._signes > limites.signes_au_plus:
            raise ModeleRefuseError(
                "Le document rempli serait trop grand\u00a0: les boucles de ce modèle écriraient "
                f"{self._rangees} lignes et {self._signes} signes."
            )


class _Lecteur:
    def __init__(self, donnees: DonneesModele, lieux: Lieux) -> None:
        self.lecture = LectureChamp()
        self._lieux = lieux
        self._listes = donnees.listes
        self._colonnes = {name: liste.longueurs() for name, liste in donnees.listes.items()}
        self._textes = {name: len(escape(text)) for name, text in donnees.textes.items()}
        self._carte = donnees.carte
        self._ouvertes = 0

    def corps(self, body: Sequence[nodes.Node], portee: _Portee, fois: int) -> None:
        """Read what stands in a document, a loop or a condition, written so many times with these rows."""
        for node in body:
            try:
                self._instruction(node, portee, fois)
            except _RefusError as error:
                self._lieux(node.lineno).refuse(str(error))

    def _instruction(self, node: nodes.Node, portee: _Portee, fois: int) -> None:
        match node:
            case nodes.Output():
                for each in node.nodes:
                    self._sortie(each, portee, fois)
            case nodes.For():
                self._boucle(node, portee, fois)
            case nodes.If():
                self._condition(node.test, portee)
                for body in (node.body, node.elif_, node.else_):
                    self.corps(body, portee, fois)
            case _:
                raise _RefusError(
                    "seules les boucles «\u00a0for\u00a0» et les conditions «\u00a0if\u00a0» sont permises"
                )

    def _sortie(self, node: nodes.Expr, portee: _Portee, fois: int) -> None:
        if isinstance(node, nodes.TemplateData):
            self.lecture.signes += fois * len(node.data)
            return
        try:
            self.lecture.signes += fois * self._champ(node, portee)
        except _InconnuError as error:
            self.lecture.inconnus[node.lineno] = str(error)
        except _RefusError as error:
            self._lieux(node.lineno).refuse(str(error))

    def _champ(self, node: nodes.Expr, portee: _Portee) -> int:
        if isinstance(node, nodes.Name) and node.name == CARTE and CARTE not in portee and self._carte:
            self.lecture.remplis.add(CARTE)
            return _SIGNES_CARTE
        longest = self._valeur(node, portee)
        return _ALLONGE * longest if isinstance(node, nodes.Filter) else longest

    def _valeur(self, node: nodes.Expr | None, portee: _Portee) -> int:
        """How long this value is at most."""
        match node:
            case nodes.Name():
                return self._nom(node.name, portee)
            case nodes.Getattr():
                return self._colonne(_chemin(node), portee)
            case nodes.Filter():
                return _arguments(node) + self._valeur(node.node, portee)
            case _:
                raise _RefusError(_UN_NOM)

    def _nom(self, name: str, portee: _Portee) -> int:
        if name == CARTE and self._carte:
            raise _RefusError("la carte est une image\u00a0; elle s’écrit {{ carte }}, sans filtre")
        if name in portee or name not in self._textes.keys() | self._listes.keys():
            raise _InconnuError(name)
        if name in self._listes:
            raise _RefusError(f"«\u00a0{name}\u00a0» est un tableau\u00a0; {_UNE_BOUCLE}")
        self.lecture.remplis.add(name)
        return self._textes[name]

    def _colonne(self, chemin: tuple[str, ...], portee: _Portee) -> int:
        first, column, *more = chemin
        if first in portee:
            if column in portee[first] and not more:
                return portee[first][column]
            raise _InconnuError(".".join(chemin))
        known = first == CARTE or first in self._textes or first in self._listes
        raise _InconnuError(".".join(chemin) if known else first)

    def _boucle(self, node: nodes.For, portee: _Portee, fois: int) -> None:
        target, source = node.target, node.iter
        if node.test is not None or node.recursive or not isinstance(target, nodes.Name):
            raise _RefusError(_UNE_BOUCLE)
        if not isinstance(source, nodes.Name) or source.name in portee or source.name not in self._listes:
            raise _RefusError(_UNE_BOUCLE)
        if target.name == _BOUCLE:
            raise _RefusError("une ligne ne peut pas s’appeler «\u00a0loop\u00a0»")
        inner = {
            **portee,
            target.name: self._colonnes[source.name],
            _BOUCLE: dict.fromkeys(regles().boucle, _SIGNES_RANG),
        }
        if self._ouvertes == regles().limites.boucles_imbriquees_au_plus:
            raise _RefusError("trop de boucles sont les unes dans les autres")
        self.lecture.remplis.add(source.name)
        count = fois * len(self._listes[source.name].rangees)
        self.lecture.rangees += count
        self._ouvertes += 1
        self.corps(node.body, inner, count)
        self._ouvertes -= 1
        self.corps(node.else_, portee, fois)

    def _condition(self, node: nodes.Node, portee: _Portee) -> None:
        match node:
            case nodes.Name(name="carte") if CARTE not in portee:
                pass
            case nodes.Name(name=name) if name in self._listes and name not in portee:
                self.lecture.remplis.add(name)
            case nodes.Name() | nodes.Getattr() | nodes.Filter():
                self._valeur_de_condition(node, portee)
            case nodes.Const():
                pass
            case nodes.Not():
                self._condition(node.node, portee)
            case nodes.And() | nodes.Or():
                self._condition(node.left, portee)
                self._condition(node.right, portee)
            case nodes.Compare():
                self._comparaison(node, portee)
            case _:
                raise _RefusError(_UNE_CONDITION)

    def _valeur_de_condition(self, node: nodes.Expr, portee: _Portee) -> None:
        try:
            self._valeur(node, portee)
        except _InconnuError as error:
            raise _RefusError(f"le champ «\u00a0{error}\u00a0» n’est pas connu") from error

    def _comparaison(self, node: nodes.Compare, portee: _Portee) -> None:
        self._condition(node.expr, portee)
        for each in node.ops:
            if each.op not in regles().comparaisons:
                raise _RefusError(_UNE_CONDITION)
            self._condition(each.expr, portee)


def _chemin(node: nodes.Expr) -> tuple[str, ...]:
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr() if not node.attr.startswith("_"):
            return (*_chemin(node.node), node.attr)
        case _:
            raise _RefusError(_UN_NOM)


def _arguments(node: nodes.Filter) -> int:
    """How long the texts given to a filter are."""
    if node.name not in regles().filtres:
        permitted = ", ".join(regles().filtres)
        raise _RefusError(
            f"le filtre «\u00a0{node.name}\u00a0» n’est pas permis\u00a0; le sont\u00a0: {permitted}"
        )
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise _RefusError(_UN_NOM)
    length = 0
    for each in node.args:
        if not isinstance(each, nodes.Const):
            raise _RefusError(_UN_NOM)
        length += len(escape(str(each.value)))
    return length
