"""What a dossier has to hold. Source: Điều 6 of QĐ 26/2026/QĐ-TTg."""

TOURISM_SET = "set26"
SAMPLES = 5


def samples_needed(set_id: str) -> int:
    """How many samples are handed in with the dossier: none for tourism (Điều 6 khoản 2)."""
    return 0 if set_id == TOURISM_SET else SAMPLES
