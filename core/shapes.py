# SPDX-License-Identifier: EUPL-1.2
"""Which shape and tone stands for what. The word always stands beside it; colour alone says nothing.

How a state is drawn stands in its row (``core/lives.py``).
"""

INFO, OK, SOON, BAD, NONE = "info", "ok", "soon", "bad", ""

SHAPES = {
    "station": {"done": ("done", INFO), "now": ("wait", INFO), "next": ("open", NONE)},
    "effect": {
        "unknown": ("unknown", NONE),
        "too_early": ("early", NONE),
        "improved": ("up", OK),
        "unchanged": ("flat", NONE),
        "worse": ("down", BAD),
    },
    "decision": {
        "approve": ("done", OK),
        "changed": ("done", OK),
        "return": ("back", SOON),
        "defer": ("pause", SOON),
        "reject": ("no", BAD),
    },
    "statement": {
        "": ("dash", NONE),
        "waiting": ("wait", INFO),
        "recalled": ("back", NONE),
        "agree": ("done", OK),
        "remarks": ("done", OK),
        "disagree": ("no", BAD),
    },
    "grant": {
        "holds": ("done", OK),
        "open": ("wait", INFO),
        "to_come": ("open", NONE),
        "over": ("dash", NONE),
        "turned_down": ("no", BAD),
        "barred": ("stop", BAD),
    },
    "light": {"green": ("done", OK), "yellow": ("warn", SOON), "red": ("stop", BAD)},
    "result": {
        "": ("open", NONE),
        "unchanged": ("done", OK),
        "changed": ("done", OK),
        "noted": ("done", NONE),
        "adjourned": ("pause", SOON),
        "referred": ("back", SOON),
        "rejected": ("no", BAD),
        "withdrawn": ("dash", NONE),
    },
    "attendance": {"present": ("done", OK), "excused": ("dash", NONE), "absent": ("no", SOON)},
    "remark": {"warn": ("warn", SOON), "stop": ("stop", BAD)},
    "deadline": {
        "open": ("open", NONE),
        "soon": ("warn", SOON),
        "late": ("stop", BAD),
        "done": ("done", OK),
        "done_late": ("done", SOON),
        "not_needed": ("dash", NONE),
    },
}

BADGES = {INFO: "info", OK: "success", SOON: "warning", BAD: "danger", NONE: "info"}
