"""The same texts from pandas, Polars and DuckDB, checked without copying them."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import crossfoot

STORIES = {
    "id": ["rents", "aid"],
    "body": [
        "Rents rose 4 per cent to $510 a week.",
        "The grant is $290 million over four years, or $82.5 million a year.",
    ],
}

# Polars: frames offer Arrow's interface, and are made of what does.
frame = pl.DataFrame(STORIES)
found = pl.DataFrame(crossfoot.check_batches(frame, text="body", id="id"))
print(found.select("id", "message").rows())

# pandas.
frame = pd.DataFrame(STORIES)
found_by_pandas = pa.table(crossfoot.check_batches(frame, text="body", id="id")).to_pandas()
print(found_by_pandas[["id", "message"]].values.tolist())

# DuckDB: a relation goes in, and what comes out is a table of its queries.
stories = pa.table(STORIES)
relation = duckdb.sql("select * from stories where id <> ''")
findings = pa.RecordBatchReader.from_stream(
    crossfoot.check_batches(relation.to_arrow_table(), text="body", id="id")
)
rows = duckdb.sql("select id, message from findings").fetchall()
print(rows)

assert found.select("id", "message").rows() == rows
assert [tuple(row) for row in found_by_pandas[["id", "message"]].values.tolist()] == rows
