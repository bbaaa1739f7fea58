# SPDX-License-Identifier: EUPL-1.2
"""Guessing is slow, and nobody is locked out by somebody else."""

import os
import re
import subprocess
import sys

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATION, holds
from activity.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "lang genug zum Testen"
FREE = 5


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def production(tmp_path):
    """Some settings as a process of production reads them."""
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "READ_DOT_ENV": "0",
        "SECRET_KEY": "x" * 50,
    }

    def read(*names):
        code = f"from bildungsbuero import settings; print(*(getattr(settings, name) for name in {names}))"
        asked = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        return asked.stdout.split()

    return read


def log_in(client, user, password=PASSWORD, address="192.0.2.1"):
    """Whether it worked."""
    data = {"login": user.email, "password": password}
    return client.post(reverse("account_login"), data, REMOTE_ADDR=address).status_code == 302


def guess(user, times=FREE, address="192.0.2.1"):
    for number in range(times):
        log_in(Client(), user, f"geraten {number}", address)


def test_after_some_wrong_passwords_the_right_one_has_to_wait_there(client, make_user):
    user = make_user()
    guess(user)
    assert not log_in(client, user)


def test_who_guesses_elsewhere_locks_nobody_out(client, make_user):
    user = make_user()
    guess(user, 20, address="198.51.100.7")
    assert log_in(client, user)


def test_a_colleague_at_the_same_address_does_not_lock_the_office_out(client, make_user):
    user, colleague = make_user(), make_user("Kira Ohl")
    guess(colleague, 20)
    assert log_in(client, user)


def test_the_own_device_is_known_and_not_made_to_wait_by_others_at_the_same_address(make_user):
    user, device = make_user(), Client()
    assert log_in(device, user)
    device.post(reverse("account_logout"))
    guess(user, 20)
    assert log_in(device, user)
    assert not log_in(Client(), user)


def test_a_device_that_is_known_for_one_account_is_not_for_another(make_user):
    user, other, device = make_user(), make_user("Kira Ohl"), Client()
    assert log_in(device, user)
    device.post(reverse("account_logout"))
    guess(other)
    assert not log_in(device, other)


def test_a_forged_mark_of_a_device_counts_as_none(client, make_user, settings):
    user = make_user()
    guess(user)
    client.cookies[settings.DEVICE_COOKIE_NAME] = "x:y:z"
    assert not log_in(client, user)


def test_guessing_on_a_known_device_is_slow_too(make_user):
    user, device = make_user(), Client()
    assert log_in(device, user)
    device.post(reverse("account_logout"))
    for number in range(FREE):
        log_in(device, user, f"geraten {number}")
    assert not log_in(device, user)


def test_the_link_of_a_reset_leads_here_whatever_host_the_request_names(client, make_user, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": make_user().email}, HTTP_HOST="elsewhere.example")
    (sent,) = mail.outbox
    assert re.findall(r"https?://[^/\s]+", sent.body) == [settings.BASE_URL]


def test_a_reset_for_an_unknown_address_sends_nothing_and_says_the_same(client, make_user):
    known = client.post(reverse("account_reset_password"), {"email": make_user().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "niemand@lindenfurt.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("known", [True, False])
def test_a_mail_server_that_is_away_is_a_sentence_for_everybody(client, make_user, settings, known):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    email = make_user().email if known else "niemand@lindenfurt.example"
    answer = client.post(reverse("account_reset_password"), {"email": email})
    assert "derzeit keine E-Mails" in answer.content.decode()


def test_every_cookie_is_bound_to_this_host_where_there_is_https(production):
    settings = production("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "LANGUAGE_COOKIE_NAME", "DEVICE_COOKIE_NAME")
    assert all(name.startswith("__Host-") for name in settings)


def test_the_pages_of_the_database_are_off_in_production(production):
    assert production("ADMIN_PAGES") == ["False"]


def test_the_first_administrator_is_made_by_a_command_and_only_the_first(capsys, client):
    call_command("appoint_administrator", "leitung.it@lindenfurt.example", name="Ida Thal")
    user = User.objects.get()
    assert holds(user, ADMINISTRATION)
    assert Event.objects.filter(kind="user.created").exists()
    link = capsys.readouterr().out.strip()
    assert client.get(link.removeprefix("http://localhost:8000"), follow=True).status_code == 200
    with pytest.raises(CommandError):
        call_command("appoint_administrator", "noch.jemand@lindenfurt.example")


def test_the_page_offers_a_new_password_once_and_behind_the_button(client):
    page = client.get(reverse("account_login")).content.decode()
    assert page.count(reverse("account_reset_password")) == 1
    assert "placeholder" not in page
    assert page.index("</form>") < page.index(reverse("account_reset_password"))
