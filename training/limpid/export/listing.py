"""contract/model-ids.json: the models that the page shows, in the picker's order."""

import json
from pathlib import Path


def list_of(models: Path) -> Path:
    """The list that belongs to a checkout's public/models."""
    return models.resolve().parents[1] / "contract" / "model-ids.json"


def add_to_list(models: Path, model_id: str) -> bool:
    """Puts a model that the list lacks at its end, one id a line; tells whether it did. A folder of models outside a
    checkout has no list, and needs none."""
    file = list_of(models)
    if not file.exists():
        return False
    ids = json.loads(file.read_text())
    if model_id in ids:
        return False
    file.write_text(json.dumps([*ids, model_id], indent=2) + "\n")
    return True
