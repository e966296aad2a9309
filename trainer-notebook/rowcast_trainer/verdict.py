"""The verdict at the top of the report: one sentence by fixed rules, and whether `accept` may ship the model."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .contract import digest_of
from .kindreport import COMPARED
from .learners import TREES, chosen
from .references import REFERENCE, SIGNIFICANT, Paired

FILE = "verdict.json"
HEADING = "## Verdict"
#: Scores are probabilities when the upper end of the interval of their calibration error is not above this.
CALIBRATED = 0.03

RULES = (
    f"*The rules: the forest ships unless the {REFERENCE} is significantly better (corrected resampled t-test on the "
    f"ROC AUC of the same folds, p < {SIGNIFICANT:g}); then the regression ships. The threshold must cost less than "
    "acting on every row or on none, with 95 % confidence. Scores count as calibrated if their error is at most "
    f"{CALIBRATED:g} with 95 % confidence; a model without calibrated scores may ship, but its probabilities must not "
    "be read as such.*"
)


@dataclass(frozen=True)
class Measure:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """`ships`: no rule speaks against the model. `model` is the digest of the model's file."""

    ships: bool
    quick: bool
    sentence: str
    model: str = ""


def of(
    forest: float,
    reference: float,
    against: Paired,
    calibration: Measure,
    threshold: float,
    saved: Measure,
    unit: str,
    quick: bool,
) -> Verdict:
    """By the rules. `forest` and `reference` are mean ROC AUCs, `against` is the test of their difference.

    The calibration, the threshold and what it saves are those of the model that wins.
    """
    saves = saved.low > 0
    probable = "are calibrated" if calibration.high <= CALIBRATED else "are not calibrated, do not read them as such"
    costs = (
        f"saves {saved.value:.3f} {unit} per row ({saved.low:.3f} to {saved.high:.3f})"
        if saves
        else f"is not shown to save anything ({saved.low:.3f} to {saved.high:.3f} {unit} per row)"
    )
    sentence = (
        f"{_opening(saves)} {_compared('ranks', forest, reference, against, 'ROC AUC', REFERENCE)}, its probabilities "
        f"{probable} (error {calibration.value:.3f}, {calibration.low:.3f} to {calibration.high:.3f}), "
        f"{'and' if saves else 'but'} acting from {threshold:g} on {costs} against the best fixed decision."
    )
    return Verdict(saves, quick, sentence)


def of_kind(
    kind: str,
    forest: float,
    reference: float,
    against: Paired,
    measures: dict[str, Measure],
    gained: Measure,
    usual: str,
    quick: bool,
) -> Verdict:
    """The same for several classes and for numbers.

    `forest` and `reference` are means of the compared measure, `measures` those of all rows for the model that wins;
    `gained` is what it gains against always answering `usual`.
    """
    measure, greater = COMPARED[kind]
    does, other = (
        ("separates the classes", f"multinomial {REFERENCE}")
        if kind == "multiclass"
        else ("estimates the value", "ridge regression with splines")
    )
    opening = f"{_opening(gained.low > 0)} {_compared(does, forest, reference, against, measure, other, greater)}"
    shown = _shown(gained)
    joint = "and" if gained.low > 0 else "but"
    if kind == "multiclass":
        error, right, lost = (measures[name] for name in ("calibration error", "accuracy", "log loss"))
        probable = "are calibrated" if error.high <= CALIBRATED else "are not calibrated, do not read them as such"
        gain = f"is smaller by {shown}" if gained.low > 0 else f"is not shown to be smaller (by {shown})"
        rest = (
            f"its probabilities {probable} (error {_listed(error)}), it is right in {_percent(right)} of the rows, "
            f"{joint} its log loss of {_shown(lost)} {gain} than that of always answering {usual}."
        )
    else:
        held, off = measures["values in their interval"], measures["MAE"]
        gain = f"explains {shown}" if gained.low > 0 else f"is not shown to explain anything ({shown})"
        rest = (
            f"its intervals hold {_percent(held)} of the values, it is off by {_shown(off)} on average, {joint} it "
            f"{gain} of the variance around {usual}."
        )
    return Verdict(gained.low > 0, quick, f"{opening}, {rest}")


def rules_of(kind: str) -> str:
    """The rules of `of_kind`, for the report."""
    measure, gain = (
        (
            "mean ROC AUC of each class against the others",
            "its log loss must be smaller than that of always answering with the share of each class",
        )
        if kind == "multiclass"
        else ("RMSE", "it must explain a part of the variance")
    )
    return (
        f"*The rules: the forest ships unless the reference is significantly better (corrected resampled t-test on the "
        f"{measure}, on the same folds, p < {SIGNIFICANT:g}); then the reference ships. Of the model that ships "
        f"{gain}, with 95 % confidence.*"
    )


def _percent(measure: Measure) -> str:
    return f"{measure.value:.1%} ({measure.low:.1%} to {measure.high:.1%})"


def _listed(measure: Measure) -> str:
    return f"{measure.value:.3f}, {measure.low:.3f} to {measure.high:.3f}"


def _shown(measure: Measure) -> str:
    return f"{measure.value:.3f} ({measure.low:.3f} to {measure.high:.3f})"


def _opening(ships: bool) -> str:
    return f"**{'Ship it' if ships else 'Do not ship it'}**: on unseen rows"


def _compared(
    does: str,
    forest: float,
    reference: float,
    against: Paired,
    measure: str,
    other: str,
    greater_is_better: bool = True,
) -> str:
    """The forest against the reference, or the other way round if the reference ships."""
    figures = "{}, difference {:+.4f}, {:+.4f} to {:+.4f}, p = {:.2g}"
    if chosen(against, greater_is_better) is TREES:
        rank = "better than" if against.p < SIGNIFICANT else "as well as"
        numbers = (against.difference, against.low, against.high, against.p)
        said = f"the forest {does} {rank} a {other}"
        both = f"{measure} {forest:.3f} and {reference:.3f}"
    else:
        numbers = (-against.difference, -against.high, -against.low, against.p)
        said = f"the {other} {does} better than the forest and is what was trained"
        both = f"{measure} {reference:.3f} and {forest:.3f}"
    return f"{said} ({figures.format(both, *numbers)})"


def on_card(verdict: Verdict, card: str) -> str:
    """The model card with the verdict as its first part."""
    return card.replace("## Data\n", f"{HEADING}\n\n{verdict.sentence}\n\n## Data\n", 1)


def write(verdict: Verdict, folder: Path, model_file: bytes) -> None:
    """Beside the trained model, which it names by the digest of its bytes."""
    said = {**asdict(verdict), "model": digest_of(model_file)}
    (folder / FILE).write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def objection(folder: Path, model_file: bytes) -> str:
    """Why this model must not be accepted as it is; blank when nothing is known against it."""
    file = folder / FILE
    if not file.is_file():
        return ""
    said = Verdict(**json.loads(file.read_text(encoding="utf-8")))
    if said.model != digest_of(model_file):
        return f"{FILE} belongs to another model file: train again"
    if not said.ships:
        return "the report says: do not ship it"
    if said.quick:
        return "it is from a quick run, whose report lacks most comparisons: train without QUICK"
    return ""
