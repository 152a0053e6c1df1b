"""Writes NIR files as other tools do, by the official library, and runs them step by step.

usage: write.py NIR_SOURCES STEPS FOLDER
"""
import json
import sys

import numpy as np

sys.path.insert(0, sys.argv[1])
import nir  # noqa: E402

from interpret import run  # noqa: E402

nir.version = nir.serialization.nir.version = "1.0.7"
steps, folder = int(sys.argv[2]), sys.argv[3]
random = np.random.default_rng(1)


def dyadic(*shape, dtype=np.float32):
    return (random.integers(-4, 5, shape) / 8).astype(dtype)


def image(*shape):
    return random.integers(-8, 9, shape) / 8


def integrate_and_fire(shape, threshold, **more):
    return nir.IF(r=np.ones(shape, np.float32), v_threshold=np.full(shape, threshold, np.float32), **more)


def convolution(shape, outputs, inputs, kernel, padding, stride=1):
    return nir.Conv2d(shape, dyadic(outputs, inputs, kernel, kernel), stride, padding, 1, 1, dyadic(outputs))


# a convolutional network as sinabs writes them: IF to the very end, sums over windows, one threshold for every neuron
cnn = nir.NIRGraph(
    nodes={
        "input": nir.Input(np.array([2, 8, 8])),
        "0": convolution((8, 8), 4, 2, 3, 1),
        "1": integrate_and_fire((4, 8, 8), 1.0),
        "2": nir.SumPool2d(np.array([2, 2]), np.array([2, 2]), np.array([0, 0])),
        "3": convolution((4, 4), 3, 4, 3, "same"),
        "4": integrate_and_fire((3, 4, 4), 1.5),
        "5": nir.AvgPool2d(np.array([2, 2]), np.array([2, 2]), np.array([0, 0])),
        "6": nir.Flatten(np.array([3, 2, 2]), 0, -1),
        "7": nir.Affine(dyadic(5, 12) * 2, dyadic(5)),
        "8": integrate_and_fire((5,), 0.5),
        "output": nir.Output(np.array([5])),
    },
    edges=[("input", "0"), *[(str(i), str(i + 1)) for i in range(8)], ("8", "output")],
)

# neurons with soft reset from nodes side by side, in float64, behind a scale that is no height, with r = 2; an integrator reads out
below = np.nextafter(np.float32(0.5), np.float32(0)) * np.ones(4)
soft = nir.NIRGraph(
    nodes={
        "image": nir.Input(np.array([6])),
        "in": nir.Linear(dyadic(4, 6, dtype=np.float64)),
        "v": nir.I(r=np.full(4, 2.0)),
        "fire": nir.Threshold(threshold=below),
        "reset": nir.Scale(scale=np.full(4, -0.25)),
        "times": nir.Scale(scale=np.array([0.5, 1.0, 2.0, -1.0])),
        "out": nir.Affine(dyadic(3, 4, dtype=np.float64), dyadic(3, dtype=np.float64)),
        "sum": nir.I(r=np.ones(3)),
        "answer": nir.Output(np.array([3])),
    },
    edges=[
        ("image", "in"),
        ("in", "v"),
        ("v", "fire"),
        ("fire", "reset"),
        ("reset", "v"),
        ("fire", "times"),
        ("times", "out"),
        ("out", "sum"),
        ("sum", "answer"),
    ],
    metadata={"made": "by hand"},
)

for name, graph, shape in (("python-cnn", cnn, (2, 8, 8)), ("python-soft", soft, (6,))):
    nir.write(f"{folder}/{name}.nir", graph)
    given = image(*shape)
    answer = run(nir.read(f"{folder}/{name}.nir"), given, steps)
    with open(f"{folder}/{name}.json", "w") as file:
        table = {"reader": "nir 1.0.7", "steps": steps, "image": np.ravel(given).tolist(), **answer}
        json.dump(table, file, separators=(",", ":"))
        file.write("\n")
    print(name, {node: len(events) for node, events in answer["spikes"].items()})
