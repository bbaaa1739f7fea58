"""Take out of drafts what the record tells by itself from now on, where the words are certainly those of the record.

The words are those of the state before, in both languages of the house: whoever began the minutes had filled them in
in theirs. What somebody has rewritten stays as it is, and so does every word of approved minutes.
"""

import re

from django.db import migrations
from django.utils import timezone

WORDS = {
    "de": {
        "urgent": "Eilantrag: %s",
        "taken": "Das Gremium hat den Punkt aufgenommen.",
        "not_taken": "Das Gremium hat den Punkt nicht aufgenommen.",
        "paper": "Vorlage %s: %s.",
        "result": "Ergebnis: %s.",
        "referred": "Verwiesen an: %s.",
        "number": "Beschlussnummer %s.",
        "votes": "Ja %s, Nein %s, Enthaltungen %s",
        "biased": "Befangen: %s",
        "question": "Frage eines Mitglieds: %s",
        "assignment": "Auftrag: %s",
        "unchanged": "ungeändert beschlossen",
        "changed": "geändert beschlossen",
        "noted": "zur Kenntnis genommen",
        "adjourned": "vertagt",
        "referred_result": "verwiesen",
        "rejected": "abgelehnt",
        "withdrawn": "zurückgezogen",
    },
    "en": {
        "urgent": "Urgent item: %s",
        "taken": "The committee took it on.",
        "not_taken": "The committee did not take it on.",
        "paper": "Paper %s: %s.",
        "result": "Result: %s.",
        "referred": "Referred to: %s.",
        "number": "Decision number %s.",
        "votes": "Yes %s, no %s, abstentions %s",
        "biased": "biased: %s",
        "question": "Question of a member: %s",
        "assignment": "Assignment: %s",
        "unchanged": "resolved unchanged",
        "changed": "resolved with changes",
        "noted": "noted",
        "adjourned": "adjourned",
        "referred_result": "referred",
        "rejected": "rejected",
        "withdrawn": "withdrawn",
    },
}
OPENING = re.compile(
    r"^(Beginn: (?P<begin>\d\d:\d\d) Uhr\.|Beginning: (?P<beginning>\d\d:\d\d)\.)"
    r"(\n(Ende: \d\d:\d\d Uhr\.|End: \d\d:\d\d\.))?"
    r"(\n(\d+ von \d+ stimmberechtigten Mitgliedern sind anwesend; das Gremium ist (nicht )?beschlussfähig\."
    r"|\d+ of \d+ voting members are present; (the body has a|there is no) quorum\.))?\n*"
)


def carry_over(apps, schema_editor):
    Minutes = apps.get_model("committees", "Minutes")
    for minutes in Minutes.objects.exclude(state="approved").select_related("meeting"):
        start = f"{timezone.localtime(minutes.meeting.start):%H:%M}"
        found = OPENING.match(minutes.general)
        if not minutes.general or found and start in (found["begin"], found["beginning"]):
            minutes.general = OPENING.sub("", minutes.general, count=1)
            minutes.tells_record = True
            minutes.save(update_fields=["general", "tells_record"])
        for entry in minutes.entries.select_related("agenda_item"):
            for words in WORDS.values():
                account = account_of(entry.agenda_item, words)
                if not account or account in entry.text:
                    entry.text = entry.text.replace(account, "", 1).strip() if account else entry.text
                    entry.tells_record = True
                    entry.save(update_fields=["text", "tells_record"])
                    break


def account_of(item, words):
    """What the state before wrote about an item."""
    lines = []
    if item.is_urgent:
        lines.append(words["urgent"] % item.urgent_reason)
        if item.urgent_accepted is not None:
            taken = words["taken"] if item.urgent_accepted else words["not_taken"]
            lines.append(f"{taken} {item.urgent_vote}".strip())
    for one in item.consultations.exclude(result="").select_related("paper", "referred_to").order_by("paper", "position"):
        result = words["referred_result"] if one.result == "referred" else words[one.result]
        lines.append(words["paper"] % (one.paper.reference, result) if one.paper else words["result"] % result)
        if one.referred_to:
            lines.append(words["referred"] % one.referred_to.name)
        if one.decision_number:
            lines.append(words["number"] % one.decision_number)
        if votes := votes_of(one, words):
            lines.append(f"{votes}.")
        if one.result_note:
            lines.append(one.result_note)
    lines += [words["question"] % question.text for question in item.questions.order_by("pk")]
    lines += [words["assignment"] % one.text for one in item.assignments.order_by("pk")]
    return "\n".join(lines)


def votes_of(one, words):
    parts = []
    if one.votes_yes is not None:
        parts.append(words["votes"] % (one.votes_yes, one.votes_no or 0, one.votes_abstain or 0))
    if one.votes_biased:
        parts.append(words["biased"] % one.votes_biased)
    return ", ".join(parts)


class Migration(migrations.Migration):
    dependencies = [("committees", "0034_minutes_tell_the_record")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
