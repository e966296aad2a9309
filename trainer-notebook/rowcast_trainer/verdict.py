"""The verdict at the top of the report: one sentence by fixed rules, and whether `accept` may ship the model."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from .contract import digest_of
from .references import REFERENCE, Paired

FILE = "verdict.json"
HEADING = "## Verdict"
#: A difference with a smaller p value is taken for real.
SIGNIFICANT = 0.05
#: Scores are probabilities when the upper end of the interval of their calibration error is not above this.
CALIBRATED = 0.03

RULES = (
    f"*The rules: the forest must not lose to the {REFERENCE} (corrected resampled t-test on the ROC AUC of the same "
    f"folds, p < {SIGNIFICANT:g}); a tie ships the forest. The threshold must cost less than acting on every row or on "
    f"none, with 95 % confidence. Scores count as calibrated if their error is at most {CALIBRATED:g} with 95 % "
    "confidence; a model without calibrated scores may ship, but its probabilities must not be read as such.*"
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
    """By the rules. `forest` and `reference` are mean ROC AUCs, `against` is the test of their difference."""
    real = against.p < SIGNIFICANT
    ranks = "as well as" if not real else "better than" if against.difference > 0 else "worse than"
    beaten, saves = ranks == "worse than", saved.low > 0
    probable = "are calibrated" if calibration.high <= CALIBRATED else "are not calibrated, do not read them as such"
    costs = (
        f"saves {saved.value:.3f} {unit} per row ({saved.low:.3f} to {saved.high:.3f})"
        if saves
        else f"is not shown to save anything ({saved.low:.3f} to {saved.high:.3f} {unit} per row)"
    )
    joint = "and" if saves or beaten else "but"
    sentence = (
        f"**{'Ship it' if saves and not beaten else 'Do not ship it'}**: on unseen rows the forest ranks {ranks} a "
        f"{REFERENCE} (ROC AUC {forest:.3f} and {reference:.3f}, difference {against.difference:+.4f}, "
        f"{against.low:+.4f} to {against.high:+.4f}, p = {against.p:.2g}), its probabilities {probable} (error "
        f"{calibration.value:.3f}, {calibration.low:.3f} to {calibration.high:.3f}), {joint} acting from {threshold:g} "
        f"on {costs} against the best fixed decision."
    )
    return Verdict(saves and not beaten, quick, sentence)


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
