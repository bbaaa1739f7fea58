# SPDX-License-Identifier: EUPL-1.2
"""Learn which test calls what, then try a sample of changes and say which of them no test noticed."""

import argparse
import random
import subprocess
import sys
import time

import pytest

from tests.mutants import changes, last_line, tests
from tests.mutants.breaks import BREAKS
from tests.mutants.trying import Trying
from tests.services import ROOT

MOST_SURVIVORS = 0.03  # of those tried
SAMPLED = {"verdicts": 60, "querysets": 60, "flows": 60, "readers": 40, "constraints": 40}
SOURCES = {
    "verdicts": ("*/permissions.py", "*/permissions/*.py", "reports/kinds/rights.py", "reports/ordering.py"),
    "querysets": ("*/querysets.py", "*/querysets/*.py"),
    "flows": ("*/flows.py", "*/flows/*.py", "*/*_flows.py"),
    "readers": ("reports/readers.py", "indicators/readers/*.py"),
}
GROUPS = ("named", *SAMPLED)


def possible(group):
    """Every change that could be tried in this group."""
    if group == "constraints":
        return [*last_line.constraints(), *last_line.rules()]
    paths = sorted({path.relative_to(ROOT) for pattern in SOURCES[group] for path in ROOT.glob(pattern)})
    return [change for path in paths for change in changes.changes_in(path)]


def sample(group, seed):
    """The same changes for the same sources and seed, whatever other groups hold."""
    return BREAKS if group == "named" else random.Random(f"{seed} {group}").sample(possible(group), SAMPLED[group])


def report(trying, seconds):
    for group in dict.fromkeys(trying.chosen.values()):
        tried = [one for one in trying.outcomes if trying.chosen[one.change] == group]
        print(f"{group:12} {len(tried):4} tried {sum(not one.noticed for one in tried):4} survived")
    survived = [one for one in trying.outcomes if not one.noticed]
    print(f"{'together':12} {len(trying.outcomes):4} tried {len(survived):4} survived, {seconds / 60:.1f} min")
    for one in survived:
        print(f"{one.tests:3} tests  {one.change}")
    return 1 if len(survived) > MOST_SURVIVORS * len(trying.outcomes) else 0


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--only", choices=GROUPS, nargs="+", default=GROUPS, help="of these groups")
    parser.add_argument("--learn", action="store_true", help="only learn which test calls what")
    parser.add_argument("--known", action="store_true", help="with what was learned before")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="with these tests")
    asked = parser.parse_args()
    arguments = ["-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", "-m", tests.QUICK, *asked.tests]
    if asked.learn:
        return pytest.main(arguments, plugins=[tests.Learning()])
    if not asked.known:
        again = [sys.executable, "-m", "tests.mutants", "--learn", "--tests", *asked.tests]
        subprocess.run(again, cwd=ROOT, check=False)

    def choose():
        return {change: group for group in asked.only for change in sample(group, asked.seed)}

    trying = Trying(choose, tests.calls())
    begun = time.monotonic()
    pytest.main(arguments, plugins=[trying])
    return report(trying, time.monotonic() - begun)


if __name__ == "__main__":
    sys.exit(main())
