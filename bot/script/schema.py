"""The JSON Schema of dialog files, for editors that complete and check while a moderator writes.

`python -m bot.script.schema` writes it anew to `dialogs/dialog.schema.json`. The loader says more and says it better;
this only helps while typing. Editors find it by the first line of a dialog:
`# yaml-language-server: $schema=dialog.schema.json`.
"""

from __future__ import annotations

import json
from typing import Any

from bot.facts.level import Action, Level
from bot.places import find_places
from bot.script.model import Kind
from bot.script.shapes import DialogShape

FILE = "dialog.schema.json"
Schema = dict[str, Any]

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
"""Every value is a text to us; editors read 38.0 as a number and true as a boolean."""

_ONE_OR_SEVERAL: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR, "minItems": 1}]}
_ONLY: Schema = {
    "type": "object",
    "properties": {"only": _ONE_OR_SEVERAL},
    "required": ["only"],
    "additionalProperties": False,
}
_CONDITIONS: Schema = {"type": "array", "items": {"$ref": "#/$defs/Condition"}, "minItems": 1}
_MAPS = ("properties", "patternProperties", "$defs")
_LEVELS = sorted(Level.__members__)
_TARGETS = {
    Kind.ASK: "A question of this dialog.",
    Kind.CHECKLIST: "A checklist of this dialog.",
    Kind.SAY: "A text of this dialog; below `finish` it is said after the result.",
    Kind.DO: "Another dialog, after which this one goes on.",
    Kind.HOWTO: "A how-to, which has to stand behind its gate.",
    Kind.GATE: "A gate of content/gates.yaml, which asks what it has to know.",
}


def dialog_schema() -> Schema:
    """Describe a file in `dialogs/`, as the loader's shapes have it."""
    schema: Schema = _tidy(DialogShape.model_json_schema(by_alias=True))
    definitions = schema["$defs"]
    definitions["Condition"] = _condition()
    definitions["Values"] = _values()
    definitions["PlanItem"] = {
        "oneOf": [{"const": "finish"}, *(_step(kind, said) for kind, said in _TARGETS.items()), _finish()]
    }
    schema["properties"]["plan"]["items"] = {"$ref": "#/$defs/PlanItem"}
    option = definitions["OptionShape"]
    option["properties"]["sets"] = {"$ref": "#/$defs/Values"}
    definitions["OptionShape"] = {"anyOf": [_SCALAR, option]}
    for name in ("sets", "denied"):
        definitions["ItemShape"]["properties"][name] = {"$ref": "#/$defs/Values"}
    definitions["ChecklistShape"]["properties"] |= {
        "level": {"enum": _LEVELS},
        "action": {"enum": [action.value for action in Action]},
    }
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema, "$defs": dict(sorted(definitions.items()))}


def written() -> str:
    """The schema as it stands in the file."""
    return json.dumps(dialog_schema(), indent=2, ensure_ascii=False) + "\n"


def _tidy(schema: Any) -> Any:
    """Leave out what says nothing to an editor, and take every plain value for a text."""
    if isinstance(schema, list):
        return [_tidy(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: value for key, value in schema.items() if key not in ("default", "title")}
    if "anyOf" in told and {"type": "null"} in told["anyOf"]:
        rest = [part for part in told.pop("anyOf") if part != {"type": "null"}]
        told |= rest[0] if len(rest) == 1 else {"anyOf": rest}
    if told.get("const") == "true":
        return {"enum": ["true", True]}
    if told.get("type") == "string" and not told.keys() & {"const", "enum", "pattern"}:
        return {**_SCALAR, "minLength": 1}
    if "patternProperties" in told:
        told["additionalProperties"] = False
    return {key: _named(value) if key in _MAPS else _tidy(value) for key, value in told.items()}


def _named(schemas: Schema) -> Schema:
    return {name: _tidy(schema) for name, schema in schemas.items()}


def _condition() -> Schema:
    whole: Schema = {"type": "integer", "minimum": 1}
    count: Schema = {
        "type": "object",
        "properties": {"at least": whole, "of": _CONDITIONS},
        "required": ["at least", "of"],
        "additionalProperties": False,
    }
    flags: Schema = {
        "type": "object",
        "properties": {"tagged": _SCALAR, "level": _SCALAR, "except": _ONE_OR_SEVERAL, "at least": whole},
        "required": ["at least"],
        "additionalProperties": False,
    }
    return {
        "description": "All entries must hold: a fact and its value, all, any, not, count, flag, flags, level, gate.",
        "type": "object",
        "properties": {
            "all": _CONDITIONS,
            "any": _CONDITIONS,
            "not": {"$ref": "#/$defs/Condition"},
            "count": count,
            "flag": {"type": "string"},
            "flags": flags,
            "level": {"enum": [*_LEVELS, *(f"{level} or higher" for level in _LEVELS)]},
            "gate": {"type": "string"},
            "is": {"type": "string"},
        },
        "additionalProperties": {"anyOf": [*_ONE_OR_SEVERAL["anyOf"], _ONLY]},
    }


def _values() -> Schema:
    perhaps: Schema = {
        "type": "object",
        "properties": {"sure": _ONE_OR_SEVERAL, "perhaps": _ONE_OR_SEVERAL},
        "required": ["sure"],
        "additionalProperties": False,
    }
    return {
        "description": "What an answer tells: a fact and its value in each line.",
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"anyOf": [*_ONE_OR_SEVERAL["anyOf"], _ONLY, perhaps]},
    }


def _step(kind: Kind, said: str) -> Schema:
    return {
        "type": "object",
        "properties": {kind.value: {"type": "string", "description": said}, "when": {"$ref": "#/$defs/Condition"}},
        "required": [kind.value],
        "additionalProperties": False,
    }


def _finish() -> Schema:
    calm = "A text of this dialog, said where another dialog would say that all seems well."
    ending = {
        "type": "object",
        "properties": {
            "saves": {"const": "episode"},
            "instead_of_reassure": {"type": "string", "description": calm},
        },
        "minProperties": 1,
        "additionalProperties": False,
    }
    finish = {"anyOf": [{"type": "null"}, ending], "description": "The end, with an outcome."}
    return {
        "type": "object",
        "properties": {"finish": finish, "when": {"$ref": "#/$defs/Condition"}},
        "required": ["finish"],
        "additionalProperties": False,
    }


def main() -> None:
    """Write the file anew."""
    (find_places().dialogs / FILE).write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
