"""Places are known by a stable id, whatever they are called."""

from dataclasses import replace
from datetime import date

from storage import places
from storage.places import Place
from storage.store import Store

BAC_KAN = Place("bac-kan", "province", "Bắc Kạn", valid_to=date(2025, 6, 30), successor_id="thai-nguyen")
THAI_NGUYEN = Place("thai-nguyen", "province", "Thái Nguyên", valid_from=date(2025, 7, 1))


def test_places_come_in_any_order(store: Store) -> None:
    store.run(lambda db: places.put_all(db, [BAC_KAN, THAI_NGUYEN]))

    assert store.run(lambda db: places.find(db, "bac-kan")) == BAC_KAN
    assert store.run(lambda db: places.find(db, "thai-nguyen")) == THAI_NGUYEN
    assert store.run(lambda db: places.find(db, "ha-noi")) is None


def test_a_place_given_again_is_corrected_and_no_other_is_lost(store: Store) -> None:
    store.run(lambda db: places.put_all(db, [BAC_KAN, THAI_NGUYEN]))
    store.run(lambda db: places.put_all(db, [replace(THAI_NGUYEN, name="Thái-nguyên")]))

    assert store.run(lambda db: places.find(db, "thai-nguyen")) == replace(THAI_NGUYEN, name="Thái-nguyên")
    assert store.run(lambda db: places.find(db, "bac-kan")) == BAC_KAN
