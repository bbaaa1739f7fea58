# SPDX-License-Identifier: EUPL-1.2
"""Databases as former states of the house left them, from which every later state must be reached.

Each file holds the fictional town, or the matrix of people and states, as the commit beside it built it; ``dump``
says how it was made, ``load`` puts it back, ``compare`` tells what is not there any more. A new state is one more file.
"""

from pathlib import Path

HERE = Path(__file__).parent
STATES = {
    "foundation": "5a14d12, the first whole house; no rules in the database yet, the log without seals",
    "first_day": "b475fe9, rules and seals, before running meetings and kinds of documents",
    "lindenfurt": "5a93360, release 0.1.0: the demo town with documents made and a pack bound",
    "matrix": "5a93360, release 0.1.0: every state of a recommendation, papers, sessions, imports",
}


def path_of(state):
    return HERE / f"{state}.jsonl.xz"
