"""Trains the churn model and writes it, with its contract, as one ONNX file.

The path of the data: `table` describes the columns, `data` reads and checks them, `model` fits and
measures, `contract` describes the result, `parity` picks the golden rows, `export` writes the files.
"""

import os

# ONNX Runtime 1.29 sends telemetry on Linux unless this is set before it is loaded.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
