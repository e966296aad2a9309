"""Writes a table file and rows that a seed decides: keys, types, names and the kind of label. For system tests.

python random_table.py --seed 7 --out folder [--kind multiclass] writes random.toml and random.csv.
"""

import argparse
import csv
import json
import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ROWS = 400
MISSING = 0.05
NAMES = [
    "Größe (cm)",
    "user id",
    "select",
    "Mixed",
    'quo"te',
    "名前",
    "plan",
    "x.y",
    "it's",
    "snake_case",
    "ÄÖ",
    "a-b",
    "100%",
    "tab,le",
]
TABLES = ["Kunden 2", "orders", "Select", "tbl-1", "größen"]
SCHEMAS = ["public", "Verkauf", "my schema"]
START = datetime(2021, 1, 1)
CLASSES = ["rot", "grün", "blue sky", 'qu"ote']


def moment(at: float) -> datetime:
    return START + timedelta(days=int(at * 900), seconds=int(at * 86_399))


#: Of each type: the SQL type, the rest of its entry, and the text of a value between 0 and 1.
Kind = tuple[str, dict[str, str], Callable[[float], str]]
KINDS: list[Kind] = [
    ("text", {}, lambda at: ["low", "Mid", "high ü"][int(at * 3)]),
    ("varchar(20)", {}, lambda at: ["a", "b,c", "d e"][int(at * 3)]),
    ("char(3)", {}, lambda at: ["abc", "xyz"][int(at * 2)]),
    ("boolean", {}, lambda at: ["t", "f"][int(at * 2)]),
    ("uuid", {}, lambda at: str(uuid.UUID(int=int(at * 4)))),
    ("smallint", {"type": "category"}, lambda at: str(int(at * 4))),
    ("smallint", {}, lambda at: str(int(at * 60_000) - 30_000)),
    ("integer", {}, lambda at: str(int(at * 1000))),
    ("bigint", {}, lambda at: str(int(at * 10**12))),
    ("real", {}, lambda at: f"{at * 3:.3f}"),
    ("double precision", {}, lambda at: f"{at * 1e6:.6f}"),
    ("numeric(10,2)", {}, lambda at: f"{at * 1000:.2f}"),
    ("text", {"type": "number"}, lambda at: f"{at * 50:.1f}"),
    ("date", {"part": "days", "since": "2000-01-01"}, lambda at: moment(at).date().isoformat()),
    ("timestamp", {"part": "hour"}, lambda at: moment(at).isoformat()),
    ("timestamptz", {"part": "weekday", "zone": "Europe/Berlin"}, lambda at: moment(at).isoformat() + "Z"),
]
KEYS: list[tuple[str, Callable[[int], str]]] = [
    ("bigint", lambda at: str(at * 7)),
    ("text", lambda at: f"k {at} ü"),
    ("uuid", lambda at: str(uuid.UUID(int=at))),
    ("varchar(12)", lambda at: f"v{at}"),
]


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def label(kind: str, name: str) -> list[str]:
    said = {
        "binary": [f"positive = {quoted(CLASSES[0])}", f"negative = {quoted(CLASSES[1])}"],
        "multiclass": [f"classes = [{', '.join(map(quoted, CLASSES))}]"],
        "regression": ['kind = "regression"', 'unit = "€"'],
    }
    return ["[label]", f"name = {quoted(name)}", *said[kind]]


def value(kind: str, score: float) -> str:
    if kind == "regression":
        return f"{score * 100:.4f}"
    count = 2 if kind == "binary" else len(CLASSES)
    return CLASSES[min(int(score * count), count - 1)]


def write(seed: int, kind: str, out: Path) -> None:
    dice = random.Random(seed)
    kind = kind or dice.choice(["binary", "multiclass", "regression"])
    names = dice.sample(NAMES, len(NAMES))
    target, keys = names.pop(), [(names.pop(), *dice.choice(KEYS)) for _ in range(dice.choice([1, 1, 2]))]
    columns = [(names.pop(), *found) for found in dice.sample(KINDS, 7)]
    table, schema = dice.choice(TABLES), dice.choice(SCHEMAS)

    lines = [
        f"# Made up, seed {seed}.",
        f"model = {quoted(f'random_{seed}')}",
        f"meaning = {quoted(f'{target} of a random table')}",
        "[source]",
        f"schema = {quoted(schema)}",
        f"table = {quoted(table)}",
        f"captured = {quoted(f'{table} captured')}",
        f"key = {{ {', '.join(f'{quoted(name)} = {quoted(sql)}' for name, sql, _ in keys)} }}",
        *label(kind, target),
        "[forest]",
        "trees = 20",
        "depth = 6",
        "[features]",
    ]
    for name, sql, rest, _ in columns:
        feature = f"{name} {rest['part']}" if "part" in rest else name
        said = {"column": name, "sql": sql, **rest} if "part" in rest else {"sql": sql, **rest}
        lines.append(f"{quoted(feature)} = {{ {', '.join(f'{key} = {quoted(text)}' for key, text in said.items())} }}")
    if kind == "binary":
        lines += ["[costs]", "missed = 2.0", "needless = 1.0", 'unit = "coins"']
    lines += ["[report]", 'title = "A random table"', 'about = "Made up."', 'use = "A test."', "limits = []"]

    out.mkdir(parents=True, exist_ok=True)
    (out / "random.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (out / "random.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*(name for name, *_ in keys), *(name for name, *_ in columns), target])
        for at in range(ROWS):
            found = [dice.random() for _ in columns]
            score = 0.7 * found[0] + 0.2 * found[1] + 0.1 * dice.random()
            cells = ["" if dice.random() < MISSING else text(one) for one, (*_, text) in zip(found, columns)]
            rows.writerow([*(text(at) for *_, text in keys), *cells, value(kind, score)])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--kind", default="", choices=["", "binary", "multiclass", "regression"])
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write(options.seed, options.kind, options.out)
