"""What the understanding learns from: every wording of every topic, product names, and what is no topic of ours."""

import tomllib
from functools import cache
from hashlib import sha256
from importlib.resources import files

from ocop.asking.features import count
from ocop.asking.model import OTHER
from ocop.catalogue import all_products
from ocop.topics import all_topics


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """Texts with their labels: the ids of topics, or what else it is."""
    # Who types no more than a product's name wants to find it.
    return (*wordings(), *((one.name, "find-product") for one in all_products()))


def wordings() -> tuple[tuple[str, str], ...]:
    """What people ask, with its label."""
    asked = [(words, one.id) for one in all_topics() for texts in one.wordings.values() for words in texts]
    others = [(words, OTHER + name) for name, texts in out_of_scope().items() for words in texts]
    return (*asked, *others)


def out_of_scope() -> dict[str, list[str]]:
    """What the assistant does not answer, by kind: other offices' matters, farming, insults, distress …"""
    return tomllib.loads(files("ocop").joinpath("data/out_of_scope.toml").read_text(encoding="utf-8"))


def digest() -> str:
    """A digest of the examples and of how they are read: another one means that the model must be made anew."""
    made = sha256()
    for text, label in examples():
        made.update(label.encode())
        for block in count(text):
            made.update(repr(sorted(block.items())).encode())
    return made.hexdigest()
