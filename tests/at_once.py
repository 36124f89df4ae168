"""Acts that happen at the same moment."""

import threading
from collections.abc import Callable

import sqlalchemy as sa

from foundation.refusals import Refusal


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts at the same moment; what became of each."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Refusal:
            outcomes.append("refused")
        except sa.exc.IntegrityError:
            outcomes.append("constraint")

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
