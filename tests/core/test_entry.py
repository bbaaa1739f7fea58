# SPDX-License-Identifier: EUPL-1.2
"""What every form of the house does: it cleans and bounds text, loses nothing typed and buries nothing of others."""

import inspect
import re
from importlib import import_module

import pytest
from django import forms
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor, Person
from core import drafts
from core.entry import Form, ModelForm, _Entry
from core.models import Draft, Sending

HOUSE = ("accounts.", "activity.", "actors.", "committees.", "core.", "indicators.", "recommendations.", "reports.")
HOUSE += ("tasks.", "press.", "demo.")
LONG = "Zwei Wörter. " * 150


def house_forms():
    for app in apps.get_app_configs():
        for name in ("forms", "passage_forms", "admin"):
            try:
                module = import_module(f"{app.name}.{name}")
            except ModuleNotFoundError:
                continue
            for found in vars(module).values():
                if inspect.isclass(found) and issubclass(found, forms.BaseForm) and found.__module__.startswith(HOUSE):
                    yield found


def test_every_form_of_the_house_is_one_of_core_entry():
    from allauth.account.forms import LoginForm, ResetPasswordForm

    found = set(house_forms())
    assert len(found) > 60
    assert not [one for one in found if not issubclass(one, (_Entry, LoginForm, ResetPasswordForm))]


class Sample(Form):
    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea, required=False)
    short = forms.CharField(max_length=7, required=False)


def test_what_is_typed_is_cleaned_and_control_characters_are_refused_at_their_field():
    form = Sample({"line": "Schul\u00adsozial\u200barbeit Mu\u0308ller", "text": "a\r\nb"})
    assert form.is_valid()
    assert form.cleaned_data == {"line": "Schulsozialarbeit Müller", "text": "a\nb", "short": ""}
    for sign in ("\x00", "\x07", "\x9b"):
        form = Sample({"line": f"Die Stadt{sign} zahlt"})
        assert list(form.errors) == ["line"]
        assert len(form.errors["line"]) == 1
        assert "Die Stadt" in form.errors["line"][0]


def test_every_text_has_a_greatest_length_and_the_browser_knows_it():
    form = Sample()
    assert 'maxlength="500"' in str(form["line"])
    assert 'maxlength="20000"' in str(form["text"])
    assert 'maxlength="7"' in str(form["short"])
    assert set(Sample({"line": "x" * 501, "text": "x" * 20001, "short": "x" * 8}).errors) == {"line", "text", "short"}
    assert Sample({"line": "x", "text": "x\r\n" * 10000}).is_valid()  # counted as the browser counts


def entries(page):
    """What a browser would send of the page's main form: the hidden marks and the token of this very page."""
    main = page.content.decode().split('id="content"')[1]
    form = next(one for one in re.findall(r"<form.*?</form>", main, re.S) if "csrfmiddlewaretoken" in one)
    hidden = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form):
        hidden[re.search(r'name="([^"]*)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    return hidden


@pytest.fixture
def coordinator(client, make_user):
    user = make_user("Koordination", office=["coordination"])
    client.force_login(user)
    return user


@pytest.fixture
def actor(db):
    return Actor.objects.create(name="Verein", kind="school", note="früher")


def posted(actor, **changes):
    return {"name": actor.name, "kind": actor.kind, "note": actor.note, **changes}


def test_two_tabs_the_second_gets_both_texts_and_may_then_mean_it(client, coordinator, actor):
    address = reverse("actors:edit", args=[actor.pk])
    first, second = entries(client.get(address)), entries(client.get(address))
    assert client.post(address, {**posted(actor, note="die eine Fassung"), **first}).status_code == 302
    refused = client.post(address, {**posted(actor, note="die andere Fassung"), **second})
    assert refused.status_code == 409
    shown = refused.content.decode().split("data-stale")[1]
    assert "die eine Fassung" in shown
    assert "die andere Fassung" in shown
    actor.refresh_from_db()
    assert actor.note == "die eine Fassung"
    again = {**posted(actor, note="beide Fassungen"), **entries(refused)}
    assert client.post(address, again).status_code == 302
    actor.refresh_from_db()
    assert actor.note == "beide Fassungen"


def test_the_same_words_twice_are_no_conflict(client, coordinator, actor):
    address = reverse("actors:edit", args=[actor.pk])
    first, second = entries(client.get(address)), entries(client.get(address))
    for seen in (first, second):
        assert client.post(address, {**posted(actor, note="neu"), **seen}).status_code == 302


def test_a_form_sent_twice_makes_one_thing(client, coordinator):
    address = reverse("actors:person_create")
    sent = {"family_name": "Rühl", "given_name": "Anke", "legal_basis": "task", **entries(client.get(address))}
    answers = [client.post(address, sent) for _ in range(3)]
    if answers[0].status_code == 422:
        pytest.fail(str(answers[0].context["form"].errors))
    assert {answer.status_code for answer in answers} == {302}
    assert {answer.url for answer in answers} == {answers[0].url}
    assert Person.objects.filter(family_name="Rühl").count() == 1
    assert client.post(address, {**sent, "family_name": "Andere"}).status_code == 302
    assert Person.objects.count() == 2


def test_what_failed_may_be_sent_again(client, coordinator):
    address = reverse("actors:person_create")
    sent = {"family_name": "", **entries(client.get(address))}
    assert [client.post(address, sent).status_code for _ in range(2)] == [422, 422]
    assert not Sending.objects.exists()


def test_after_the_session_is_over_the_text_stands_in_the_form_again(client, coordinator, actor):
    address = reverse("actors:edit", args=[actor.pk])
    sent = {**posted(actor, note=LONG), **entries(client.get(address))}
    del client.cookies["session"]
    answer = client.post(address, sent)
    assert answer.status_code == 302
    assert "login" in answer.url
    client.force_login(coordinator)
    page = client.get(address)
    assert LONG.strip() in page.content.decode()
    assert "data-draft" in page.content.decode()
    assert client.post(address, {**sent, **entries(page)}).status_code == 302
    assert "data-draft" not in client.get(address).content.decode()
    actor.refresh_from_db()
    assert actor.note == LONG.strip()


def test_a_draft_is_for_its_writer_alone_and_unreadable_in_the_table(client, coordinator, actor, make_user):
    address = reverse("actors:edit", args=[actor.pk])
    client.get(address)
    client.post(reverse("core:draft_keep"), {"draft-of": address, "note": LONG, "csrfmiddlewaretoken": "x"})
    draft = Draft.objects.get()
    assert b"Zwei" not in bytes(draft.content)
    assert LONG.strip() in client.get(address).content.decode()
    other = Client()
    other.force_login(make_user("Andere", office=["coordination"]))
    assert LONG.strip() not in other.get(address).content.decode()
    stranger = Client()
    assert stranger.post(address, {"note": "fremd"}).status_code == 302
    assert Draft.objects.count() == 1


def test_a_draft_keeps_the_mark_of_what_was_seen_before_it_was_typed(client, coordinator, actor):
    address = reverse("actors:edit", args=[actor.pk])
    seen = entries(client.get(address))["seen"]
    client.post(reverse("core:draft_keep"), {"draft-of": address, **posted(actor, note="meins"), "seen": seen})
    Actor.objects.filter(pk=actor.pk).update(note="inzwischen")
    page = client.get(address)
    assert entries(page)["seen"] == seen
    assert client.post(address, {**posted(actor, note="meins"), **entries(page)}).status_code == 409


def test_a_draft_is_discarded_by_whoever_wants_to_begin_anew(client, coordinator, actor):
    address = reverse("actors:edit", args=[actor.pk])
    client.post(reverse("core:draft_keep"), {"draft-of": address, "note": LONG})
    assert client.post(reverse("core:draft_discard"), {"draft-of": address}).url == address
    assert not Draft.objects.exists()
    assert client.post(reverse("core:draft_discard"), {"draft-of": "//evil.example/"}).url == "/"


def test_a_token_that_is_too_old_costs_no_text(coordinator, actor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)
    address = reverse("actors:edit", args=[actor.pk])
    client.get(address)
    refused = client.post(address, posted(actor, note=LONG))
    assert refused.status_code == 403
    assert LONG.strip() in client.get(address).content.decode()


def test_nothing_is_kept_for_longer_than_a_week(coordinator):
    from core import sending

    Draft.objects.create(user=coordinator, path="/a/", content=b"x", at=timezone.now() - drafts.KEPT_FOR)
    Sending.objects.create(key="x", at=timezone.now() - sending.REMEMBERED * 2)
    sending.sweep()
    assert not Draft.objects.exists()
    assert not Sending.objects.exists()


def test_a_model_form_for_a_new_thing_has_no_mark():
    class New(ModelForm):
        class Meta:
            model = Person
            fields = ["family_name"]

    assert 'name="seen"' not in str(New())
