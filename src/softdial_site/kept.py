"""What is kept between builds; what belongs to another key or is damaged is a miss."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any


def digest(*parts: str | bytes) -> str:
    """A hash of the parts, each told from its neighbors."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def load(file: Path, key: str) -> dict[str, Any] | None:
    """What was stored, or None if it belongs to another key or is damaged."""
    try:
        stored = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    return stored["content"] if stored.get("key") == key else None


def store(file: Path, key: str, content: dict[str, Any]) -> None:
    """Keep what JSON can hold, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps({"key": key, "content": content}), "utf-8")
    partial.replace(file)
