"""A list cut into what its lines are: communes, headings, notes, names of territories.

A line that holds several communes gives one element for each.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpts_geo.saisie.fichiers.limites_tableaux import limites
from cpts_geo.saisie.lecture.autres_nombres import est_annee
from cpts_geo.saisie.lecture.ligne import Lecteur, LectureLigne, Sens
from cpts_geo.saisie.lecture.ligne_melee import names_in_a_row, read_mixed
from cpts_geo.saisie.noms import sans_entites, simplify
from cpts_geo.saisie.refus import SaisieRefuseeError
from cpts_geo.saisie.tables.vocabulaire import is_
from cpts_geo.socle.nombres import entier
from cpts_geo.socle.textes import shorten

MAX_LIGNES = limites().rangees_au_plus
MAX_LONGUEUR = 200
MAX_CARACTERES = 500_000
ENTETE = "en-tête ou total"
NOM_DE_TERRITOIRE = "nom de territoire"
SUITE = "suite de la ligne précédente"
TROP_LONGUE = "texte trop long pour être une commune"

# "A, B, et C".
_AND = r"\s*(?:(?:et|ainsi que)\s|&)?"
_SEPARATORS = (
    r"\t",
    r"\u2028",
    rf";{_AND}",
    r"\|",
    rf",{_AND}",
    r"\s[-–—/+]\s",
    r"[/+–—]",
    r"\s(?:et|&|ainsi que)\s",
    "&",
    r"[•·▪]",
    r"(?<=\d)\s+(?=\d{5}|2[abAB]\d{3})",
    r"\s{3,}",
    r"\.\s+(?=\w)",
)
_LIST_HEAD = re.compile(r"^\s*(?:liste des\s+)?communes?\s*(?:membres\s*)?:\s*", re.IGNORECASE)
_NOTE = re.compile(r"^\s*\*|^[^:]{1,40}:\s|\d")
_LONG_NOTE = 40
# How a line ends that the next one goes on.
_CUT = re.compile(
    r"(?:[-\u2010–'’]|\s(?:sur|sous|de|du|des|la|le|les|en|et|aux?|l[eè][sz]|ste?|sainte?))$", re.IGNORECASE
)
_LISTED = re.compile(r"[,;]")
_HYPHENATED = re.compile(r"\w[-\u2010]$")
_AFTER_TITLE = re.compile(r"\s*:\s*|\t+|\u2028|\s[-–—]\s(?=.*(?:[,;]|\set\s))|\s*\((?=[^()]*[,;])")
_TITLED = re.compile(r"\s*([^()]+?)\s*\(([^()]+)\)\s*")
# A code has four digits, its zero lost, or five.
_NO_CODE = re.compile(r"\d{1,3}|\d{6,}")
_LEAST_OF_LIST = 2
_HEADER = re.compile(r"commune|communes|code|codes|codgeo|libgeo|insee|total|nom|noms|liste")
_HEADER_TOO = re.compile(
    _HEADER.pattern + r"|de|la|le|les|des|du|l|d|et|en|postal|postaux|com|cog|cp|libelle|libelles|population"
    r"|municipale|totale|habitants|hab|departement|dep|region|reg|epci|canton|bassin|vie|numero|n|territoire"
    r"|cpts|ensemble|sous|officiel|officielle|officiels|geographique"
)


class ListeInvalideError(SaisieRefuseeError):
    """The list is too long to be one; the message, in French, says so."""


@dataclass(frozen=True, slots=True)
class LigneCollee:
    """A line to match: its number where it was read, and its text.

    The heading of a line that comes from a table may say what its code is (`sens`). `ignoree` says, in
    French, why it is no line of the list, as a heading or a total; `ecartee` why it has something else than a
    commune, or is hidden. `territoire` is that which its column names. A line is `douteuse` when its row has
    the code of something else.
    """

    numero: int
    texte: str
    ignoree: str = ""
    ecartee: str = ""
    sens: Sens | None = None
    territoire: str = ""
    douteuse: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """One commune of the list, or what should be one."""

    numero: int
    texte: str
    lecture: LectureLigne
    ignoree: str = ""
    ecartee: str = ""
    sens: Sens | None = None


def lignes_du_texte(texte: str) -> tuple[LigneCollee, ...]:
    """Lines of a pasted text, blank ones left out.

    Raises:
        ListeInvalideError: the text is too long.
    """
    if len(texte) > MAX_CARACTERES:
        raise ListeInvalideError("Ce texte est trop long pour être une liste de communes.")
    numbered = enumerate(sans_entites(texte).splitlines(), start=1)
    return tuple(LigneCollee(numero, line) for numero, line in numbered if line.strip("\ufeff \t\u00a0;,|"))


def elements(lignes: Iterable[LigneCollee], lecteur: Lecteur) -> list[Element]:
    """What the lines hold, in order.

    Raises:
        ListeInvalideError: there are more than `MAX_LIGNES` of them.
    """
    items: list[Element] = []
    waiting = deque(lignes)
    while waiting:
        ligne = waiting.popleft()
        if waiting and (whole := _broken_name(ligne, waiting[0], lecteur)):
            rest = waiting.popleft()
            waiting.appendleft(replace(ligne, texte=whole))
            items.append(Element(rest.numero, rest.texte.strip(), LectureLigne(), SUITE))
        else:
            items.extend(_split(ligne, lecteur))
        _check_count(len(items))
    # What goes on from a line comes after all that is in it.
    return sorted(items, key=lambda item: item.numero)


def _broken_name(ligne: LigneCollee, below: LigneCollee, lecteur: Lecteur) -> str:
    """Two lines in one, when a page has cut a name, as "Saint-Palais-sur-" and "Mer"; empty if not."""
    texte, rest = ligne.texte.rstrip(), below.texte.strip()
    told = (ligne.ecartee, ligne.ignoree, below.ecartee, below.ignoree)
    if any(told) or not _CUT.search(texte):
        return ""
    begun, end = _LISTED.split(texte)[-1].strip(), _LISTED.split(rest)[0].strip()
    if not _HYPHENATED.search(texte) and lecteur.read(begun).noms:
        return ""
    joints = (
        (f"{texte}{rest}", f"{begun}{end}"),
        (f"{texte} {rest}", f"{begun} {end}"),
        (f"{texte[:-1]}{rest}", f"{begun[:-1]}{end}"),
    )
    read = ((whole, lecteur.read(name)) for whole, name in joints)
    return next((whole for whole, each in read if each.noms and not each.douteuse), "")


def _check_count(count: int) -> None:
    if count > MAX_LIGNES:
        raise ListeInvalideError(f"Cette liste a plus de {entier(MAX_LIGNES)} lignes\u00a0: partagez-la.")


def _split(ligne: LigneCollee, lecteur: Lecteur) -> Iterator[Element]:
    """The line itself when it is about one commune, or each part of a line that clearly is a list."""
    if ligne.ecartee:
        yield Element(ligne.numero, ligne.texte.strip(), LectureLigne(), ecartee=ligne.ecartee)
        return
    if ligne.ignoree or (est_entete(ligne.texte) and not lecteur.etiquetee(ligne.texte)):
        reason = ligne.ignoree or ENTETE
        yield Element(ligne.numero, ligne.texte.strip(), LectureLigne(nom=simplify(ligne.texte)), reason)
        return
    too_long = len(ligne.texte) > MAX_LONGUEUR
    lecture = LectureLigne() if too_long else lecteur.read(ligne.texte, ligne.numero)
    unsure = lecture.douteuse or not lecture.comprise
    titre, rest = titre_et_suite(ligne.texte)
    parts = [] if lecture.comprise else _in_brackets(ligne, lecteur)
    parts = parts or (_parts(ligne, lecteur) if unsure else [])
    if parts:
        yield from parts
    elif rest and not lecture.comprise:
        yield Element(ligne.numero, titre, LectureLigne(), NOM_DE_TERRITOIRE)
        yield from _split(replace(ligne, texte=rest), lecteur)
    else:
        mixed = read_mixed(lecteur, ligne.texte, ligne.numero) if unsure and not too_long else None
        yield _single(ligne, mixed or lecture, lecteur)


def _in_brackets(ligne: LigneCollee, lecteur: Lecteur) -> list[Element]:
    """The communes of a zone that are listed behind its name: "Canton de Royan (Royan, Saujon)"."""
    found = _TITLED.fullmatch(ligne.texte)
    if not found or lecteur.read(found[1]).comprise:
        return []
    parts = _parts(replace(ligne, texte=found[2]), lecteur)
    title = Element(ligne.numero, found[1], LectureLigne(), hors_liste(found[1], lecteur) or ENTETE)
    return [title, *parts] if parts else []


def titre_et_suite(texte: str) -> tuple[str, str]:
    """The name of a territory and what follows it on its line: "CPTS des Rives : Royan, Saujon"."""
    titre, _, rest = _AFTER_TITLE.sub("\n", texte, count=1).partition("\n")
    named = is_("territoires", titre)
    rest = rest.removesuffix(")") if "(" not in rest else rest
    return (titre.strip(), rest.strip()) if named and rest.strip() else (texte, "")


def _single(ligne: LigneCollee, lecture: LectureLigne, lecteur: Lecteur) -> Element:
    """A line that is no list: one commune, or why it is none."""
    texte = ligne.texte.strip()
    if lecture.comprise:
        lecture = replace(lecture, douteuse=lecture.douteuse or ligne.douteuse)
        return Element(ligne.numero, texte, lecture, sens=ligne.sens)
    if other := lecture.autre or _nature(texte):
        return Element(ligne.numero, texte, lecture, ecartee=f"ce n’est pas une commune\u00a0: {other}")
    if reason := hors_liste(texte, lecteur):
        return Element(ligne.numero, texte, lecture, reason)
    if len(texte) > MAX_LONGUEUR:
        return Element(ligne.numero, shorten(texte, MAX_LONGUEUR), lecture, ecartee=TROP_LONGUE)
    return Element(ligne.numero, texte, lecture, sens=ligne.sens)


def _nature(texte: str) -> str:
    """What a text is that could be neither the name nor the code of a commune, in French; empty otherwise."""
    if est_annee(texte):
        return "année"
    if not any(map(str.isalnum, texte)):
        return "ni nom ni code"
    return "nombre" if _NO_CODE.fullmatch(texte) else ""


def hors_liste(texte: str, lecteur: Lecteur) -> str:
    """Why a text that is no commune is no line of a list: a note, a total, a zone; empty without reason."""
    # A name that nobody has, as "Champ le Ducq", is no note: a note says what it is, or is long.
    said = is_("notes", texte) and (_NOTE.search(texte) or len(texte) > _LONG_NOTE)
    if said or texte.startswith("*") or is_("formules", texte):
        return "note ou source"
    if is_("totaux", texte):
        return "total"
    if is_("pays", texte) or is_("zones", texte) or _is_zone(texte, lecteur):
        return "ligne de comparaison"
    return NOM_DE_TERRITOIRE if is_("territoires", texte) else ""


def _is_zone(texte: str, lecteur: Lecteur) -> bool:
    """Whether a text names a département or a région, its number beside it or not."""
    name = " ".join(word for word in simplify(texte).split() if word.isalpha())
    if not name:
        return any(map(str.isalpha, texte)) and bool(lecteur.lieu(texte))
    numbers = [word for word in simplify(texte).split() if not word.isalpha()]
    return bool(lecteur.lieu(name)) and all(lecteur.lieu(each) == lecteur.lieu(name) for each in numbers)


def lectures(texte: str, lecteur: Lecteur) -> list[LectureLigne]:
    """What a text means: one reading, or one for each commune of a list written in a line."""
    return [item.lecture for item in _split(LigneCollee(0, texte), lecteur)]


def _parts(ligne: LigneCollee, lecteur: Lecteur) -> list[Element]:
    texte = _LIST_HEAD.sub("", ligne.texte)
    for separator in _SEPARATORS:
        cells = [cell for cell in re.split(separator, texte) if cell.strip()]
        if len(cells) < _LEAST_OF_LIST:
            continue
        _check_count(len(cells))
        each = (replace(ligne, texte=cell) for cell in cells)
        parts = [part for line in each for part in _split(line, lecteur)]
        return parts if _is_list(parts) else []
    names = names_in_a_row(lecteur.index, texte) if len(texte) <= MAX_LONGUEUR else []
    return [part for name in names for part in _split(replace(ligne, texte=name), lecteur)]


def _is_list(parts: Sequence[Element]) -> bool:
    """Whether most parts are communes, all given by their names or all by their codes.

    Two codes of two départements are not enough: the second is more likely a population.
    """
    read = [part for part in parts if part.lecture.comprise]
    if len(read) < max(_LEAST_OF_LIST, (len(parts) + 1) // 2):
        return False
    if len({part.lecture.est_code for part in read}) > 1:
        return False
    pair_of_codes = len(parts) == _LEAST_OF_LIST and parts[0].lecture.est_code
    return not (pair_of_codes and parts[0].texte[:2] != parts[1].texte[:2])


def est_entete(texte: str) -> bool:
    """Whether a text is the head of a column, or a total, rather than a commune: "Code INSEE"."""
    words = [word for word in simplify(texte).split() if not word.isdigit()]
    return any(map(_HEADER.fullmatch, words)) and all(map(_HEADER_TOO.fullmatch, words))
