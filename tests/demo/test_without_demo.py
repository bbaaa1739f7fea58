# SPDX-License-Identifier: EUPL-1.2
"""The demo is no part of production."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_an_installation_without_the_folder_of_the_demo_runs(tmp_path):
    left_out = shutil.ignore_patterns("demo", "tests", "var", "static", ".*", "__pycache__")
    house = shutil.copytree(Path(settings.BASE_DIR), tmp_path / "house", ignore=left_out)
    (house / "static").mkdir()
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "READ_DOT_ENV": "0",
        "SECRET_KEY": "k" * 60,
        "PYTHONPATH": "",
    }
    asked = [sys.executable, "manage.py", "check"]
    result = subprocess.run(asked, cwd=house, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert (
        "seed_demo"
        not in subprocess.run(
            [sys.executable, "manage.py", "help", "--commands"],
            cwd=house,
            env=environment,
            capture_output=True,
            text=True,
        ).stdout
    )
