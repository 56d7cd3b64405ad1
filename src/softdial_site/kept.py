"""What is kept between builds; what belongs to another key or is damaged is a miss."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any


def digest(*parts: bytes) -> str:
    """A hash of the parts, each told from its neighbors."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def load(file: Path, key: str) -> dict[str, Any] | None:
    """What was stored, or None if it belongs to another key or is damaged."""
    try:
        seal, _, payload = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(payload) if seal == digest(key.encode(), payload).encode() else None


def store(file: Path, key: str, content: dict[str, Any]) -> None:
    """Keep what JSON can hold, whole or not at all."""
    payload = json.dumps(content).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_bytes(digest(key.encode(), payload).encode() + b"\n" + payload)
    partial.replace(file)
