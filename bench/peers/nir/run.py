"""Reads NIR files by the official library and runs them step by step.

usage: run.py NIR_SOURCES STEPS FILE...
Beside each FILE.nir there is FILE.json with {"image": [numbers in the order of the graph's input]}; it gets the spikes and outputs.
"""
import json
import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
import nir  # noqa: E402

from interpret import run  # noqa: E402

steps = int(sys.argv[2])
for path in sys.argv[3:]:
    # types are checked wherever the library can: it takes every kernel for a square of one group
    try:
        graph = nir.read(path)
    except ValueError as error:
        print(path, "without the check of types:", error)
        graph = nir.read(path, type_check=False)
    table = path.replace(".nir", ".json")
    given = json.load(open(table))
    shape = [int(n) for n in next(iter(graph.inputs.values())).input_type["input"]]
    image = np.array(given["image"], np.float64).reshape(shape)
    answer = run(graph, image, steps)
    with open(table, "w") as file:
        json.dump({"reader": "nir " + "1.0.7", "steps": steps, "image": given["image"], **answer}, file, separators=(",", ":"))
        file.write("\n")
    counts = {name: len(events) for name, events in answer["spikes"].items()}
    print(path, counts)
