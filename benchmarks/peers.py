"""The peers of `benchmarks/run --files`: pyarrow and DuckDB on the same files, each step first and then warm."""

import statistics
import sys
import time

import duckdb
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet as parquet

csv, snappy, zstd, rounds = *sys.argv[1:4], int(sys.argv[4])
out = zstd + ".peer"


def timed(name, step):
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = step()
        seconds.append(time.perf_counter() - start)
    print(f"{name}\t{seconds[0]:.2f}\t{statistics.median(seconds[1:] or seconds):.2f}", flush=True)
    return result


timed("read csv.gz (duckdb)", lambda: duckdb.sql(f"create or replace table trips as select * from read_csv('{csv}')"))
table = timed("read Parquet, zstd (pyarrow)", lambda: parquet.read_table(zstd))
timed("read Parquet, snappy (pyarrow)", lambda: parquet.read_table(snappy))
timed("read Parquet, zstd (duckdb)", lambda: duckdb.sql(f"create or replace table trips as select * from '{zstd}'"))
timed("write Parquet, snappy (pyarrow)", lambda: parquet.write_table(table, out, compression="snappy"))
timed("write Parquet, zstd (pyarrow)", lambda: parquet.write_table(table, out, compression="zstd"))
timed("write Parquet, zstd (duckdb)", lambda: duckdb.sql(f"copy trips to '{out}' (format parquet, compression zstd)"))
text, packed, lines = (zstd + ending for ending in (".csv", ".csv.gz", ".jsonl"))
timed("write csv (pyarrow)", lambda: pyarrow.csv.write_csv(table, text))
timed("write csv (duckdb)", lambda: duckdb.sql(f"copy trips to '{text}' (format csv)"))
timed("write csv.gz (duckdb)", lambda: duckdb.sql(f"copy trips to '{packed}' (format csv, compression gzip)"))
timed("write JSON lines (duckdb)", lambda: duckdb.sql(f"copy trips to '{lines}' (format json)"))
timed("read JSON lines (pyarrow)", lambda: pyarrow.json.read_json(lines))
timed("read JSON lines (duckdb)", lambda: duckdb.sql(f"create or replace table trips as select * from read_json('{lines}', format='newline_delimited')"))
