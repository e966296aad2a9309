"""The models of several classes and of a number that the functions' tests score with are those of the script."""

import json

import onnx
import pytest
import typed_models


@pytest.mark.parametrize("name", ["kinds", "prices"])
def test_committed_model_is_what_the_script_makes(name, say):
    made, committed = getattr(typed_models, name)(), (typed_models.FOLDER / f"{name}.onnx").read_bytes()
    say(f"{name}: {'the very bytes' if made == committed else 'other last digits of its golden rows'}")

    ours, theirs = onnx.load_from_string(made), onnx.load_from_string(committed)
    contract, known = contract_of(ours), contract_of(theirs)
    scores, golden = scores_of(contract), scores_of(known)

    assert ours.graph == theirs.graph
    # numpy adds in another order on another processor.
    assert scores == pytest.approx(golden, rel=0, abs=known["parity"]["tolerance"])
    assert contract == known


def contract_of(model):
    return json.loads({entry.key: entry.value for entry in model.metadata_props}["rowcast.contract"])


def scores_of(contract):
    """Takes the numbers out of the golden rows."""
    return [
        number
        for row in contract["golden"]
        for field in ("probabilities", "value", "interval")
        for number in as_list(row.pop(field, []))
    ]


def as_list(numbers):
    return numbers if isinstance(numbers, list) else [numbers]
