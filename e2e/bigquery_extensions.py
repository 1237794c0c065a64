"""Installs DuckDB's extensions from their wheels, where the emulator then finds them without a network."""

import glob
import os
import sysconfig

import duckdb

for name in ("icu", "ducklake", "httpfs", "spatial"):
    pattern = os.path.join(
        sysconfig.get_paths()["purelib"], f"duckdb_extension_{name}", "extensions", "*", f"{name}.duckdb_extension")
    [path] = glob.glob(pattern)
    duckdb.connect().execute(f"INSTALL '{path}'")
