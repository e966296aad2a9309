"""Measures the memory and time of training and wrapping: made-up rows of 50 columns, each step in its own process."""

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

NUMBERS, CATEGORIES = 25, 24
BLOCK = 10_000
TABLE = """
model = "bench"
meaning = "probability of yes"
[source]
schema = "public"
table = "bench"
captured = "bench_captured"
key = { id = "bigint" }
[label]
name = "label"
positive = "yes"
negative = "no"
[costs]
missed = 1
needless = 1
unit = "rows"
[forest]
trees = 20
depth = 8
rows_per_leaf = 100
[report]
title = "Bench"
about = "Made up."
use = "To measure the trainer."
[features]
day = { sql = "date", part = "days", since = "2000-01-01" }
"""


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m rowcast_trainer.bench", description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--step", choices=("train", "wrap"), help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.step:
        return _step(given.step, given.folder)
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        _write(Path(folder), given.rows)
        print(f"rows made up in {time.perf_counter() - started:.0f} s", flush=True)
        size = (Path(folder) / "bench.csv").stat().st_size
        print(
            f"{given.rows:,} rows, {1 + NUMBERS + CATEGORIES} columns and their key, {size / 1e6:,.0f} MB as CSV",
            flush=True,
        )
        for step in ("train", "wrap"):
            command = [sys.executable, "-m", "rowcast_trainer.bench", "--step", step, "--folder", folder]
            if subprocess.run(command).returncode:
                return 1
    return 0


def _write(folder: Path, rows: int) -> None:
    """The numbers have three decimals, so that most of them are different; one category in twenty cells is blank."""
    numbers = [f"n{at}" for at in range(NUMBERS)]
    categories = [f"c{at}" for at in range(CATEGORIES)]
    features = [f'{name} = "double precision"' for name in numbers] + [f'{name} = "text"' for name in categories]
    (folder / "bench.toml").write_text(TABLE + "\n".join(features) + "\n")
    dice = np.random.default_rng(1)
    words = np.array([f"value {at}" for at in range(10)] + [""])
    with (folder / "bench.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "day", *numbers, *categories, "label"])
        for start in range(0, rows, BLOCK):
            size = min(BLOCK, rows - start)
            values = np.round(dice.normal(100, 30, (size, NUMBERS)), 3)
            drawn = words[np.minimum(dice.integers(0, 11, (size, CATEGORIES)), 10)]
            labels = np.where(values[:, 0] + values[:, 1] + dice.normal(0, 30, size) > 220, "yes", "no")
            days = np.datetime64("2020-01-01") + dice.integers(0, 1500, size)
            keys = range(start + 1, start + size + 1)
            lines.writerows(
                [key, day, *row, *texts, label]
                for key, day, row, texts, label in zip(keys, days, values.tolist(), drawn, labels)
            )


def _step(step: str, folder: Path) -> int:
    """One step, without the notebook's report: its comparisons train many other models."""
    from . import contract, data, export, kinds, model, parity, quality, tablefile, wrap

    started = time.perf_counter()

    def say(what: str) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent, passed = used.ru_utime + used.ru_stime, time.perf_counter() - started
        print(
            f"{step:<6} {what:<26} at {passed:7.1f} s, {spent:7.1f} s of CPU, peak {used.ru_maxrss / 1e6:6.2f} GB",
            flush=True,
        )

    training = data.load(tablefile.read(folder / "bench.toml"), str(folder / "bench.csv"), say=say)
    say("data checked")
    if step == "wrap":
        wrapped = wrap.wrap(folder / "bench.onnx", training, wrap.Wishes())
        say(f"wrapped, {len(wrapped.files)} files")
        return 0
    training.groups  # noqa: B018
    say("equal rows found")
    answers = quality.by_folds(training, say=say)
    kind = kinds.of_table(training.table.label, quality.threshold_of(training, answers, answers))
    measured = quality.measured(training, kind, answers, "")
    say("threshold and metrics")
    fitted = model.fit(training)
    say("trained on all rows")
    graph = export.to_graph(fitted, training.table)
    golden = parity.scored(parity.rows(training, fitted), training, fitted)
    tensors = {"tensor": "probabilities", "column": sorted(training.table.label.classes).index("yes")}
    digest = export.graph_digest(graph)
    document = contract.describe(training, measured, tensors, digest, golden, contract.TOLERANCE)
    (folder / "bench.onnx").write_bytes(export.with_contract(graph, document))
    say("model and contract written")
    scored = export.Scorer(folder / "bench.onnx").answers(training.features, document["output"])
    apart = np.abs(scored - kinds.expected(kind, fitted, training.features)).max()
    if apart > contract.TOLERANCE:
        raise SystemExit(f"ONNX Runtime and scikit-learn differ by {apart:g}")
    say(f"{len(scored):,} rows compared")
    return 0


if __name__ == "__main__":
    sys.exit(main())
