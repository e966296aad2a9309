"""Trains a model for a random table of two classes, as another tool would, for `wrap`. For system tests.

python random_model.py --folder folder reads random.toml and random.csv of random_table.py there. It writes random.onnx,
which has no contract, and scores.csv with scikit-learn's probability of each row.
"""

import argparse
from pathlib import Path

import pandas as pd

from rowcast_trainer import data, export, model, tablefile


def write(folder: Path) -> None:
    training = data.load(tablefile.read(folder / "random.toml"), str(folder / "random.csv"))
    fitted = model.fit(training)
    (folder / "random.onnx").write_bytes(export.to_graph(fitted, training.table).SerializeToString())
    scores = model.score(fitted, training.features, training.table.label.positive)
    pd.DataFrame({"row": training.at, "probability": scores}).to_csv(folder / "scores.csv", index=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    write(parser.parse_args().folder)
