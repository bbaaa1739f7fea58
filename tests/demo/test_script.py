# SPDX-License-Identifier: EUPL-1.2
import pytest

from tests import services


@pytest.mark.services
@pytest.mark.browser
def test_the_script_of_the_demo_is_played_by_the_people_it_names(tmp_path):
    from tests.script import play

    with services.demo(tmp_path) as (_child, port):
        play(f"http://127.0.0.1:{port}")
