"""How people take a choice: by its words, its number, a finger, or a finger that trembles."""

import random

from tests.fakes.telegram_people import Person


async def choose(person: Person, label: str, chance: random.Random, words: str | None = None) -> None:
    """Take the choice with this label. `words`: what it is called where that is not the label; "" where nothing is."""
    number, dot, bare = label.rpartition(". ")
    words = bare if words is None else words
    match chance.randrange(5):
        case 0 if words:
            await person.says(words)
        case 1 if dot:
            await person.says(number)
        case 2:
            await person.taps(label)
            await person.taps(label)
        case _:
            await person.taps(label)
