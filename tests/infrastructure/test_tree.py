# SPDX-License-Identifier: EUPL-1.2
"""What must hold of the whole tree."""

import ast
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
APPS = [
    *("accounts", "activity", "actors", "committees", "core", "demo"),
    *("indicators", "press", "recommendations", "reports", "tasks"),
]


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).exists()]


def test_every_environment_variable_stands_in_the_example_and_the_other_way_round():
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', (ROOT / "bildungsbuero/settings.py").read_text()))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read == listed


def test_every_variable_of_the_example_has_a_sentence():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for index, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            assert lines[index - 1].startswith("# "), line


def test_settings_stay_readable():
    assert len((ROOT / "bildungsbuero/settings.py").read_text().splitlines()) <= 270


def test_the_lock_files_record_hashes_and_no_addresses():
    for name in ("app", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text()
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")


@pytest.mark.parametrize(
    ("package", "floor"),
    [("django", (5, 2, 19)), ("weasyprint", (70, 0)), ("django-guardian", (3, 5, 1)), ("django-allauth", (65, 19))],
)
def test_packages_with_known_holes_are_newer_than_these(package, floor):
    assert tuple(int(part) for part in version(package).split(".")[: len(floor)]) >= floor


def test_every_direct_dependency_is_explained():
    explained = (ROOT / "docs/dependencies.md").read_text().lower()
    for name in ("app", "dev"):
        for line in (ROOT / f"requirements/{name}.in").read_text().splitlines():
            package = re.match(r"[a-z0-9-]+", line)
            if package and not line.startswith("-"):
                assert f"`{package.group()}`" in explained, package.group()


def test_the_german_catalogue_is_complete():
    catalogue = polib.pofile(str(ROOT / "locale/de/LC_MESSAGES/django.po"))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
    assert not [entry.msgid for entry in catalogue.obsolete_entries()]


def test_the_german_catalogue_has_every_string_of_the_code(tmp_path):
    known = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(ROOT / "locale/de/LC_MESSAGES/django.po"))}
    calls = {"_": None, "gettext": None, "gettext_lazy": None, "pgettext": 1, "pgettext_lazy": 1}
    for path in tracked(*(f"{app}/*.py" for app in [*APPS, "bildungsbuero"])):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", None)
            if isinstance(node, ast.Call) and name in calls and all(isinstance(one, ast.Constant) for one in node.args):
                context, *text = [one.value for one in node.args] if calls[name] else [None, node.args[0].value]
                assert (context, text[0]) in known, (path.name, text[0])


def test_placeholders_are_named_and_the_same_in_german():
    placeholder = re.compile(r"%\(\w+\)s|%[sd]")
    for entry in polib.pofile(str(ROOT / "locale/de/LC_MESSAGES/django.po")):
        for translation in [entry.msgstr, *entry.msgstr_plural.values()]:
            if translation:
                assert set(placeholder.findall(entry.msgid)) == set(placeholder.findall(translation)), entry.msgid
        assert "%s" not in entry.msgid


def test_every_source_file_names_its_licence():
    for path in tracked("*.py"):
        if "migrations" not in path.parts and path.read_text().strip():
            assert path.read_text().startswith(
                ("# SPDX-License-Identifier: EUPL-1.2", "#!/usr/bin/env python\n# SPDX")
            ), path


def test_every_template_compiles_and_has_no_inline_style_or_script():
    engine = engines["django"]
    for path in (ROOT / "templates").rglob("*.html"):
        engine.get_template(str(path.relative_to(ROOT / "templates")))
        text = path.read_text()
        if "print" not in path.parts and "print" not in path.name:
            assert not re.search(r'<style|\sstyle="|\son\w+="|<script(?![^>]+src=)', text), path
        assert "|safe" not in text, path


def test_nothing_is_loaded_from_another_host():
    for path in [*(ROOT / "templates").rglob("*.html"), ROOT / "static/app.css", ROOT / "static/fonts.css"]:
        assert not re.search(r"""(?:src|href)=["']https?://|url\(["']?https?://""", path.read_text()), path


def test_documents_say_something_and_lead_where_they_say():
    for path in tracked("*.md"):
        text = path.read_text()
        assert len(text) > 200, path
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            assert target.startswith("https:") or (path.parent / target).exists(), (path, target)


@pytest.mark.parametrize("word", ["mark_safe(", "csrf_exempt", "cache_page", "pickle", ".extra(", ".raw("])
def test_shortcuts_that_open_holes_are_not_taken(word):
    for path in tracked(*(f"{app}/*.py" for app in APPS)):
        assert word not in path.read_text(), path


def test_the_migrations_are_what_the_models_say(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_production_settings_pass_the_deployment_check():
    import os
    import sys

    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": os.environ["VAR_DIR"],
        "READ_DOT_ENV": "0",
        "SECRET_KEY": "k3y-" * 20 + "0123456789",
        "DATABASE_URL": "postgres://x@127.0.0.1/x",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "ALLOWED_HOSTS": "x.example",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_the_demo_is_refused_together_with_https():
    import os
    import sys

    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": os.environ["VAR_DIR"],
        "READ_DOT_ENV": "0",
        "SECRET_KEY": "k" * 60,
        "DEMO": "1",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert "core.E001" in result.stderr


def names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.app_name != "admin":
                yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name, pattern


OPEN = {
    "core:healthz",
    "core:readyz",
    "core:language",
    "core:help",
    "core:accessibility",
    "core:privacy",
    "core:imprint",
    "core:feedback",
    "reports:verify",
    "verify",
    # what is public of bodies, meetings and papers, and calendars that their secret opens
    "oparl:system",
    "oparl:bodies",
    "oparl:listing",
    "oparl:organization_listing",
    "oparl:object",
    "oparl:file",
    "oparl:file_access",
    "oparl:file_download",
    "committees:calendar_feed",
    "committees:body_calendar",
}


def test_every_address_is_closed_unless_it_stands_on_the_open_list(client, db):
    from django.urls import reverse

    for name, pattern in names(get_resolver().url_patterns):
        converters = pattern.pattern.converters
        samples = {key: "x" if "slug" in type(value).__name__.lower() else 1 for key, value in converters.items()}
        if name.startswith("account_") or name in OPEN:
            continue
        address = reverse(name, kwargs=samples)
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 302, name
            assert "/account/login/" in answer.url, name


def test_the_compose_file_runs_the_commands_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    compose = (ROOT / "docker-compose.yml").read_text()
    for target in ("web", "worker", "beat"):
        if target != "web":
            assert f'command: ["make", "{target}"]' in compose
        assert re.search(rf"^{target}:", makefile, re.M)
