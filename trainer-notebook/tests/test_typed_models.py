"""The models of several classes and of a number that the functions' tests score with are those of the script."""

import pytest
import typed_models


@pytest.mark.parametrize("name", ["kinds", "prices"])
def test_committed_model_is_what_the_script_makes(name):
    assert getattr(typed_models, name)() == (typed_models.FOLDER / f"{name}.onnx").read_bytes()
