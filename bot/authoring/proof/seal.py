"""The sealed table: a reviewed copy of facts, rules, gates and answers that only an explicit command changes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.authoring.proof.meant import answers_of, levels_of_lists, steps_of_howtos
from bot.errors import SteadyError
from bot.script.document import compose, plain
from bot.script.load import Folder, load_script
from bot.script.load_facts import load_vocabulary
from bot.script.load_rules import load_rule_book
from bot.script.problems import Place, Problems
from bot.script.rules import RuleBook
from bot.script.vocabulary import Vocabulary

FOLDER = "sealed"
FILE = "table.yaml"
_FILLED = {
    "title": "sealed",
    "because": "sealed",
    "sources": ["sealed"],
    "approved": {"by": "nobody yet"},
    "fires_for": [{"age": "1 months"}],
    "quiet_for": [{"age": "1 months"}],
}
_KEPT = ("when", "levels", "unless", "not_sure", "stratum", "tags", "private")
_HEAD = """\
# The sealed table: what facts, rules, gates and answers mean, as they were when somebody last looked at all of it.
# `steady check --prove` shows that the scripts still mean the same for every child, but for the edits in edits.yaml.
# Never edit this file by hand: `steady check --seal NAME` writes it anew, and the fingerprint would not fit.
"""


class SealError(SteadyError):
    """The sealed table is missing or was changed by hand."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Seal:
    """What was sealed, by whom, and its fingerprint."""

    vocabulary: Vocabulary
    book: RuleBook
    answers: Mapping[str, Mapping[str, str]]
    lists: Mapping[str, str]
    howtos: Mapping[str, str]
    by: str
    fingerprint: str


def make_seal(folder: Folder, by: str) -> str:
    """The text of a table that seals this version of the scripts."""
    script = load_script(folder)
    facts = _plain(folder, "content/facts.yaml")
    rules = _plain(folder, "content/red_flags.yaml")["rules"]
    gates = _plain(folder, "content/gates.yaml")["gates"]
    body = {
        "facts": {name: _without(fact, "about") for name, fact in facts["facts"].items()},
        "derived": {name: _without(fact, "about") for name, fact in facts["derived"].items()},
        "rules": {name: {key: rule[key] for key in _KEPT if key in rule} for name, rule in rules.items()},
        "gates": {
            name: {
                part: [_without(row, "because", "sources") for row in gate[part]] for part in ("closed", "otherwise")
            }
            for name, gate in gates.items()
        },
        "answers": {name: _Rows(found) for name, found in answers_of(script).items()},
        "lists": _Rows(levels_of_lists(script)),
        "howtos": _Rows(steps_of_howtos(script)),
    }
    head = _Rows(sealed_by=by, fingerprint=_fingerprint(body))
    return _HEAD + _written(head) + "\n" + _written(body)


def read_seal(content: Path) -> Seal:
    """Read the table of a content folder; raises SealError when it is not there, or is not what was sealed."""
    path = content / FOLDER / FILE
    if not path.is_file():
        raise SealError("there is no sealed table.", where=str(path), cure="Make one with: steady check --seal NAME")
    data = plain(compose(path.read_text(encoding="utf-8"), path.name))
    body: dict[str, Any] = {key: value for key, value in data.items() if key not in ("sealed_by", "fingerprint")}
    body |= {part: _Rows(body[part]) for part in ("lists", "howtos")}
    body["answers"] = {name: _Rows(found) for name, found in body["answers"].items()}
    if _fingerprint(body) != data.get("fingerprint"):
        cure = "Take the file back as it was, or seal the scripts anew with: steady check --seal NAME"
        raise SealError("the sealed table was changed by hand.", where=str(path), cure=cure)
    problems = Problems()
    vocabulary = load_vocabulary(_node({"facts": body["facts"], "derived": body["derived"]}), problems)
    rules = {
        name: {**_FILLED, **rule, **({} if rule["levels"] else {"information": "sealed"})}
        for name, rule in body["rules"].items()
    }
    gates = {
        name: {
            "closed": [{**row, "because": "sealed", "sources": ["sealed"]} for row in gate["closed"]],
            "otherwise": [{**row, "sources": ["sealed"]} for row in gate["otherwise"]],
        }
        for name, gate in body["gates"].items()
    }
    book = load_rule_book(_node({"rules": rules}), _node({"gates": gates}), vocabulary, problems)
    problems.raise_if_any()
    return Seal(
        vocabulary, book, body["answers"], body["lists"], body["howtos"], data["sealed_by"], data["fingerprint"]
    )


def _fingerprint(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_written(body).encode()).hexdigest()[:16]


def _node(data: Mapping[str, Any]) -> Any:
    return compose(_written(data), Place("sealed table", 1).file)


def _plain(folder: Folder, path: str) -> Any:
    return plain(compose(folder.files[path], path))


def _without(data: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in keys}


class _Rows(dict[str, str]):
    """A mapping that stands on a line each."""


class _Dumper(yaml.SafeDumper):
    """Writes every text as it is: the reader takes no word for anything but text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 (so PyYAML has it)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


_Dumper.add_representer(
    _Rows, lambda dumper, rows: dumper.represent_mapping("tag:yaml.org,2002:map", rows, flow_style=False)
)


def _written(data: Mapping[str, Any]) -> str:
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100_000, default_flow_style=None)
