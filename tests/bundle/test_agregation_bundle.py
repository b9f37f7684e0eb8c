"""The catalogue over the real bundle, against figures computed by another path (DuckDB) or published."""

import math
import time
from itertools import pairwise

import duckdb
import pandas as pd
import pytest

from cpts_geo.communes.referentiel import Referentiel
from cpts_geo.indicateurs.agregation import Agregateur
from cpts_geo.indicateurs.catalogue import Catalogue, Indicateur
from cpts_geo.indicateurs.donnees import donnees
from cpts_geo.socle.chemins import BUNDLE

TOULOUSE = ["31555"]
# Limoges, a city; the bassin de vie of La Souterraine, rural; Basse-Terre, in Guadeloupe; Paris.
TERRITOIRES = {
    "ville": ("departement", "87"),
    "rural": ("bassin_vie", "23176"),
    "outre_mer": ("bassin_vie", "97105"),
    "paris": ("departement", "75"),
}

QUERY = """
    select {factor} * sum({top}) / nullif(sum({under}), 0)
    from communes join indicateurs using (code)
    where code in (select unnest(?)) and ({top}) is not null and ({under}) is not null
"""


def codes_of(communes: Referentiel, territoire: str) -> tuple[str, ...]:
    zone_type, code = TERRITOIRES[territoire]
    return communes.codes(zone_type, communes[code].bassin_vie if zone_type == "bassin_vie" else code)


@pytest.fixture(scope="module")
def figures() -> Agregateur:
    return donnees().agregateur


@pytest.fixture(scope="module")
def declared() -> Catalogue:
    return donnees().catalogue


@pytest.fixture(scope="module")
def communes() -> Referentiel:
    return donnees().referentiel


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in ("communes", "indicateurs"):
        connection.register(name, pd.read_parquet(BUNDLE / f"{name}.parquet"))
    return connection


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("densite_medecins_generalistes", 100_000 * 524 / 514_819),
        ("densite_infirmiers", 100_000 * 669 / 514_819),
        ("habitants_par_medecins_generalistes", 514_819 / 524),
        ("apl_medecins_generalistes", 4.613),
        ("taux_pauvrete", 22.0),
        ("zonage_infirmiers_sur_dotee", 100.0),
        ("patho_diabete", 4.947),
        ("mortalite_toutes_causes", 856.3),
    ],
)
def test_toulouse(figures: Agregateur, code: str, value: float) -> None:
    assert figures.territoire(TOULOUSE)[code].valeur == pytest.approx(value, abs=5e-4)


def test_france(figures: Agregateur) -> None:
    france = figures.france()
    assert france["ald"].valeur == pytest.approx(100 * 12_017_162 / 66_291_988)
    assert france["sans_medecin_traitant"].effectif == 9_225_258
    assert france["part_generalistes_60_ans"].valeur == pytest.approx(100 * 17_176 / 55_222)
    assert france["part_75_ans"].valeur == pytest.approx(9.8, abs=0.05)


def test_every_column_of_the_catalogue_is_in_the_bundle(declared: Catalogue) -> None:
    columns = set(pd.read_parquet(BUNDLE / "indicateurs.parquet").columns) | {"population", "superficie_km2"}
    for indicateur in declared.indicateurs:
        if indicateur.par_commune:
            assert columns.issuperset(indicateur.numerateur + indicateur.moins + indicateur.denominateur)


def test_masked_columns_declare_what_they_hide(declared: Catalogue) -> None:
    columns = set(pd.read_parquet(BUNDLE / "indicateurs.parquet").columns)
    for indicateur in declared.indicateurs:
        masked = any(f"{name}_masques" in columns for name in indicateur.numerateur + indicateur.denominateur)
        assert masked == bool(indicateur.masque), indicateur.code


@pytest.mark.lent
@pytest.mark.parametrize("territoire", TERRITOIRES)
def test_ratios_equal_another_computation(
    territoire: str,
    figures: Agregateur,
    declared: Catalogue,
    communes: Referentiel,
    database: duckdb.DuckDBPyConnection,
) -> None:
    codes = codes_of(communes, territoire)
    results = figures.territoire(codes)
    checked = 0
    for item in declared.indicateurs:
        if item.agregation != "rapport" or item.masque:
            continue
        numerator = "+".join(item.numerateur) + "".join(f"-{name}" for name in item.moins)
        denominator = "+".join(item.denominateur)
        terms = {"top": numerator, "under": denominator, "factor": item.facteur}
        row = database.execute(QUERY.format(**terms), [list(codes)]).fetchone()
        assert row is not None
        if row[0] is None:
            assert results[item.code].valeur is None, item.code
        else:
            assert results[item.code].valeur == pytest.approx(row[0]), item.code
            checked += 1
    assert checked > 40


@pytest.mark.parametrize("territoire", TERRITOIRES)
def test_masked_shares_equal_another_computation(
    territoire: str, figures: Agregateur, communes: Referentiel, database: duckdb.DuckDBPyConnection
) -> None:
    codes = codes_of(communes, territoire)
    result = figures.territoire(codes)["ald"]
    row = database.execute(
        """select sum(coalesce(ald, 0)), sum(ald_masques), sum(assures) from indicateurs
           where code in (select unnest(?)) and assures is not null
           and (ald is not null or ald_masques > 0)""",
        [list(codes)],
    ).fetchone()
    assert row is not None
    known, masked, insured = row
    assert result.borne_basse == pytest.approx(100 * known / insured)
    assert result.borne_haute == pytest.approx(100 * (known + 9 * masked) / insured)


def test_rural_territory_has_hidden_values_that_are_bounded(
    figures: Agregateur, communes: Referentiel
) -> None:
    codes = communes.codes("bassin_vie", communes["23176"].bassin_vie)
    result = figures.territoire(codes)["sans_medecin_traitant_65"]
    assert result.communes_masquees > 0
    assert result.couverture < 100
    assert result.borne_basse < result.valeur < result.borne_haute


@pytest.mark.parametrize(("count", "milliseconds"), [(150, 20), (1500, 60)])
def test_speed(figures: Agregateur, communes: Referentiel, count: int, milliseconds: float) -> None:
    codes = communes.communes.index[:: len(communes) // count][:count].tolist()
    assert len(codes) == count
    marks = [time.process_time()]
    for _ in range(7):
        figures.territoire(codes)
        marks.append(time.process_time())
    assert 1000 * sorted(end - start for start, end in pairwise(marks))[3] < milliseconds


@pytest.mark.parametrize("item", donnees().catalogue.indicateurs, ids=lambda item: item.code)
def test_each_commune_alone_is_worth_what_it_is_among_others(item: Indicateur) -> None:
    codes = ["75113", "87085", "23030", "23176", "97611", "15031", "2A004", "97105", "17337", "88518"]
    # Nobody lives in the last: a zone has no figure for nobody.
    codes += ["55039"] if item.par_commune else []
    table = donnees().agregateur.par_commune(item, codes)
    assert list(table.index) == codes
    for code in codes:
        alone = donnees().agregateur.territoire([code])[item.code]
        *bounds, hidden, idle = table.loc[code].tolist()
        row = [None if math.isnan(bound) else pytest.approx(bound) for bound in bounds]
        assert row == [alone.borne_basse, alone.borne_haute]
        assert hidden == (alone.borne_basse is None and alone.communes_masquees > 0)
        assert idle == alone.sans_objet
