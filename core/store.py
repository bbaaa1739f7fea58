# SPDX-License-Identifier: EUPL-1.2
"""Private files in a store that speaks S3. A store that is away is an ``OSError``, as a full disk is."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage

# A page must not hang on a store; the checksums of newer clients are unknown to many stores.
CLIENT = Config(
    connect_timeout=2,
    read_timeout=20,
    retries={"total_max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    signature_version="s3v4",
    s3={"addressing_style": "path"},
)
IN_MEMORY = 2 * 1024 * 1024  # what is larger waits on the disk while it is handed out


@contextlib.contextmanager
def _as_on_a_disk() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise OSError(f"the store does not do it: {error}") from error


class StoredFile(S3File):
    """A file of the store, fetched as a whole when it is first read."""

    _file: Any

    def _get_file(self) -> Any:
        if self._file is None:
            try:
                with _as_on_a_disk():
                    return super()._get_file()
            except OSError:
                self._file = None  # half a file must not be taken for the file
                raise
        return self._file

    file = property(_get_file, S3File._set_file)


class StoreStorage(S3Storage):
    """Stores answer a name either with the whole file or not at all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=CLIENT, max_memory_size=IN_MEMORY, **options)

    def _open(self, name: str, mode: str = "rb") -> StoredFile:
        with _as_on_a_disk():
            return StoredFile(self._normalize_name(name), mode, self)

    def _save(self, name: str, content: Any) -> str:
        with _as_on_a_disk():
            return super()._save(name, content)

    def exists(self, name: str) -> bool:
        with _as_on_a_disk():
            return super().exists(name)

    def delete(self, name: str) -> None:
        with _as_on_a_disk():
            super().delete(name)
