"""Every indicator worked out in SQL from the declaration and the files of the bundle, without the library.

The doubt left by masked cells is found by writing the extreme values in place of the cells: first what makes
the indicator the lowest, then what makes it the highest.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import duckdb

from cpts_geo.socle.chemins import BUNDLE, DECLARATIONS

Declaration = Mapping[str, Any]


class Recalcul(NamedTuple):
    """What SQL finds for one indicator over one zone; None where there is nothing to tell."""

    bas: float | None
    haut: float | None
    effectif_bas: float | None
    effectif_haut: float | None
    couverture: float
    communes_masquees: int
    communes_manquantes: int
    couverture_encadree: float


ZONE = "insert into zones select {name}, code from communes where {condition}"

# One row per zone. `bas` and `haut` are the terms with each masked cell at its lowest and at its highest.
COMMUNES = """
with termes as (
    select zones.zone, population, {known} as connu, {masked} as masque,
           {top_low} as haut_bas, {top_high} as haut_haut, {under_low} as bas_bas, {under_high} as bas_haut
    from zones join communes using (code) join indicateurs using (code)
),
sommes as (
    select zone,
           count(*) as communes,
           count(*) filter (connu) as connues,
           count(*) filter (connu and masque) as masquees,
           sum(population) as habitants,
           coalesce(100 * sum(population) filter (connu) / sum(population), 0) as encadree,
           coalesce(100 * sum(population) filter (connu and not masque) / sum(population), 0) as couverture,
           sum({weight} * haut_bas) filter (connu) as haut_bas,
           sum({weight} * haut_haut) filter (connu) as haut_haut,
           sum(bas_bas) filter (connu) as bas_bas,
           sum(bas_haut) filter (connu) as bas_haut,
           min(haut_bas) filter (connu) as minimum,
           max(haut_haut) filter (connu) as maximum
    from termes group by zone
),
publies as (
    select zone, {published_top} as haut, {published_under} as bas
    from cles left join reference using (cle)
)
select sommes.*, publies.haut as haut_publie,
       coalesce(
           publies.bas, case when connues = communes and bas_bas = bas_haut then bas_bas end
       ) as bas_publie
from sommes join publies using (zone)
"""

# The départements of each official zone; none of a territory, of which nothing is published.
PARTIES = """
select zone,
       case when regexp_matches(zone, '^(D|R|FR)') then list(distinct departement) else [] end as parties
from zones join communes using (code) group by zone
"""

# What communes do not have: the figure of each zone that has it, and the column that names it for a commune.
ZONALES = {
    "departement": (
        """select departement as cle, valeur from departements
           where theme || ' / ' || libelle || ' / ' || sexe || ' / ' || annee = '{name}'""",
        "departement",
    ),
    "bassin": ("select code as cle, {name} as valeur from bassins", "bassin_vie"),
}
ZONALE = """
with chiffres as ({figures})
select zone, sum(valeur * population) / sum(population) filter (valeur is not null) as valeur,
       coalesce(100 * sum(population) filter (valeur is not null) / sum(population), 0) as couverture,
       count(*) as communes
from zones join communes using (code) left join chiffres on chiffres.cle = communes.{key}
group by zone
"""


@cache
def declarations() -> list[Declaration]:
    """The indicators as they stand in the declaration."""
    content = tomllib.loads((DECLARATIONS / "indicateurs.toml").read_text(encoding="utf-8"))
    declared: list[Declaration] = content["indicateur"]
    return declared


@cache
def additionnes() -> set[str]:
    """The indicators of which zones add up their communes, whatever is published."""
    content = tomllib.loads((DECLARATIONS / "references.toml").read_text(encoding="utf-8"))
    return {each["indicateur"] for each in content["reference"] if each.get("communes")}


def connect(territoires: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """The files of the bundle, and the zones: these territories (SQL conditions), D.., R.. and FR."""
    base = duckdb.connect()
    tables = {name: name for name in ("communes", "indicateurs", "departements", "bassins")}
    for table, file in (tables | {"reference": "references"}).items():
        base.read_parquet(str(BUNDLE / f"{file}.parquet")).create(table)
    base.execute("alter table reference rename zone to cle")
    base.execute("create table zones (zone varchar, code varchar)")
    official = {"'D' || departement": "true", "'R' || region": "true", "'FR'": "true"}
    for name, condition in ({f"'{name}'": text for name, text in territoires.items()} | official).items():
        base.execute(ZONE.format(name=name, condition=condition))
    base.execute(
        """create table cles as
           select zone, case when zone[1] = 'R' and count(distinct departement) = 1
                             then 'D' || any_value(departement)
                             else zone end as cle
           from zones join communes using (code) group by zone"""
    )
    return base


def recompute(base: duckdb.DuckDBPyConnection, item: Declaration) -> dict[str, Recalcul]:
    """One indicator over each zone."""
    return _added_up(base, item) | _published_values(base, item)


def _added_up(base: duckdb.DuckDBPyConnection, item: Declaration) -> dict[str, Recalcul]:
    if item["agregation"] in ZONALES:
        figures, key = ZONALES[item["agregation"]]
        named = figures.format(name=item["numerateur"][0].replace("'", "''"))
        rows = _rows(base, ZONALE.format(figures=named, key=key))
        return {row["zone"]: _zonal(row) for row in rows}
    sums = {row["zone"]: row for row in _rows(base, COMMUNES.format(**_terms(base, item)))}
    parts = {row["zone"]: row["parties"] for row in _rows(base, PARTIES)}
    whole = {
        zone: _of_departements(item, row, [sums[f"D{code}"] for code in parts[zone]])
        for zone, row in sums.items()
    }
    return {zone: _informing(item, _communal(item, row)) for zone, row in whole.items()}


def _of_departements(item: Declaration, row: dict[str, Any], parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of départements where the zone has a published total that nothing divides, and they can."""
    undivided = row["haut_publie"] is not None and row["bas_publie"] is None
    if not undivided or not any(_given(item, each) for each in parts):
        return row
    summed = [_with_published(item, each) for each in parts]
    names = ("haut_bas", "haut_haut", "bas_bas", "bas_haut", "masquees")
    totals = {name: sum(each[name] or 0 for each in summed) for name in names}
    shares = {
        name: sum(each[name] * each["habitants"] for each in summed) / row["habitants"]
        for name in ("couverture", "encadree")
    }
    return row | totals | shares


def _given(item: Declaration, row: Mapping[str, Any]) -> bool:
    """Whether published totals stand in the place of the sums."""
    published = None not in (row["haut_publie"], row["bas_publie"])
    return item["agregation"] == "rapport" and published and item["code"] not in additionnes()


def _with_published(item: Declaration, row: Mapping[str, Any]) -> dict[str, Any]:
    """The sums of a zone, its published totals in their place."""
    if not _given(item, row):
        return dict(row)
    top = dict.fromkeys(("haut_bas", "haut_haut"), row["haut_publie"])
    under = dict.fromkeys(("bas_bas", "bas_haut"), row["bas_publie"])
    return {**row, **top, **under, "couverture": 100.0, "encadree": 100.0, "masquees": 0}


def _informing(item: Declaration, found: Recalcul) -> Recalcul:
    """Bounds of masked cells that are too far apart are not given."""
    if found.bas is None or found.haut is None or not item.get("masque"):
        return found
    most = declared_in("rapport")["largeur_bornes"] * item.get("facteur", 1) / 100
    return found if found.haut - found.bas <= most else found._replace(bas=None, haut=None)


# ---- Published values ------------------------------------------------------------------------------------

# Of each official zone: what stands in its place when it is a single département, and its communes.
OFFICIAL = "select zone, cle from cles where regexp_matches(zone, '^(D|R|FR)')"
OF_DEPARTEMENTS = """
with valeurs as (
    select departement, valeur from departements
    where theme || ' / ' || libelle || ' / ' || sexe || ' / ' || annee = '{name}' and valeur is not null
)
select zone, sum(valeur * {weight}) / sum({weight}) filter (valeur is not null) as valeur,
       coalesce(100 * sum({weight}) filter (valeur is not null) / sum({weight}), 0) as couverture,
       count(*) as communes
from zones join communes using (code) join indicateurs using (code)
     left join valeurs on valeurs.departement = communes.departement
group by zone
"""


def _published_values(base: duckdb.DuckDBPyConnection, item: Declaration) -> dict[str, Recalcul]:
    """What official zones have instead of what their communes add up to: published, a mean, or nothing."""
    declared = {each["indicateur"]: each for each in declared_in("references")["reference"]}
    found = declared.get(item["code"], {})
    zones = {row["zone"]: row["cle"] for row in _rows(base, OFFICIAL)}
    nothing = dict.fromkeys(zones, _zonal({"valeur": None, "couverture": 0.0, "communes": 0}))
    values = nothing if item["agregation"] == "etendue" else {}
    if name := found.get("departements"):
        weight = f"coalesce({item.get('denominateur', ['1'])[0]}, 0)"
        rows = _rows(base, OF_DEPARTEMENTS.format(name=name.replace("'", "''"), weight=weight))
        means = {row["zone"]: _zonal(row) for row in rows if row["zone"] in zones}
        alone = (zone for zone, cle in zones.items() if cle[0] == "D" and means[zone].bas is not None)
        averaged = item["agregation"] == "moyenne_ponderee"
        values |= means if averaged else {zone: means[zone] for zone in alone}
    given = found.get("valeurs", {})
    return values | {
        zone: Recalcul(given[cle], given[cle], None, None, 100.0, 0, 0, 100.0)
        for zone, cle in zones.items()
        if cle in given
    }


@cache
def declared_in(name: str) -> Declaration:
    """A file of declarations as it stands."""
    return tomllib.loads((DECLARATIONS / f"{name}.toml").read_text(encoding="utf-8"))


def _zonal(row: Mapping[str, Any]) -> Recalcul:
    value = row["valeur"]
    missing = row["communes"] if value is None else 0
    return Recalcul(value, value, None, None, row["couverture"], 0, missing, row["couverture"])


def _communal(item: Declaration, row: Mapping[str, Any]) -> Recalcul:
    missing = row["communes"] - row["connues"]
    if not row["connues"]:
        return Recalcul(None, None, None, None, row["couverture"], 0, missing, row["encadree"])
    terms = _with_published(item, row)
    counted = bool(item.get("effectif")) or item["agregation"] == "somme"
    return Recalcul(
        *_bounds(item, terms),
        terms["haut_bas"] if counted else None,
        terms["haut_haut"] if counted else None,
        terms["couverture"],
        terms["masquees"],
        missing,
        terms["encadree"],
    )


def _bounds(item: Declaration, terms: Mapping[str, Any]) -> tuple[float | None, float | None]:
    if item["agregation"] == "somme":
        return terms["haut_bas"], terms["haut_haut"]
    if item["agregation"] == "etendue":
        return terms["minimum"], terms["maximum"]
    if not terms["bas_bas"]:
        return None, None
    factor = item.get("facteur", 1)
    high = factor * terms["haut_haut"] / terms["bas_bas"]
    low = factor * terms["haut_bas"] / terms["bas_haut"]
    return low, min(high, factor) if item.get("part") else high


# ---- SQL of the terms ------------------------------------------------------------------------------------


def _terms(base: duckdb.DuckDBPyConnection, item: Declaration) -> dict[str, str]:
    known, published = _columns(base, "indicateurs"), _columns(base, "reference")
    top, less, under = item["numerateur"], item.get("moins", []), item.get("denominateur", [])
    hidden = [name for name in (*top, *under) if f"{name}_masques" in known]
    minus = "".join(f" - {name}" for name in less)
    return {
        "known": " and ".join(_is_known(name, masked=name in hidden) for name in (*top, *less, *under)),
        "masked": " or ".join(f"{name}_masques > 0" for name in hidden) or "false",
        "top_low": _added(top, hidden, 0) + minus,
        "top_high": _added(top, hidden, item.get("masque", 0)) + minus,
        "under_low": _added(under, hidden, 0),
        "under_high": _added(under, hidden, item.get("masque", 0)),
        "weight": "bas_bas" if item["agregation"] == "moyenne_ponderee" else "1",
        "published_top": _published([*top, *less], published, _added(top, [], 0) + minus),
        "published_under": _published(under, published, _added(under, [], 0)),
    }


def _is_known(name: str, *, masked: bool) -> str:
    return f"({name} is not null or {name}_masques > 0)" if masked else f"{name} is not null"


def _added(names: list[str], hidden: list[str], most: int) -> str:
    cells = (f"coalesce({name}, 0) + {most} * {name}_masques" if name in hidden else name for name in names)
    return " + ".join(cells) or "1"


def _published(names: list[str], published: set[str], added: str) -> str:
    return added if names and published.issuperset(names) else "null"


def _columns(base: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    rows = base.execute("select name from pragma_table_info(?)", [table]).fetchall()
    return {str(name) for (name,) in rows}


def _rows(base: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    cursor = base.execute(sql)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
