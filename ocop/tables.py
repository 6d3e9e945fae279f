"""Reads the tables of facts that ship beside the code, in data/."""

import csv
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of data/NAME.csv by their column names. Callers keep what they make of them."""
    text = files("ocop").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
