# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from core.hooks import Hook
from core.verdicts import Verdict

READS_LOG: Hook[Callable[[Any], Verdict]] = Hook("activity.reads_log", "who reads the log of the whole house")
