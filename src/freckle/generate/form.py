"""Forms with a file, as servers of pictures take them (RFC 7578)."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4


def form(fields: Mapping[str, Any], field: str, file: tuple[str, str, bytes]) -> tuple[bytes, str]:
    """Return a form with a file (name, content type, content) as `field`, and its content type."""
    line, (name, kind, content) = uuid4().hex, file
    parts = []
    for key, value in fields.items():
        head = f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
        parts.append(f"{head}{value}\r\n".encode())
    head = (
        f'--{line}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n"
    )
    parts += [head.encode(), content, f"\r\n--{line}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={line}"
