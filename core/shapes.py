# SPDX-License-Identifier: EUPL-1.2
"""Which shape and tone stands for which state. The word always stands beside it; colour alone says nothing."""

INFO, OK, SOON, BAD, NONE = "info", "ok", "soon", "bad", ""

SHAPES = {
    "recommendation": {
        "draft": ("open", NONE),
        "co_creation": ("half", INFO),
        "consultation": ("half", INFO),
        "submitted": ("wait", INFO),
        "returned": ("back", SOON),
        "deferred": ("pause", SOON),
        "rejected": ("no", BAD),
        "approved": ("done", OK),
        "in_committee": ("wait", INFO),
        "resolved": ("done", OK),
        "implementing": ("run", INFO),
        "implemented": ("done", OK),
        "partly": ("half", SOON),
        "stopped": ("stop", BAD),
        "evaluation": ("run", INFO),
        "closed": ("done", NONE),
        "withdrawn": ("dash", NONE),
    },
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
    "statement": {"": ("dash", NONE), "agree": ("done", OK), "remarks": ("done", OK), "disagree": ("no", BAD)},
    "measure": {"planned": ("open", NONE), "running": ("run", INFO), "done": ("done", OK), "stopped": ("stop", BAD)},
    "light": {"green": ("done", OK), "yellow": ("warn", SOON), "red": ("stop", BAD)},
    "meeting": {
        "planned": ("open", NONE),
        "invited": ("wait", INFO),
        "held": ("done", OK),
        "closed": ("done", NONE),
        "cancelled": ("no", BAD),
    },
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
    "job": {
        "queued": ("open", NONE),
        "running": ("run", INFO),
        "ready": ("done", OK),
        "failed": ("no", BAD),
        "cancelled": ("dash", NONE),
        "expired": ("dash", NONE),
    },
    "import": {
        "mapping": ("open", NONE),
        "preview": ("wait", INFO),
        "stored": ("done", OK),
        "discarded": ("dash", NONE),
        "undone": ("back", NONE),
    },
    "retrieval": {
        "queued": ("open", NONE),
        "running": ("run", INFO),
        "waiting": ("wait", INFO),
        "ready": ("done", OK),
        "failed": ("no", BAD),
    },
    "release": {"released": ("done", OK), "refused": ("no", BAD)},
    "deadline": {"later": ("open", NONE), "soon": ("warn", SOON), "over": ("stop", BAD), "done": ("done", OK)},
}

BADGES = {INFO: "info", OK: "success", SOON: "warning", BAD: "danger", NONE: "info"}
