# SPDX-License-Identifier: EUPL-1.2
"""An installation of any state that somebody may have come from goes on as the present one, and nothing is lost."""

import json

import pytest

from tests.migrations_from import STATES, path_of

GO_ON = """
import json
from django.core.management import call_command
from tests.migrations_from.compare import losses
from tests.migrations_from.load import load
load({path!r})
call_command("migrate", verbosity=0)
call_command("verify_log")
print("=" * 9 + json.dumps(losses({path!r})))
"""


@pytest.mark.parametrize("state", STATES)
def test_every_landed_state_migrates_without_loss(manage, state):
    path = str(path_of(state))
    said = manage("shell", "--no-imports", "-c", GO_ON.format(path=path))
    assert json.loads(said.partition("=" * 9)[2]) == {}
