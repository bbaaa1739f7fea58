# SPDX-License-Identifier: EUPL-1.2
"""Private files: on this machine or in a store that speaks S3, never in part under their final name."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes to a temporary name, flushes to the disk, renames: nothing half stands under a final name."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, self.file_permissions_mode or 0o640)
            os.replace(temporary, path)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # else a power cut forgets the name
            finally:
                os.close(folder)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        return str(name).replace("\\", "/")


def private_files(address: str, folder: Path) -> dict[str, Any]:
    """The entry of STORAGES for an address ``s3://key:secret@host/bucket``, or for the folder where there is none.

    ``s3+http://`` speaks without TLS, to a store on this machine.
    """
    if not address:
        return {"BACKEND": "core.storage.WholeFileStorage", "OPTIONS": {"location": folder}}
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    options = {
        "bucket_name": parts.path.strip("/"),
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": f"{'http' if parts.scheme == 's3+http' else 'https'}://{host}{port}",
        "default_acl": "private",
        "file_overwrite": True,
        "querystring_auth": True,
    }
    return {"BACKEND": "core.store.StoreStorage", "OPTIONS": options}
