"""Trains a model for a table: `describe` a CSV file, `check` the data, `train`, `accept` the result, `search` a size.

`wrap` gives an ONNX model of any other tool its contract. `upgrade` adds the proof of version 1.2 to a model of an
older contract, without training.

Exit code 2 and one line when the table file or the data cannot be used, 1 when training fails, else 0.
"""

import argparse
import os
import sys
from pathlib import Path

from . import data
from .table import Classes, Label, Table, TableError
from .tablefile import read

HOME = Path(__file__).resolve().parent.parent
USUAL_TABLE = HOME / "tables" / "churn.toml"
USUAL_MODEL = HOME / "model"
NOTEBOOKS = {"binary": "train.ipynb", "multiclass": "train_kinds.ipynb", "regression": "train_kinds.ipynb"}


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    if options.command == "upgrade":
        return _upgrade(options.model, options.golden or options.model.parent / "parity.csv")
    if options.command == "describe":
        return _describe(options)
    try:
        table = read(options.table)
        build = _build(options).resolve()
        if options.command == "accept":
            to = options.to or (USUAL_MODEL if options.table.resolve() == USUAL_TABLE else None)
            if not to:
                return _refused("set the target folder of the model: --to (MODEL_DIR=)")
            return _accept(table, build, to.resolve(), options.anyway)
        with_keys = bool(getattr(options, "check_with", None))
        training = data.load(table, _source(options.data), with_keys, lambda line: print(line, flush=True))
        holdout = data.load(table, _source(options.holdout)) if getattr(options, "holdout", "") else None
    except TableError as error:
        return _refused(f"bad table: {error}")
    except data.DataError as error:
        return _refused(f"bad data: {error}")
    left_out = "".join(f", {count} {why} omitted" for why, count in training.left_out.items())
    print(f"{training.name}: {len(training.features)} rows, {_labels(training)}{left_out}", flush=True)
    if options.command == "check":
        from . import profile

        print(profile.text(training))
        return 0
    if options.command == "wrap":
        return _wrap(options, training, holdout, build)
    if options.command == "train":
        return _train(table, options.table.resolve(), _source(options.data), build, options.quick)
    if not isinstance(table.label, Label):
        return _refused(f"search is for two classes only, {table.label.name} is a {table.label.kind} label")
    return _search(training, options.table, options.jobs)


def _labels(training: data.Training) -> str:
    label = training.table.label
    if isinstance(label, Label):
        return f"{training.positive.sum()} with {label.name} {label.positive!r}"
    if isinstance(label, Classes):
        return ", ".join(f"{(training.label == value).sum()} with {label.name} {value!r}" for value in label.classes)
    return f"{label.name} from {training.label.min():g} to {training.label.max():g}"


def _wrap(options: argparse.Namespace, training: data.Training, holdout: data.Training | None, build: Path) -> int:
    from . import wrap

    if not options.model.is_file():
        return _refused(f"bad model: there is no file {str(options.model)!r} (MODEL=file.onnx)")
    classes = tuple(text.strip() for text in options.classes.split(",")) if options.classes else ()
    wishes = wrap.Wishes(options.output, classes, options.interval, options.coverage)
    try:
        wrapped = wrap.wrap(options.model, training, wishes, holdout, options.check_with)
    except wrap.ModelError as error:
        return _refused(f"bad model: {options.model.name}: {error}")
    except data.DataError as error:
        return _refused(f"bad data: {error}")
    for line in wrapped.said:
        print(line)
    return _written(wrapped.files, build)


def _written(files: dict[str, bytes], build: Path) -> int:
    from . import verdict

    build.mkdir(parents=True, exist_ok=True)
    # That of an earlier model: there is no report for these files.
    (build / verdict.FILE).unlink(missing_ok=True)
    for name, content in files.items():
        (build / name).write_bytes(content)
        print(f"{len(content):>10,} bytes  {build / name}")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m rowcast_trainer", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    helps = {
        "describe": "propose the table file of a CSV file",
        "check": "read, check and profile the data",
        "train": "create the model, its golden rows, its card and the report",
        "wrap": "give an ONNX model of another tool its contract, golden rows and card",
        "accept": "copy the trained model to the folder that serves it",
        "upgrade": "add the proof of contract 1.2 to a model of 1.0 or 1.1, from the golden rows beside it",
        "search": "try many sizes of the forest and write the results beside the table file",
    }
    for name, help_line in helps.items():
        command = commands.add_parser(name, help=help_line)
        if name == "describe":
            command.add_argument("--data", type=Path, required=True, help="CSV file with a header")
            command.add_argument("--label", required=True, help="the column to predict")
            command.add_argument("--key", required=True, help="the columns of the key, separated by commas")
            command.add_argument("--name", default="", help="name of the table (default: that of the file)")
            continue
        if name == "upgrade":
            command.add_argument("--model", type=Path, required=True, help="the ONNX file, which is replaced")
            command.add_argument("--golden", type=Path, help="its golden rows (default: parity.csv beside it)")
            continue
        command.add_argument("--table", type=Path, default=USUAL_TABLE, help="table file (default: tables/churn.toml)")
        command.add_argument("--build", type=Path, help="output folder of training (default: build/, or build/FILE/)")
        if name != "accept":
            command.add_argument(
                "--data", default="", help="CSV file or postgresql://user@host/database (default: the published rows)"
            )
        if name == "wrap":
            _wrap_options(command)
        if name == "train":
            command.add_argument(
                "--quick", action="store_true", help="the same model, a shorter report, in about a minute"
            )
        if name == "accept":
            command.add_argument("--to", type=Path, help="folder of the model (default for churn: model/)")
            command.add_argument("--anyway", action="store_true", help="accept against the report's verdict")
        if name == "search":
            command.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cores to use")
    return parser.parse_args(arguments)


def _wrap_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("model", type=Path, help="the ONNX file, which is not changed")
    command.add_argument("--holdout", default="", help="rows that the model has not seen: metrics and threshold")
    command.add_argument("--check-with", type=Path, help="CSV file with the scores of the model's own library")
    command.add_argument("--output", default="", help="name of the output with the probability or the value")
    command.add_argument("--classes", default="", help="the classes in the order of the output's columns: No,Yes")
    command.add_argument("--interval", default="", help="name of the output with the ends of a value's interval")
    command.add_argument("--coverage", type=float, default=0.9, help="the share of values in their interval")


def _build(options: argparse.Namespace) -> Path:
    usual = options.table.resolve() == USUAL_TABLE
    return options.build or (HOME / "build" if usual else HOME / "build" / options.table.stem)


def _source(said: str) -> str:
    return said if not said or "://" in said else str(Path(said).resolve())


def _refused(line: str) -> int:
    print(line, file=sys.stderr)
    return 2


def _describe(options: argparse.Namespace) -> int:
    from . import describe

    key = [column.strip() for column in options.key.split(",") if column.strip()]
    try:
        print(describe.toml(options.data, options.label, key, options.name), end="")
    except data.DataError as error:
        return _refused(f"bad data: {error}")
    return 0


def _train(table: Table, table_file: Path, source: str, build: Path, quick: bool) -> int:
    for variable, folder in (
        ("IPYTHONDIR", "ipython"),
        ("MPLCONFIGDIR", "matplotlib"),
        ("JUPYTER_RUNTIME_DIR", "jupyter"),
    ):
        (build / ".cache" / folder).mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(build / ".cache" / folder)
    # Not a parameter: parameters are stored in the notebook, and a Postgres URL may contain a password.
    os.environ["ROWCAST_DATA"] = source

    import nbformat
    import papermill
    from nbconvert import HTMLExporter

    done = build / "train.ipynb"
    try:
        papermill.execute_notebook(
            HOME / NOTEBOOKS[table.label.kind],
            done,
            parameters={"table_file": str(table_file), "build_folder": str(build), "quick": quick},
            cwd=HOME,
            kernel_name="python3",
            progress_bar=True,
            extra_arguments=["--log-level=ERROR"],
        )
    except papermill.PapermillExecutionError as error:
        print(f"training failed in cell {error.exec_count}: {error.ename}: {error.evalue}", file=sys.stderr)
        print(f"the notebook up to the failure: {done}", file=sys.stderr)
        return 1
    # The report must open without a network: no script is loaded from elsewhere.
    shown = {"exclude_input": True, "exclude_output_prompt": True, "exclude_input_prompt": True, "embed_images": True}
    exporter = HTMLExporter(**shown, require_js_url="", mathjax_url="", jquery_url="")
    resources = {"metadata": {"name": table.report.title}}
    report = build / "report.html"
    report.write_text(exporter.from_notebook_node(nbformat.read(done, as_version=4), resources)[0], encoding="utf-8")
    for file in (*(build / name for name in _files(table)), report):
        print(f"{file.stat().st_size:>10,} bytes  {file}")
    return 0


def _files(table: Table) -> list[str]:
    return [f"{table.model}.onnx", "parity.csv", "MODEL_CARD.md"]


def _accept(table: Table, build: Path, to: Path, anyway: bool) -> int:
    from . import verdict

    there = [build / name for name in _files(table)]
    for file in there:
        if not file.is_file():
            return _refused(f"nothing to accept: {file} does not exist; train first")
    objection = verdict.objection(build, there[0].read_bytes())
    if objection and not anyway:
        return _refused(
            f"{there[0].name} is not accepted: {objection}, or accept it all the same: --anyway (ANYWAY=yes)"
        )
    to.mkdir(parents=True, exist_ok=True)
    for file in there:
        (to / file.name).write_bytes(file.read_bytes())
        print(f"{file.stat().st_size:>10,} bytes  {to / file.name}")
    return 0


def _upgrade(model: Path, golden: Path) -> int:
    from . import export

    for file in (model, golden):
        if not file.is_file():
            return _refused(f"nothing to upgrade: {file} does not exist")
    try:
        content = export.upgraded(model.read_bytes(), golden.read_bytes())
    except (ValueError, KeyError) as error:
        return _refused(f"{model.name} cannot be upgraded: {error}")
    except Exception as error:
        return _refused(f"{model.name} cannot be upgraded: it is not a model ({type(error).__name__})")
    model.write_bytes(content)
    print(f"{len(content):>10,} bytes  {model}")
    return 0


def _search(training: data.Training, table_file: Path, jobs: int) -> int:
    from . import search

    found = search.nested(training, search.FULL, jobs, lambda line: print(line, flush=True))
    file = search.file_of(table_file)
    file.write_text(found.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    print(f"{file.stat().st_size:>10,} bytes  {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
