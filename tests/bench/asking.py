"""What understanding a question costs: time per question, and what it adds to the memory and the start of a process."""

import subprocess
import sys
from statistics import quantiles
from time import process_time

from ocop.asking import understand
from ocop.asking.bank import EMPTY, Bank
from ocop.asking.examples import wordings
from tests.eval.questions import SETS, read

ROUNDS = 5
LONGEST = "hạn nộp hồ sơ là ngày nào " * 800
# A process of its own, so that nothing is loaded yet; it prints seconds and MB.
FRESH = """
import os, time
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
before, began = resident(), time.perf_counter()
from ocop.asking import understand
from ocop.asking.bank import EMPTY, Bank
from ocop.asking.examples import wordings
understand("hạn nộp hồ sơ là ngày nào")
print(time.perf_counter() - began, resident() - before)
"""


def show() -> None:
    """Print them."""
    texts = [question.text for name in SETS for question in read(name)]
    took = [_milliseconds(text) for _ in range(ROUNDS) for text in texts]
    officials = Bank(wordings())  # as if officials had written as many as ship
    among = quantiles([_milliseconds(text, officials) for _ in range(ROUNDS) for text in texts], n=100)
    ran = subprocess.run([sys.executable, "-c", FRESH], capture_output=True, text=True, check=True)
    start, memory = map(float, ran.stdout.split())
    cuts = quantiles(took, n=100)
    print(f"Understanding a question, {len(texts)} of them\n")
    for label, aim, figure in (
        ("p50, ms of CPU", "", f"{cuts[49]:.2f}"),
        ("  p99, ms", "< 10", f"{cuts[98]:.2f}"),
        ("  20,000 characters, ms", "< 10", f"{_milliseconds(LONGEST):.2f}"),
        (f"beside {len(officials.topics)} wordings of officials, p50", "", f"{among[49]:.2f}"),
        ("  p99, ms", "< 10", f"{among[98]:.2f}"),
        ("the first one, in a new process, s", "< 0.5", f"{start:.2f}"),
        ("memory it adds, MB", "< 150", f"{memory:.0f}"),
    ):
        print(f"{label:42}{aim:>8}{figure:>11}")
    print()


def _milliseconds(text: str, bank: Bank = EMPTY) -> float:
    began = process_time()
    understand(text, bank)
    return (process_time() - began) * 1e3
