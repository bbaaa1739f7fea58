# SPDX-License-Identifier: EUPL-1.2
"""The GENESIS REST web service 2020: log-in check, tables, background jobs and their results.

Credentials travel as headers to the configured address alone; redirects are not followed. Answers with status 200 may
still be errors: the code inside the envelope decides. Errors carry a sentence that says what to do.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Self
from urllib.parse import unquote

import httpx
from django.conf import settings

from core import outside
from core.sentences import sentence as _
from indicators.readers.source import service_message

if TYPE_CHECKING:
    from core.sentences import Sentence

DONE, TOO_LARGE, JOB_CREATED, NOTHING = 0, 98, 99, 104
TIMEOUT = httpx.Timeout(60, connect=10)
LONGEST_ENVELOPE = 64 * 1024  # bytes of an answer that is no table
LONGEST, HEADERS = 600, 256 * 1024  # seconds for one answer, bytes of what stands before it


def offered() -> list[tuple[str, str]]:
    """``[(key, label)]`` of the instances that have a user."""
    return [(key, label) for key, (label, url) in settings.GENESIS.items() if url.username]


class ServiceError(Exception):
    """The web service said no, or nothing at all. ``code`` is its code, or ``None``."""

    def __init__(self, message: Sentence, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """A table as a file that can be read, or the code of the service and what it says."""

    code: int
    content: str = ""
    file: Any = None


class Client:
    """One instance of the web service: ``Client("regio")``. The instances stand in ``settings.GENESIS``."""

    def __init__(self, instance: str) -> None:
        _label, url = settings.GENESIS[instance]
        port = f":{url.port}" if url.port else ""
        self.address = f"{url.scheme}://{url.hostname}{port}{url.path.rstrip('/')}"
        self._login = {"username": unquote(url.username or ""), "password": unquote(url.password or "")}
        self._patience = outside.Patience()
        self._http = outside.client(self._patience, TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: Any) -> None:
        self._http.close()

    def check_login(self) -> bool:
        """Whether the account is known; raises ``ServiceError`` where it is not."""
        answer = self._ask("helloworld/logincheck", language="de")
        if answer.code not in (DONE, 22):
            raise ServiceError(service_message(answer.code, answer.content), answer.code)
        return True

    def table(self, code: str, *, start_year: int | None = None, region_keys: str = "", job: bool = False) -> Answer:
        """The table as a file; code 98 asks for a job, 99 means that one was made, its name is the content."""
        answer = self._ask(
            "data/tablefile",
            name=code,
            area="all",
            format="ffcsv",
            language="de",
            quality="on",
            compress="false",
            startyear=str(start_year or ""),
            regionalvariable="",
            regionalkey=region_keys,
            job="true" if job else "false",
        )
        if answer.code == JOB_CREATED:
            return Answer(JOB_CREATED, answer.content.rsplit(":", 1)[-1].strip())
        return answer

    def is_ready(self, job_name: str) -> bool:
        """Whether the result of a job can be fetched."""
        answer = self._ask("catalogue/results", selection=job_name, area="user", pagelength="1", language="de")
        if answer.code not in (DONE, NOTHING):
            raise ServiceError(service_message(answer.code, answer.content), answer.code)
        return answer.code == DONE

    def result(self, job_name: str) -> Answer:
        """The table that a job has made, as a file."""
        return self._ask("data/resultfile", name=job_name, area="user", format="ffcsv", language="de", compress="false")

    def _ask(self, method: str, **fields: str) -> Answer:
        self._patience.begin(LONGEST, settings.IMPORT_MAX_BYTES + HEADERS)
        try:
            with self._http.stream("POST", f"{self.address}/{method}", data=fields, headers=self._login) as response:
                return self._answer(response)
        except httpx.TimeoutException as error:
            raise ServiceError(_("The web service does not answer. Please try again later.")) from error
        except httpx.HTTPError as error:
            raise ServiceError(_("The web service cannot be reached. Please try again later.")) from error

    def _answer(self, response: httpx.Response) -> Answer:
        if response.is_redirect:
            raise ServiceError(_("The web service has moved. Please have its address in the settings corrected."))
        kind = response.headers.get("content-type", "")
        if response.status_code == 200 and "json" not in kind and "html" not in kind:
            return Answer(DONE, file=self._file(response))
        body = b""
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LONGEST_ENVELOPE:
                raise ServiceError(_("The web service answered with more than a message. Please try again later."))
        try:
            envelope = json.loads(body)
        except (ValueError, RecursionError):
            raise ServiceError(
                _("The web service answered with status %(status)s. Please try again later.")
                % {"status": response.status_code}
            ) from None
        status = envelope.get("Status") if isinstance(envelope, dict) else None
        if isinstance(status, dict):
            return Answer(int(status.get("Code", -1)), " ".join(str(status.get("Content", "")).split()))
        if response.status_code != 200 or not isinstance(status, str):
            code = envelope.get("Code") if isinstance(envelope, dict) else None
            code = int(code) if str(code or "").lstrip("-").isdigit() else None  # type: ignore[arg-type]
            raise ServiceError(service_message(code, envelope.get("Content", "") if code else len(body)), code)
        return Answer(DONE, status)

    def _file(self, response: httpx.Response) -> BinaryIO:
        file, size = tempfile.TemporaryFile(), 0  # noqa: SIM115 - the reader closes it
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > settings.IMPORT_MAX_BYTES:
                file.close()
                raise ServiceError(_("The table is too large. Please choose fewer years or regions."))
            file.write(chunk)
        file.seek(0)
        return file
