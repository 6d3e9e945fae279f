"""Reads the tables of facts that ship beside the code, in data/."""

import csv
import tomllib
from importlib.resources import files


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of data/NAME.csv by their column names. Callers keep what they make of them."""
    text = files("ocop").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_lists(name: str) -> dict[str, str]:
    """The lists of words of data/NAME.toml by what they are lists of."""
    return tomllib.loads(files("ocop").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))
