"""A project comes back from its file the same; whatever else is opened is refused in French, or sound."""

import copy
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given

from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.projet.donnees_locales import DonneeLocale, limites
from cpts_geo.projet.fichier import FichierProjetError, Ouverture, cog, decode, encode, nom_fichier, refus
from cpts_geo.projet.fichier_json import declaration
from cpts_geo.projet.projet import Projet, Scenario, regles
from cpts_geo.projet.territoire import Territoire
from cpts_geo.socle.chemins import ROOT
from tests.outils.projets import projets, renumbered

JOUR = date(2026, 1, 31)
V1 = (ROOT / "tests" / "donnees" / "projet_v1.json").read_bytes()
LIMOUSIN = Projet.nouveau(Territoire("CPTS du Limousin", ("87085", "19272")))
NOMBREUX = 10_000


def opened(content: bytes) -> Ouverture:
    return decode(content, donnees().referentiel)


def written(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file of version 1, after a change of what it holds."""
    read = json.loads(V1)
    change(read)
    return json.dumps(read).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(FichierProjetError) as caught:
        opened(content)
    return str(caught.value).replace("\u00a0", " ")


# ---- Round trip -----------------------------------------------------------------------------------------


@given(projets())
def test_any_project_comes_back_numbered_from_one_and_without_a_remark(projet: Projet) -> None:
    ouverture = opened(encode(projet, JOUR, donnees().fiches))
    named = [
        each.territoire.nom or regles().nom_scenario.format(rang=rang)
        for rang, each in enumerate(projet.scenarios, start=1)
    ]
    assert [each.territoire.nom for each in ouverture.projet.scenarios] == named
    expected = renumbered(projet)
    for cle, nom in enumerate(named, start=1):
        expected = expected.rename(cle, nom)
    assert ouverture == Ouverture(expected, (), JOUR)


def test_a_person_can_read_the_file() -> None:
    text = encode(LIMOUSIN, JOUR, donnees().fiches).decode()
    assert '        {"code": "19272", "nom": "Tulle"}\n' in text
    assert '"nom": "CPTS du Limousin"' in text
    assert f'"cog": {cog()}' in text
    assert json.loads(text)["format"] == "cpts-geo"


def test_twelve_scenarios_of_five_hundred_communes_make_a_small_file() -> None:
    codes = tuple(donnees().referentiel.communes.index[:500])
    scenarios = tuple(Scenario(cle, Territoire("CPTS", codes), "bleu") for cle in range(1, 13))
    assert len(encode(Projet(scenarios, 1), JOUR, donnees().fiches)) < 350_000


def everywhere(scenarios: int) -> Projet:
    france = Territoire("France", tuple(donnees().referentiel.communes.index))
    return Projet(tuple(Scenario(cle, france, "bleu") for cle in range(1, 1 + scenarios)), 1)


def test_a_project_that_could_not_be_opened_again_is_not_saved() -> None:
    assert "il reste ouvert ici" in refus(everywhere(12), JOUR)
    with pytest.raises(FichierProjetError, match="trop gros pour un fichier"):
        encode(everywhere(12), JOUR, donnees().fiches)


def test_a_large_project_is_saved_without_the_names_of_its_communes() -> None:
    assert refus(everywhere(4), JOUR) == ""
    content = encode(everywhere(4), JOUR, donnees().fiches)
    assert b"Tulle" not in content
    assert b"Tulle" in encode(everywhere(1), JOUR, donnees().fiches)
    assert decode(content, donnees().referentiel).projet == everywhere(4)


@pytest.mark.parametrize(
    ("nom", "file"),
    [
        ("CPTS de l’Île d’Oléron", "projet-cpts-de-l-ile-d-oleron-2026-01-31.json"),
        ("../../etc", "projet-cpts-etc-2026-01-31.json"),
        ("CPTS", "projet-cpts-territoire-2026-01-31.json"),
    ],
)
def test_the_file_is_named_after_the_project(nom: str, file: str) -> None:
    assert nom_fichier(LIMOUSIN.rename(1, nom), JOUR) == file


# ---- Version 1, for ever --------------------------------------------------------------------------------


def test_files_of_version_1_are_opened_for_ever() -> None:
    authion = "CPTS d’Authion, Loir & “Vallée”"
    assert opened(V1).projet == Projet(
        (
            Scenario(1, Territoire(authion, ("49194", "49138", "49080", "2A004")), "jaune"),
            Scenario(
                2,
                Territoire("Avec Beaufort", ("49138", "49194", "49307")),
                "mauve",
                "Un territoire rural.\n– Peu de médecins.",
            ),
            Scenario(3, Territoire("Scénario 3"), "bleu"),
        ),
        actif=2,
        locales=(
            DonneeLocale(
                "Patients de plus de 17 ans sans médecin traitant",
                "patients",
                "effectif",
                "CPAM de Maine-et-Loire",
                "30/06/2025",
                (("49194", 312.0), ("49138", 401.0)),
            ),
            DonneeLocale(
                "Part des patients en ALD sans médecin traitant",
                "%",
                "taux",
                "ARS Pays de la Loire",
                "2024",
                (),
                ((1, 6.4), (2, 7.25)),
            ),
        ),
    )
    assert opened(V1).jour == JOUR
    assert "Fontaine-Milon (49139) est aujourd’hui Mazé-Milon" in opened(V1).messages[-1]


def test_a_file_saved_by_windows_opens_too() -> None:
    assert opened(b"\xef\xbb\xbf" + V1.replace(b"\n", b"\r\n")) == opened(V1)


def test_only_names_and_codes_are_needed() -> None:
    scenarios = [
        {"nom": "Nord", "communes": [{"code": "31555"}], "couleur": None},
        {"nom": "\u202e", "communes": []},
    ]
    bare = json.dumps({"format": "cpts-geo", "version": 1, "scenarios": scenarios, "autre": [1]}).encode()
    expected = Projet(
        (
            Scenario(1, Territoire("Nord", ("31555",)), "jaune"),
            Scenario(2, Territoire("Scénario 2"), "jaune"),
        ),
        actif=1,
    )
    assert opened(bare) == Ouverture(expected, (), None)


# ---- What the person is told ----------------------------------------------------------------------------


def told(change: Callable[[dict[str, Any]], object]) -> str:
    return " ".join(opened(written(change)).messages).replace("\u00a0", " ")


def test_unknown_codes_are_left_aside_and_named() -> None:
    def change(read: dict[str, Any]) -> None:
        read["scenarios"][2]["communes"] = [
            {"code": "98999", "nom": "Nulle\x00-Part\u202e"},
            {"code": "31555"},
            {"code": "00000"},
        ]

    assert "Codes inconnus, laissés de côté : 98999 (Nulle-Part), 00000." in told(change)
    assert opened(written(change)).projet[3].territoire.codes == ("31555",)


def test_many_are_counted_after_the_first() -> None:
    codes = [f"98{rank:03}" for rank in range(20)]
    change = {"communes": [{"code": code} for code in codes], "nom": "Loin"}
    message = told(lambda read: read["scenarios"].append(change))
    assert f"{codes[7]} et 12 autres." in message
    assert codes[8] not in message


def test_communes_of_another_year_unknown_colours_and_repetitions_are_told() -> None:
    assert f"avec les communes de 2031 ; celles de l’application sont de {cog()}." in told(
        lambda read: read.update(cog=2031)
    )
    change = {"couleur": "vert\u202e pomme", "nom": "Loin", "communes": [{"code": "31555"}] * 3}
    message = told(lambda read: read["scenarios"].append(change))
    assert "La couleur « vert pomme » de « Loin » n’existe pas : elle est remplacée par « Jaune »." in message
    assert "gardées une fois : Toulouse." in message


def test_former_communes_that_are_now_one_are_no_repetition() -> None:
    change = {"nom": "Mazé", "communes": [{"code": "49139"}, {"code": "49194"}]}
    assert "plusieurs fois" not in told(lambda read: read["scenarios"].append(change))
    assert opened(written(lambda read: read["scenarios"].append(change))).projet[4].territoire.codes == (
        "49194",
    )


def test_counts_of_communes_that_are_now_one_are_added_up_and_told() -> None:
    def change(read: dict[str, Any]) -> None:
        read["donnees_locales"][0]["par_commune"].append({"code": "49139", "valeur": 88})

    assert opened(written(change)).projet.locales[0].par_commune == (("49194", 400.0), ("49138", 401.0))
    assert "additionnés, à vérifier : « Patients de plus de 17 ans" in told(change)
    assert "de Mazé-Milon." in told(change)


def test_rates_of_communes_that_are_now_one_are_left_aside_and_told() -> None:
    def change(read: dict[str, Any]) -> None:
        read["donnees_locales"][1]["par_commune"] = [
            {"code": "49139", "valeur": 5},
            {"code": "49194", "valeur": 7},
            {"code": "31555", "valeur": 6.5},
        ]

    assert opened(written(change)).projet.locales[1].par_commune == (("31555", 6.5),)
    assert "Taux d’anciennes communes, laissés de côté : « Part des patients en ALD" in told(change)


# ---- What is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b" \n", "vide"),
        (b"PK\x03\x04....", "tableur ou une archive compressée, pas un projet"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "ancien document Office"),
        (b"%PDF-1.7", "PDF"),
        ("Code;Commune\r\n49194;Mazé".encode("cp1252"), "« Ajouter une liste »"),
        (b"Tulle\nLimoges\n", "« Ajouter une liste »"),
        (b'["31555", "31069"]', "« Ajouter une liste »"),
        (b'{"communes": ["31555"]}', "« Ajouter une liste »"),
        (b'{"type": "FeatureCollection", "features": []}', "GeoJSON"),
        (b'{"type": ["Polygon"]}', "n’est pas un projet"),
        (b'{"format": ["cpts-geo"]}', "n’est pas un projet"),
        (V1[:500], "ne se lit plus à partir de la ligne"),
        (V1.replace("Mazé".encode(), b"Maz\xe9"), "à partir de la ligne 13"),
        (V1.decode().encode("utf-16"), "n’est pas un projet"),
        (b'{"a":' * 200_000, "abîmé"),
        (b"[" * 200_000, "abîmé"),
        (b'{"format": "cpts-geo", "version": ' + b"9" * 5000 + b"}", "abîmé"),
        (V1.replace(b"312.0", b"NaN"), "NaN n’est pas un nombre"),
        (V1.replace(b"312.0", b"-Infinity"), "-Infinity n’est pas un nombre"),
        (V1.replace(b'"cog"', b'"actif"'), "deux fois"),
        (V1 + b" " * declaration().octets_au_plus, "trop gros pour être un projet : 5,0 Mo, et 5 Mo au plus"),
    ],
)
def test_what_is_not_a_project_is_refused_with_the_right_door(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda read: read.update(version=2), "version plus récente"),
        (lambda read: read.update(version=10**300), "version plus récente"),
        (lambda read: read.update(version=0), "quelle version"),
        (lambda read: read.update(version=True), "quelle version"),
        (lambda read: read.update(version="1"), "quelle version"),
        (lambda read: read.pop("version"), "quelle version"),
        (lambda read: read.pop("scenarios"), "« scenarios » manque."),
        (lambda read: read.update(scenarios=[]), "« scenarios » est une liste vide."),
        (lambda read: read.update(scenarios={}), "« scenarios » n’est pas une liste."),
        (lambda read: read.update(scenarios=read["scenarios"] * 5), "compte 15 éléments, et 12 au plus."),
        (lambda read: read.update(donnees_locales=read["donnees_locales"] * 31), "62 éléments"),
        (lambda read: read.update(actif=4), "« actif » n’est pas le rang d’un scénario."),
        (lambda read: read.update(actif=0), "« actif » n’est pas le rang d’un scénario."),
        (lambda read: read.update(actif=1.0), "« actif » n’est pas un nombre entier."),
        (lambda read: read.update(cog=10**300), "« cog » est trop grand."),
        (lambda read: read.update(enregistre_le="hier"), "« enregistre_le » n’est pas une date"),
        (lambda read: read["scenarios"].insert(1, 3), "scénario 2 n’est pas un objet"),
        (lambda read: read["scenarios"][1].update(nom=None), "scénario 2, « nom » n’est pas un texte."),
        (
            lambda read: read["scenarios"][1]["communes"][2].pop("code"),
            "scénario 2, commune 3, « code » manque.",
        ),
        (
            lambda read: read["scenarios"][1]["communes"][1].update(code=49139),
            "scénario 2, commune 2, « code » n’est pas un texte.",
        ),
        (
            lambda read: read["scenarios"][0]["communes"][1].update(code="4913"),
            "scénario 1, commune 2, « code » n’est pas un code Insee (cinq caractères, comme 31555",
        ),
        (
            lambda read: read["donnees_locales"][0].update(nature="moyenne"),
            "donnée locale 1, « nature » ne vaut ni « effectif » ni « taux ».",
        ),
        (
            lambda read: read["donnees_locales"][0]["par_commune"][1].update(valeur="12"),
            "donnée locale 1, commune 2, « valeur » n’est pas un nombre.",
        ),
        (
            lambda read: read["donnees_locales"][0]["par_commune"][1].update(valeur=True),
            "« valeur » n’est pas un nombre.",
        ),
        (
            lambda read: read["donnees_locales"][0]["par_commune"][1].update(valeur=10**400),
            "« valeur » n’est pas un nombre.",
        ),
        (
            lambda read: read["donnees_locales"][0]["par_commune"][1].update(valeur=1e13),
            "« valeur » est trop grand.",
        ),
        (
            lambda read: read["donnees_locales"][0]["par_commune"].append({"code": "49194", "valeur": 1}),
            "donnée locale 1, commune 3 a déjà un chiffre plus haut.",
        ),
        (
            lambda read: read["donnees_locales"][1]["par_scenario"].append({"scenario": 2, "valeur": 1}),
            "donnée locale 2, chiffre par scénario 3 a déjà un chiffre plus haut.",
        ),
        (
            lambda read: read["donnees_locales"][1]["par_scenario"][1].update(scenario=4),
            "donnée locale 2, chiffre par scénario 2, « scenario » n’est pas le rang d’un scénario.",
        ),
        (
            lambda read: read["donnees_locales"][0].update(
                par_commune=[
                    {"code": code, "valeur": limites().valeur_au_plus} for code in ("49139", "49194")
                ]
            ),
            "donnée locale 1 additionne des chiffres trop grands.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_where(
    change: Callable[[dict[str, Any]], object], words: str
) -> None:
    assert words in refusal(written(change))


# ---- Ten thousand files ---------------------------------------------------------------------------------

HOSTILE: list[Any] = [
    None,
    True,
    0,
    -1,
    10**400,
    1e308,
    "",
    "\ud800",
    "\u202e\x00",
    "49139",
    "x" * 5000,
    [],
    {},
    [[[[]]]],
    {"\ud800": 1},
    {"code": "49139"},
    {"code": "31555", "valeur": 5e11},
    {"nom": "A", "communes": [{"code": "93059"}, {"code": "\ud8005"}]},
]
TOKENS = [b'"', b"{", b"}", b"[", b"]", b",", b"\\", b"\\ud800", b"NaN", b"1e999", b"\xff", b"\x00", b"-"]


def mutated_bytes(random: Random) -> bytes:
    content = bytearray(V1)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(content) + 1)
        length = random.choice([0, 1, 1, 5, 200])
        content[at : at + length] = random.choice(
            [b"", random.choice(TOKENS), random.randbytes(2), V1[at : at + random.choice([1, 40, 400])]]
        )
    return bytes(content)


def mutated_json(random: Random) -> bytes:
    read = json.loads(V1)
    for _ in range(random.randint(1, 3)):
        place, key = random.choice(list(places(read)))
        action = random.randrange(4)
        if action == 0:
            del place[key]
        elif action == 1 and isinstance(place, list):
            place.extend(copy.deepcopy(place[key]) for _ in range(random.choice([1, 15])))
        else:
            place[key] = copy.deepcopy(random.choice([*HOSTILE, read.get("scenarios")]))
        if not isinstance(read, dict) or not read:
            break
    return json.dumps(read, ensure_ascii=random.random() < 0.9).encode("utf-8", "surrogatepass")


def places(node: Any) -> Any:  # noqa: ANN401 - any JSON
    """Every place of a JSON value: what holds it, and its key there."""
    for key, child in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(child, dict | list):
            yield from places(child)


def anything(random: Random) -> bytes:
    return random.choice([b"", b"{", b"[", b'{"format":"cpts-geo","version":1,']) + random.randbytes(
        random.randrange(60)
    )


@pytest.mark.lent
def test_ten_thousand_random_or_mutated_files_are_refused_in_french_or_are_sound() -> None:
    random = Random(1)  # noqa: S311 - the same files each time
    kinds = [mutated_bytes, mutated_json, mutated_json, anything]
    start, accepted, reasons = time.process_time(), 0, set()
    for rank in range(NOMBREUX):
        content = kinds[rank % len(kinds)](random)
        try:
            ouverture = opened(content)
        except FichierProjetError as error:
            reasons.add(str(error))
            continue
        accepted += 1
        check_sound(ouverture)
    assert all(reason.startswith("Ce ") and reason.endswith(".") and len(reason) < 300 for reason in reasons)
    assert all(reason.isprintable() for reason in (each.replace("\u00a0", " ") for each in reasons))
    assert accepted > NOMBREUX / 50, "mutations reach beyond the first checks"
    assert len(reasons) > 100
    assert time.process_time() - start < 20


def check_sound(ouverture: Ouverture) -> None:
    projet = ouverture.projet
    for scenario in projet.scenarios:
        donnees().referentiel.validate(scenario.territoire)
        assert scenario.territoire.nom
        assert scenario.couleur in regles().couleurs
    for locale in projet.locales:
        donnees().referentiel.validate(code for code, _ in locale.par_commune)
    assert all(len(each) < 1000 and each.replace("\u00a0", " ").isprintable() for each in ouverture.messages)
    again = opened(encode(projet, JOUR, donnees().fiches))
    assert again == replace(ouverture, messages=(), jour=JOUR)


FIGURE = (
    '{"format":"cpts-geo","version":1,"scenarios":[{"nom":"a","communes":[{"code":"31555"}]}],"donnees_locales":'
    '[{"libelle":"l","nature":"taux","par_commune":[{"code":"31555","valeur":%s}]}]}'
)


@pytest.mark.lent
@pytest.mark.parametrize(
    "content",
    [
        "[" * 4_900_000,
        '{"a":' * 900_000,
        '{"format":"cpts-geo","version":1,"x":' + "[" * 2_000_000 + "]" * 2_000_000 + "}",
        "[" * 20_000_000,
        FIGURE % "1e999",
        FIGURE % "-1e999",
        FIGURE % ("9" * 400),
        FIGURE % ("9" * 100_000),
        FIGURE % "NaN",
        '{"format":"cpts-geo","version":' + "9" * 4_000 + "}",
        '{"format":"cpts-geo","version":1,"scenarios":['
        + ",".join(['{"nom":"a","communes":[]}'] * 100_000)
        + "]}",
    ],
    ids=range(11),
)
def test_files_made_to_harm_are_refused_in_french(content: str) -> None:
    with pytest.raises(FichierProjetError, match=r"^Ce (fichier|projet) "):
        decode(content.encode(), donnees().referentiel)


def test_local_figures_without_a_name_or_with_the_same_are_told_apart() -> None:
    names = ("", " \u200b", "a", "a")
    figures = [
        {"libelle": nom, "nature": "taux", "par_commune": [{"code": "31555", "valeur": rank}]}
        for rank, nom in enumerate(names)
    ]
    scenarios = [{"nom": "A", "communes": [{"code": "31555"}]}]
    whole = {"format": "cpts-geo", "version": 1, "scenarios": scenarios, "donnees_locales": figures}
    locales = opened(json.dumps(whole).encode()).projet.locales
    assert [each.libelle for each in locales] == ["Donnée sans nom", "Donnée sans nom (2)", "a", "a (2)"]
    assert [each.par_commune[0][1] for each in locales] == [0, 1, 2, 3]
