"""Checks the texts of a Parquet file and writes the findings to another, in bounded memory.

    python parquet.py articles.parquet findings.parquet [TEXT [ID [DATE]]]

The last three name the columns: `text`, `id` and `published` where they are not given.
"""

import sys

import pyarrow as pa
import pyarrow.parquet as pq

import crossfoot


def main(source, target, text="text", id="id", published="published"):
    """Reads, checks, writes."""
    with pq.ParquetFile(source) as file:
        columns = [text, id, published]
        schema = pa.schema([file.schema_arrow.field(name) for name in columns])
        batches = file.iter_batches(batch_size=1024, columns=columns)
        texts = pa.RecordBatchReader.from_batches(
            schema, (batch.select(columns) for batch in batches)
        )
        found = pa.RecordBatchReader.from_stream(
            crossfoot.check_batches(texts, text=text, id=id, published=published)
        )
        with pq.ParquetWriter(target, found.schema) as out:
            for batch in found:
                out.write_batch(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
