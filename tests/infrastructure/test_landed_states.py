# SPDX-License-Identifier: EUPL-1.2
"""An installation of any state that somebody may have come from goes on as the present one, and nothing is lost."""

import json

import pytest

from tests.migrations_from import STATES, path_of

LOAD = "from tests.migrations_from.load import load; load({path!r})"
COMPARE = """
import json
from django.db import connection
from tests.migrations_from.compare import losses
print("=" * 9 + json.dumps(losses({path!r})))
"""


@pytest.mark.parametrize("state", STATES)
def test_every_landed_state_migrates_without_loss(manage, state):
    path = str(path_of(state))
    manage("shell", "--no-imports", "-c", LOAD.format(path=path))
    manage("migrate", "-v0")
    assert json.loads(manage("shell", "--no-imports", "-c", COMPARE.format(path=path)).partition("=" * 9)[2]) == {}
    manage("verify_log")
