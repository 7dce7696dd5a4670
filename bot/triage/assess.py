"""Red flags over everything that is known: which rules are raised, at what level, and which could still be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.facts.level import ORDER, Action, Level, default_action
from bot.facts.matcher import Matcher
from bot.facts.truth import Truth, at_least
from bot.script import conditions as c
from bot.script.conditions import Condition, FlagsRaised, LevelIs, View, evaluate
from bot.script.rules import LevelRow, Rule, RuleBook
from bot.triage.knowledge import BIRTH, GESTATION, Knowledge


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule that counts; `sure` is False where "not sure" answers left it open."""

    rule: str
    level: Level
    action: Action | None
    sure: bool = True


@dataclass(slots=True)
class Assessment:
    """What the rules say of one moment.

    `open_levels` gives for each rule the levels that a question could still raise it to, `sure_levels` the level that
    holds without any guess: a rule may be raised higher than that by answers "not sure".
    """

    truths: dict[str, Truth] = field(default_factory=dict)
    raised: dict[str, Raised] = field(default_factory=dict)
    open_levels: dict[str, tuple[Level, ...]] = field(default_factory=dict)
    sure_levels: dict[str, Level] = field(default_factory=dict)

    @property
    def level(self) -> Level | None:
        """The most severe level, or None when no rule is raised."""
        return max((raised.level for raised in self.raised.values()), default=None)

    def could_reach(self, level: Level) -> bool:
        """Whether a question could still raise a rule to `level` or above."""
        return any(
            row >= level and (rule not in self.raised or self.raised[rule].level < row)
            for rule, rows in self.open_levels.items()
            for row in rows
        )


class _FlagView:
    """Knowledge together with the rules assessed so far, of which only those `below` a stratum are seen."""

    def __init__(self, knowledge: Knowledge, book: RuleBook, so_far: Assessment, *, below: int) -> None:
        self._knowledge = knowledge
        self._book = book
        self._so_far = so_far
        self._below = below

    def seen(self) -> Iterable[str]:
        """The rules whose flags can be looked at."""
        return (rule for rule in self._so_far.truths if self._book.rules[rule].stratum < self._below)

    def fact(self, fact: str, matcher: Matcher) -> Truth:
        return self._knowledge.fact(fact, matcher)

    def flag(self, rule: str) -> Truth:
        return self._so_far.truths.get(rule, Truth.FALSE)

    def flags(self, wanted: FlagsRaised) -> Truth:
        return at_least(wanted.number, (self._counts(rule, wanted) for rule in self.seen()))

    def level(self, wanted: LevelIs) -> Truth:
        raise TypeError(f"a rule cannot look at the level that rules make: {wanted}")

    def gate(self, gate: str, result: str) -> Truth:
        raise TypeError(f"a rule cannot look at gate {gate} {result}")

    def _counts(self, rule: str, wanted: FlagsRaised) -> Truth:
        if rule in wanted.besides:
            return Truth.FALSE
        if wanted.tag is not None and wanted.tag not in self._book.rules[rule].tags:
            return Truth.FALSE
        if wanted.level is None:
            return self._so_far.truths[rule]
        surely = self._so_far.sure_levels.get(rule)
        if surely is not None and surely >= wanted.level:
            return Truth.TRUE
        if any(level >= wanted.level for level in self._so_far.open_levels.get(rule, ())):
            return Truth.OPEN
        raised = self._so_far.raised.get(rule)
        return Truth.UNSURE if raised is not None and raised.level >= wanted.level else Truth.FALSE


def assess(
    book: RuleBook,
    knowledge: Knowledge,
    sticky: Mapping[str, Raised] | None = None,
    *,
    only: Iterable[Rule] | None = None,
) -> Assessment:
    """Apply all rules; `sticky` are flags raised earlier in the check, which never fall by themselves (Always 4).

    `only` are the rules to apply where the others do not matter, in the order of their strata (see `rules_behind`).
    """
    result = Assessment()
    for rule in book.by_stratum if only is None else only:
        view = _FlagView(knowledge, book, result, below=rule.stratum)
        found = _apply(rule, view)
        before = sticky.get(rule.id) if sticky else None
        if before is not None:
            found = found.kept(before)
        result.truths[rule.id] = found.truth
        if found.raised is not None:
            result.raised[rule.id] = found.raised
        if found.open_levels:
            result.open_levels[rule.id] = found.open_levels
        if found.surely is not None:
            result.sure_levels[rule.id] = found.surely
    return result


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of one rule."""

    truth: Truth
    raised: Raised | None = None
    open_levels: tuple[Level, ...] = ()
    surely: Level | None = None

    def kept(self, before: Raised) -> _Found:
        """The same with a flag that was raised before, unless one is raised now that is higher or asks for more."""
        surely = self.surely
        if before.sure and (surely is None or surely < before.level):
            surely = before.level
        if self.raised is not None and _graver(self.raised, before):
            return replace(self, surely=surely)
        truth = Truth.TRUE if before.sure or self.truth is Truth.FALSE else self.truth
        return _Found(truth, before, self.open_levels, surely)


def _graver(one: Raised, before: Raised) -> bool:
    if one.level is not before.level:
        return one.level > before.level
    return _rank(one.action) < _rank(before.action)


def _rank(action: Action | None) -> int:
    return ORDER.index(action) if action is not None else len(ORDER)


def _apply(rule: Rule, view: _FlagView) -> _Found:
    rows = [(row, evaluate(row.when, view)) for row in rule.levels]
    if all(truth is Truth.FALSE for _, truth in rows):
        return _Found(Truth.FALSE)
    exceptions = [evaluate(condition, view) for condition in rule.unless]
    if Truth.TRUE in exceptions:
        return _Found(Truth.FALSE)
    if Truth.OPEN in exceptions:
        # A flag that is raised stays raised, so one that can wait does, until its exception is decided.
        rows = [(row, Truth.OPEN if _waits(row, truth) else truth) for row, truth in rows]
    sure = max((row.level for row, truth in rows if truth is Truth.TRUE), default=None)
    raised = None if sure is None else Raised(rule.id, sure, _action(rows, sure))
    open_levels = [row.level for row, truth in rows if truth is Truth.OPEN]
    unsure = [row.level for row, truth in rows if truth is Truth.UNSURE]
    if unsure and (sure is None or max(unsure) > sure):
        counted, open_counts = _counted(rule, max(unsure), view)
        open_levels += open_counts
        if counted is not None and (sure is None or counted > sure):
            raised = Raised(rule.id, counted, default_action(counted), sure=False)
    truth = _truth(sure=sure is not None, open_=bool(open_levels), unsure=raised is not None)
    return _Found(truth, raised, tuple(open_levels), sure)


def _waits(row: LevelRow, truth: Truth) -> bool:
    """Whether a level that holds can wait for an exception that is still open; URGENT and above never wait."""
    return row.level < Level.URGENT and truth in (Truth.TRUE, Truth.UNSURE)


def _truth(*, sure: bool, open_: bool, unsure: bool) -> Truth:
    if sure:
        return Truth.TRUE
    if open_:
        return Truth.OPEN
    return Truth.UNSURE if unsure else Truth.FALSE


def _action(rows: Iterable[tuple[object, Truth]], level: Level) -> Action | None:
    """The most urgent action among the rows of that level that hold."""
    actions = {
        getattr(row, "action", None) or default_action(level)
        for row, truth in rows
        if truth is Truth.TRUE and getattr(row, "level", None) is level
    }
    return next((action for action in ORDER if action in actions), None)


def _counted(rule: Rule, level: Level, view: _FlagView) -> tuple[Level | None, list[Level]]:
    """What an undecided level counts as (None: it does not count), and what a question could still make of it.

    Source: rules.md, "Not sure".
    """
    if rule.not_sure is None:
        return (None if level is Level.REASSURE else level.lower), []
    still_open: list[Level] = []
    for row in rule.not_sure:
        truth = evaluate(row.when, view)
        if truth is Truth.TRUE:
            return row.level, still_open
        if truth is Truth.OPEN and row.level is not None:
            still_open.append(row.level)
    return None, still_open


def wanted(book: RuleBook, knowledge: Knowledge, assessment: Assessment, threshold: Level) -> frozenset[str]:
    """The facts by which a question could still raise a rule to `threshold` or above."""
    found: set[str] = set()
    rules = _OpenRules(book, knowledge, assessment)
    for name, levels in assessment.open_levels.items():
        raised = assessment.raised.get(name)
        if any(level >= threshold and (raised is None or level > raised.level) for level in levels):
            found |= rules.facts(name, threshold)
    return frozenset(found)


class _OpenRules:
    """The rules that a question can still decide, also behind a condition that counts flags.

    Strata end the search: a rule looks only at rules below it. What was found once is kept, since many conditions
    look at the same computed facts.
    """

    def __init__(self, book: RuleBook, knowledge: Knowledge, assessment: Assessment) -> None:
        self._book = book
        self._knowledge = knowledge
        self._assessment = assessment
        self._rules: dict[tuple[str, Level], frozenset[str]] = {}
        self._seekers: dict[int, OpenFacts] = {}

    def facts(self, name: str, threshold: Level = Level.REASSURE) -> frozenset[str]:
        """The unanswered facts by which a rule could be raised to `threshold` or above."""
        known = self._rules.get((name, threshold))
        if known is not None:
            return known
        rule = self._book.rules[name]
        conditions = [row.when for row in rule.levels if row.level >= threshold]
        conditions += [row.when for row in rule.not_sure or () if row.level is not None and row.level >= threshold]
        conditions += rule.unless
        seeker = self._seeker(rule.stratum)
        found = frozenset[str]().union(*(seeker.of(condition) for condition in conditions))
        self._rules[name, threshold] = found
        return found

    def _seeker(self, stratum: int) -> OpenFacts:
        if stratum not in self._seekers:
            view = _FlagView(self._knowledge, self._book, self._assessment, below=stratum)
            self._seekers[stratum] = OpenFacts(view, self._knowledge, lambda one: self._behind(one, stratum))
        return self._seekers[stratum]

    def _behind(self, condition: c.FlagRaised | FlagsRaised, stratum: int) -> frozenset[str]:
        """The unanswered facts of the rules below `stratum` that a condition looks at."""
        rules = [condition.rule] if isinstance(condition, c.FlagRaised) else list(self._assessment.open_levels)
        level = condition.level if isinstance(condition, FlagsRaised) else None
        return frozenset[str]().union(
            *(
                self.facts(rule, level or Level.REASSURE)
                for rule in rules
                if self._book.rules[rule].stratum < stratum and self._counts(rule, condition)
            )
        )

    def _counts(self, rule: str, condition: c.FlagRaised | FlagsRaised) -> bool:
        if isinstance(condition, c.FlagRaised):
            return True
        tagged = condition.tag is None or condition.tag in self._book.rules[rule].tags
        rows = self._assessment.open_levels[rule]
        reaches = condition.level is None or any(row >= condition.level for row in rows)
        return tagged and reaches and rule not in condition.besides


class OpenFacts:
    """Finds the unanswered facts that keep conditions open; `behind` gives those of a condition over flags."""

    def __init__(
        self,
        view: View,
        knowledge: Knowledge,
        behind: Callable[[c.FlagRaised | FlagsRaised], frozenset[str]] | None = None,
    ) -> None:
        self._view = view
        self._knowledge = knowledge
        self._behind_flags = behind
        # By identity, with the condition itself, so that no other one can ever have its place.
        self._found: dict[int, tuple[Condition, frozenset[str]]] = {}

    def of(self, condition: Condition) -> frozenset[str]:
        """The unanswered facts that keep this condition open; none when it is decided."""
        known = self._found.get(id(condition))
        if known is None:
            known = (condition, self._search(condition))
            self._found[id(condition)] = known
        return known[1]

    def _search(self, condition: Condition) -> frozenset[str]:
        if evaluate(condition, self._view) is not Truth.OPEN:
            return frozenset()
        match condition:
            case c.FactIs(fact, _):
                return self._behind(fact)
            case c.All(parts) | c.AnyOf(parts) | c.Count(_, parts):
                return frozenset[str]().union(*(self.of(part) for part in parts))
            case c.Not(part):
                return self.of(part)
            case c.FlagRaised() | FlagsRaised() if self._behind_flags is not None:
                return self._behind_flags(condition)
            case _:
                return frozenset()

    def _behind(self, name: str) -> frozenset[str]:
        """The facts to ask for a name: itself, or what it is computed from."""
        derived = self._knowledge.vocabulary.derived.get(name)
        if derived is None:
            return frozenset({name})
        if derived.function is not None:
            return frozenset({BIRTH} if self._knowledge.answered(BIRTH) is None else {GESTATION})
        parts = derived.count_of if derived.condition is None else (derived.condition,)
        return frozenset[str]().union(*(self.of(part) for part in parts))


def meets(level: Level, wanted_level: LevelIs) -> Truth:
    """Whether a level is the wanted one, or higher where that is enough."""
    reached = level >= wanted_level.level if wanted_level.or_higher else level is wanted_level.level
    return Truth.TRUE if reached else Truth.FALSE
