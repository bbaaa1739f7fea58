# SPDX-License-Identifier: EUPL-1.2
"""What the documents name is there: files, models, functions, commands, targets."""

import importlib
import re
from importlib.util import find_spec

from django.apps import apps
from django.core.management import get_commands, load_command_class

from core import hooks
from tests.infrastructure.test_tree import APPS, ROOT, tracked

DOCUMENTS = [
    path for path in tracked("*.md") if not {"decisions", "vendor"} & set(path.parts) and path.name != "CHANGELOG.md"
]
CODE = re.compile(r"`([^`\n]+)`")
A_FILE = re.compile(r"[\w./-]*(?:\.py|\.txt|\.toml|\.po|\.html|\.css)$|(?:\w+/)+$")
A_MODEL = re.compile(rf"({'|'.join(APPS)})\.([A-Z]\w+)(?:\.(\w+))?$")
A_NAME = re.compile(rf"((?:{'|'.join([*APPS, 'bildungsbuero', 'benchmarks'])})(?:\.[a-z_]+)+)(?:\(.*\))?$")
IN_A_FILE = re.compile(r"([\w/]+\.py): (\w+)$")
GENERATED = ("var/", ".venv/")


def named(pattern):
    """Everything between backticks that is a name of this sort, with the document it stands in."""
    for document in DOCUMENTS:
        for text in CODE.findall(document.read_text()):
            if found := pattern.match(text):
                yield document.name, found


def files():
    return [str(path.relative_to(ROOT)) for path in tracked("*")]


def test_files_that_documents_name_are_there():
    there = files()
    for document, found in named(A_FILE):
        name = found.group()
        if name not in GENERATED and "/" in name.rstrip("/"):
            ending = [path for path in there if path.endswith(name) or f"/{path}".find(f"/{name}") >= 0]
            assert ending, (document, name)


def test_models_and_their_fields_that_documents_name_are_there():
    for document, found in named(A_MODEL):
        app, model, field = found.groups()
        there = apps.get_model(app, model)
        assert not field or hasattr(there, field), (document, found.group())


def test_modules_and_functions_that_documents_name_are_there():
    for document, found in named(A_NAME):
        *module, last = found.group(1).split(".")
        if found.group(1) in hooks.stated():
            continue
        if find_spec(found.group(1).rpartition(".")[0]) and not hasattr(
            importlib.import_module(".".join(module)), last
        ):
            assert find_spec(found.group(1)), (document, found.group())


def test_functions_that_documents_place_in_a_file_stand_there():
    for document, found in named(IN_A_FILE):
        path, name = found.groups()
        assert re.search(rf"^(?:def|class) {name}\b", (ROOT / path).read_text(), re.M), (document, found.group())


def test_commands_that_documents_name_know_their_options():
    text = "\n".join(document.read_text() for document in DOCUMENTS)
    commands = get_commands()
    for name, rest in re.findall(r"manage\.py ([a-z_]+)([^`\n#]*)", text):
        assert name in commands, name
        known = load_command_class(commands[name], name).create_parser("manage.py", name).format_help()
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in known, (name, option)


def test_targets_that_documents_name_stand_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    for document, found in named(re.compile(r"make ([a-z-]+)")):
        assert re.search(rf"^{found.group(1)}:", makefile, re.M), (document, found.group())


def test_measurements_that_documents_name_can_be_started():
    text = "\n".join(document.read_text() for document in DOCUMENTS)
    for name in re.findall(r"\bbenchmarks\.\w+", text):
        assert find_spec(name), name


def test_every_document_is_found_from_the_front_page_of_the_documents():
    front = (ROOT / "docs/README.md").read_text()
    for path in DOCUMENTS:
        if ROOT / "docs" in path.parents and path.name != "README.md" and path.parent.name != "decisions":
            assert f"({path.relative_to(ROOT / 'docs')})" in front, path


def test_tests_that_documents_name_are_there():
    there = {
        name for path in tracked("tests/*.py") for name in re.findall(r"^def test_(\w+)\(", path.read_text(), re.M)
    }
    text = (ROOT / "docs/security.md").read_text()
    shown = [cells.split("|")[4] for cells in text.splitlines() if re.match(r"\| T\d+ ", cells)]
    assert len(shown) >= 25
    for cell in shown:
        assert CODE.findall(cell), cell
        for name in CODE.findall(cell):
            assert name in there, name
