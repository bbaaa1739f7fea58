# SPDX-License-Identifier: EUPL-1.2
"""Walks our own OParl endpoint as a client of the standard would: by the addresses it finds in the answers."""

import json
from urllib.parse import urlsplit


class Walk:
    """Everything reachable from the system object: ``pages`` by address, ``objects`` by id."""

    def __init__(self, get, start="/oparl/v1.1/system", *, limit=None):
        self.get, self.pages, self.objects, self.bodies = get, {}, {}, {}
        system = self.fetch(start)
        self.keep(system)
        for body in self.list(system["body"], limit):
            self.keep(body)
            for name, value in body.items():
                if isinstance(value, str) and "/body/" in value and name != "id":
                    for one in self.list(value, limit):
                        self.keep(one)
        for one in list(self.objects.values()):
            for name in ("meeting", "consultation"):
                if one["type"].endswith("/Organization") and not one.get("deleted"):
                    self.list(one[name], limit)
            self.fetch(one["id"])

    def fetch(self, address):
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self.get(path)
        assert answer.status_code == 200, (address, answer.status_code)
        assert answer["Content-Type"] == "application/json"
        assert not answer.cookies, "the interface sets no cookies"
        self.bodies[address] = answer.content.decode()
        self.pages[address] = json.loads(answer.content)
        return self.pages[address]

    def list(self, address, limit=None):
        if limit:
            address += f"?limit={limit}"
        found, seen = [], set()
        while address:
            assert address not in seen
            seen.add(address)
            page = self.fetch(address)
            found += page["data"]
            address = page["links"].get("next")
        ids = [one["id"] for one in found]
        assert len(ids) == len(set(ids)), "an object stands in a list once"
        return found

    def keep(self, one):
        self.objects[one["id"]] = one

    def of(self, kind):
        return [one for one in self.objects.values() if one["type"].endswith(f"/{kind}")]

    @property
    def text(self):
        return "\n".join(self.bodies.values())
