"""What is declared of the documents: templates, their sections, and what fills each."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cpts_geo.analyse.series.declares import CodeGraphique
from cpts_geo.analyse.synthese import PhraseDeclaree
from cpts_geo.socle.declarations import Declare, declaration


class BlocPhrase(PhraseDeclaree):
    """A sentence, as those of the synthesis."""

    type: Literal["phrase"]


class BlocIndicateurs(Declare):
    """Indicators, one line each, in the columns of the report."""

    type: Literal["indicateurs"]
    titre: str
    indicateurs: tuple[str, ...]


class BlocChamp(Declare):
    """A field: where its answer is to be found, and the name of the local figure that fills it, if any."""

    type: Literal["champ"]
    libelle: str
    ou: str
    locale: str = ""


class BlocChoroplethe(Declare):
    """The map of an indicator."""

    type: Literal["choroplethe"]
    indicateur: str


class BlocGraphique(Declare):
    """A chart of the report, by its code."""

    type: Literal["graphique"]
    graphique: CodeGraphique


class BlocStructures(Declare):
    """Structures of the territory, by the codes of their types."""

    type: Literal["structures"]
    titre: str
    types: tuple[str, ...]


class BlocCommunes(Declare):
    """The communes of the territory."""

    type: Literal["communes"]
    titre: str


class BlocDecoupages(Declare):
    """How the territory cuts EPCI, cantons and bassins de vie."""

    type: Literal["decoupages"]
    titre: str


class BlocCpts(Declare):
    """The CPTS that exist already, in the territory and around it."""

    type: Literal["cpts"]


class BlocTaille(Declare):
    """The Tailles, that of the territory ticked."""

    type: Literal["taille"]
    titre: str


class BlocLocales(Declare):
    """Every local figure."""

    type: Literal["locales"]
    titre: str


class BlocScenarios(Declare):
    """The scenarios of the project side by side."""

    type: Literal["scenarios"]
    titre: str


class BlocSources(Declare):
    """What the figures come from."""

    type: Literal["sources"]
    titre: str


class BlocDefinitions(Declare):
    """Whom each indicator counts and whom it leaves out, when, where, and what it is set beside."""

    type: Literal["definitions"]
    titre: str


class BlocCarte(Declare):
    """The map of the territory."""

    type: Literal["carte"]


class BlocParts(Declare):
    """The shares of beneficiaries beside their reference values."""

    type: Literal["parts"]


class BlocSynthese(Declare):
    """The synthesis of the territory."""

    type: Literal["synthese"]


class BlocTout(Declare):
    """Every indicator, heading by heading."""

    type: Literal["tout"]


BlocDeclare = (
    BlocPhrase
    | BlocIndicateurs
    | BlocChamp
    | BlocChoroplethe
    | BlocGraphique
    | BlocStructures
    | BlocCommunes
    | BlocDecoupages
    | BlocCpts
    | BlocTaille
    | BlocLocales
    | BlocScenarios
    | BlocSources
    | BlocDefinitions
    | BlocCarte
    | BlocParts
    | BlocSynthese
    | BlocTout
)


class TextesDocument(Declare):
    """Words that stand in every document."""

    a_completer: str
    ou_trouver: str
    fourni: str
    lien: str


class PartNationale(Declare):
    """A kind of care, and the share (%) of beneficiaries over France."""

    libelle: str
    france: float


class PartsDeclarees(Declare):
    """The shares of beneficiaries: reference values, and where those of the territory are found."""

    titre: str
    source: str
    ou: str
    ligne: tuple[PartNationale, ...]


class SectionDeclaree(Declare):
    """A section: its code, its heading, and the names of its blocks."""

    code: str
    titre: str
    niveau: int = 1
    blocs: tuple[str, ...]


class ModeleDeclare(Declare):
    """A template: what it is called, and its sections, annexes left aside."""

    code: str
    nom: str
    titre: str
    explication: str
    section: tuple[SectionDeclaree, ...]


class AutresSources(Declare):
    """Codes of the sources of what is not an indicator."""

    autres: tuple[str, ...]


class ReperesModele(Declare):
    """What is said, behind a document, of the national values that the template quotes."""

    note: str


class Trame(Declare):
    """Everything declared of the documents; `adresse` is where the application answers by default."""

    adresse: str
    textes: TextesDocument
    parts: PartsDeclarees
    modele: tuple[ModeleDeclare, ...]
    annexe: tuple[SectionDeclaree, ...]
    blocs: Mapping[str, Annotated[BlocDeclare, Field(discriminator="type")]]
    sources: AutresSources
    reperes: ReperesModele

    @model_validator(mode="after")
    def _sections_name_every_block(self) -> Self:
        sections = [section for modele in self.modele for section in modele.section]
        named = {name for section in (*sections, *self.annexe) for name in section.blocs}
        if wrong := named ^ set(self.blocs):
            raise ValueError(f"blocs inconnus ou sans section\u00a0: {', '.join(sorted(wrong))}.")
        return self


def trame() -> Trame:
    """What the data file declares of the documents, read once."""
    return declaration("diagnostic", Trame)
