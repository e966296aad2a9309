"""`check` the training data, or `train`: run the notebook and write the model, the golden rows and the report.

Exit code 2 and one line when the data cannot be used, 1 when training fails, else 0.
"""

import argparse
import os
import sys
from pathlib import Path

from . import data

HOME = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m rowcast_trainer", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_line in (("check", "read the data and say what is wrong with it"), ("train", "make the model")):
        command = commands.add_parser(name, help=help_line)
        command.add_argument("--data", default="", help="CSV file in the Kaggle layout (default: the published table)")
        if name == "train":
            command.add_argument("--model", type=Path, default=HOME / "model", help="folder of the model")
            command.add_argument("--build", type=Path, default=HOME / "build", help="folder of the report")
    options = parser.parse_args(arguments)
    source = str(Path(options.data).resolve()) if options.data else ""
    try:
        training = data.load(source)
    except data.DataError as error:
        print(f"bad data: {error}", file=sys.stderr)
        return 2
    label = training.table.label
    print(
        f"{training.name}: {len(training.features)} rows, {training.leaves.sum()} with {label.name} {label.positive!r}"
    )
    return 0 if options.command == "check" else _train(source, options.model.resolve(), options.build.resolve())


def _train(source: str, model: Path, build: Path) -> int:
    for variable, folder in (
        ("IPYTHONDIR", "ipython"),
        ("MPLCONFIGDIR", "matplotlib"),
        ("JUPYTER_RUNTIME_DIR", "jupyter"),
    ):
        (build / ".cache" / folder).mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(build / ".cache" / folder)

    import papermill
    from nbconvert import HTMLExporter

    done = build / "train.ipynb"
    try:
        papermill.execute_notebook(
            HOME / "train.ipynb",
            done,
            parameters={"source": source, "model_folder": str(model)},
            cwd=HOME,
            kernel_name="python3",
            progress_bar=True,
            extra_arguments=["--log-level=ERROR"],
        )
    except papermill.PapermillExecutionError as error:
        print(f"training failed in cell {error.exec_count}: {error.ename}: {error.evalue}", file=sys.stderr)
        print(f"the notebook as far as it came: {done}", file=sys.stderr)
        return 1
    # The report must open without a network: no script is loaded from elsewhere.
    exporter = HTMLExporter(exclude_input=True, require_js_url="", mathjax_url="", jquery_url="", embed_images=True)
    report = build / "report.html"
    report.write_text(exporter.from_filename(str(done))[0], encoding="utf-8")
    for file in (model / "churn.onnx", model / "parity.csv", report):
        print(f"{file.stat().st_size:>10,} bytes  {file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
