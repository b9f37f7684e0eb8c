"""Tables as French spreadsheets open them."""

import pandas as pd

from cpts_geo.documents.tables.csv_ecriture import table_csv


def test_a_table_is_written_with_its_columns_and_empty_cells_for_what_is_missing() -> None:
    table = pd.DataFrame({"Commune": ["=1+1", "Tulle"], "Part": [1.5, None]})
    assert table_csv(table).decode("utf-8-sig").splitlines() == ["Commune;Part", "'=1+1;1,5", "Tulle;"]
