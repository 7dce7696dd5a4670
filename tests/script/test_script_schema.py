"""The schema for editors: current, true of every dialog, and as strict as the shapes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from script_helpers import BASE, BROKEN, CHECKOUT

from bot.script.schema import FILE, dialog_schema, written

SCHEMA = dialog_schema()
DIALOGS = sorted([*(CHECKOUT / "dialogs").glob("*.yaml"), *(BASE / "dialogs").glob("*.yaml")])
SHAPES_REFUSE = """
ask_of_nothing bad_date capital_in_a_name condition_is_a_word empty_condition empty_plan empty_sources empty_value
finish_with_nonsense list_where_a_text_should_be missing_source misspelt_key not_reviewed plan_is_no_list
sources_are_no_list two_kinds_in_one_step unknown_input unknown_key unknown_key_of_step unknown_step when_alone
word_where_entries_should_be
""".split()


class Editor(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: yes and no are texts, true is a boolean, dates are texts."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 (PyYAML's own way)


Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Editor.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:|~|null)$"), ["", "~", "n"])

TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def is_type(value: Any, name: str) -> bool:
    if name == "boolean" or isinstance(value, bool):
        return isinstance(value, bool) and name == "boolean"
    return isinstance(value, TYPES[name])


def fits(value: Any, schema: Any) -> bool:
    """The part of JSON Schema that ours uses; a keyword that is not known here is an error."""
    return schema is not False and all(KEYWORDS[key](value, told, schema) for key, told in schema.items())


def _types(value: Any, told: Any, schema: Any) -> bool:
    return any(is_type(value, name) for name in ([told] if isinstance(told, str) else told))


def _properties(value: Any, told: Any, schema: Any) -> bool:
    return not isinstance(value, dict) or all(fits(value[name], one) for name, one in told.items() if name in value)


def _patterns(value: Any, told: Any, schema: Any) -> bool:
    return not isinstance(value, dict) or all(
        fits(part, one) for pattern, one in told.items() for name, part in value.items() if re.search(pattern, name)
    )


def _others(value: Any, told: Any, schema: Any) -> bool:
    if not isinstance(value, dict):
        return True
    patterns = schema.get("patternProperties", {})
    rest = [name for name in value if name not in schema.get("properties", {})]
    return all(fits(value[name], told) for name in rest if not any(re.search(one, name) for one in patterns))


def _reference(value: Any, told: Any, schema: Any) -> bool:
    return fits(value, SCHEMA["$defs"][told.removeprefix("#/$defs/")])


KEYWORDS: dict[str, Any] = {
    "$schema": lambda value, told, schema: True,
    "$defs": lambda value, told, schema: True,
    "description": lambda value, told, schema: True,
    "$ref": _reference,
    "type": _types,
    "properties": _properties,
    "patternProperties": _patterns,
    "additionalProperties": _others,
    "const": lambda value, told, schema: value == told,
    "enum": lambda value, told, schema: value in told,
    "required": lambda value, told, schema: not isinstance(value, dict) or all(name in value for name in told),
    "items": lambda value, told, schema: not isinstance(value, list) or all(fits(part, told) for part in value),
    "minItems": lambda value, told, schema: not isinstance(value, list) or len(value) >= told,
    "minLength": lambda value, told, schema: not isinstance(value, str) or len(value) >= told,
    "minProperties": lambda value, told, schema: not isinstance(value, dict) or len(value) >= told,
    "minimum": lambda value, told, schema: not isinstance(value, int) or value >= told,
    "pattern": lambda value, told, schema: not isinstance(value, str) or re.search(told, value) is not None,
    "anyOf": lambda value, told, schema: any(fits(value, one) for one in told),
    "oneOf": lambda value, told, schema: sum(fits(value, one) for one in told) == 1,
}


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Editor)  # a subclass of SafeLoader


def test_the_file_is_current() -> None:
    """If this fails: python -m bot.script.schema."""
    assert (CHECKOUT / "dialogs" / FILE).read_text(encoding="utf-8") == written()


@pytest.mark.parametrize("path", DIALOGS, ids=lambda path: path.stem)
def test_every_dialog_fits(path: Path) -> None:
    assert fits(read(path), SCHEMA)


@pytest.mark.parametrize("name", SHAPES_REFUSE)
def test_a_mistake_of_shape_is_marked_while_the_moderator_types(name: str) -> None:
    (path,) = (BROKEN / name).rglob("*.yaml")

    assert not fits(read(path), SCHEMA)


@pytest.mark.parametrize(
    "step",
    [
        "finish",
        {"finish": None},
        {"finish": {"saves": "episode"}, "when": {"tremor": "yes"}},
        {"ask": "temperature_c"},
        {"when": {"any": [{"temperature_c": 38.0}, {"level": "SOON or higher"}]}, "say": "cool"},
        {"when": {"gate": "massage", "is": "open", "body_parts": {"only": ["chin", "lip"]}}, "howto": "massage"},
        {"when": {"count": {"at least": 2, "of": [{"not": {"a": "yes"}}, {"b": ["no", "not sure"]}]}}, "do": "other"},
        {"when": {"flags": {"tagged": "amber", "at least": 1}, "flag": "F-01"}, "checklist": "danger"},
    ],
)
def test_every_kind_of_step_and_condition_fits(step: Any) -> None:
    assert fits([step], SCHEMA["properties"]["plan"])


def test_the_schema_is_plain_json() -> None:
    assert json.loads(written()) == SCHEMA
