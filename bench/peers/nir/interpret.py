"""Runs graphs of NIR step by step, by the words of docs/guide/nir.md and nothing else: an independent reader of strelu's files.

The nodes come from the official library (nir.read); what they do in a step is here, in plain numpy, in float64.
"""
import numpy as np


def pair(value):
    numbers = np.atleast_1d(np.asarray(value)).astype(int)
    return (int(numbers[0]), int(numbers[-1]))


def pool(x, node, scale):
    (kh, kw), (sh, sw), (ph, pw) = pair(node.kernel_size), pair(node.stride), pair(node.padding)
    x = np.pad(x, ((0, 0), (ph, ph), (pw, pw)))
    height, width = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    out = np.zeros((x.shape[0], height, width))
    for dy in range(kh):
        for dx in range(kw):
            out += x[:, dy : dy + sh * (height - 1) + 1 : sh, dx : dx + sw * (width - 1) + 1 : sw]
    return out * scale


def convolve(x, node):
    weight = np.asarray(node.weight, np.float64)
    outputs, inputs, kh, kw = weight.shape
    (sh, sw), (dh, dw) = pair(node.stride), pair(node.dilation)
    if isinstance(node.padding, str):
        total = (dh * (kh - 1), dw * (kw - 1)) if node.padding == "same" else (0, 0)
        pads = [(0, 0)] + [(t // 2, t - t // 2) for t in total]
    else:
        pads = [(0, 0)] + [(p, p) for p in pair(node.padding)]
    x = np.pad(x, pads)
    height = (x.shape[1] - dh * (kh - 1) - 1) // sh + 1
    width = (x.shape[2] - dw * (kw - 1) - 1) // sw + 1
    out = np.zeros((outputs, height, width))
    groups = int(node.groups)
    each = outputs // groups
    for g in range(groups):
        rows = slice(g * each, (g + 1) * each)
        source = x[g * inputs : (g + 1) * inputs]
        for dy in range(kh):
            for dx in range(kw):
                part = source[:, dy * dh :, dx * dw :][:, : sh * (height - 1) + 1 : sh, : sw * (width - 1) + 1 : sw]
                out[rows] += np.tensordot(weight[rows, :, dy, dx], part, axes=(1, 0))
    return out + np.asarray(node.bias, np.float64).reshape(-1, 1, 1)


def flatten(x, node):
    start, end = int(node.start_dim), int(node.end_dim)
    end = end + x.ndim if end < 0 else end
    return x.reshape(*x.shape[:start], -1, *x.shape[end + 1 :])


class Run:
    """A graph with its state. An edge that leads to an integrator from within the integrator's own cycle is one step late."""

    def __init__(self, graph):
        self.graph = graph
        self.names = list(graph.nodes)
        self.sources = {name: [] for name in self.names}
        for source, target in graph.edges:
            self.sources[target].append(source)
        self.inner = {n: Run(node) for n, node in graph.nodes.items() if type(node).__name__ == "NIRGraph"}
        self.late = {(s, t) for s, t in graph.edges if type(graph.nodes[t]).__name__ == "I" and self.reaches(t, s)}
        self.order = self.sort()
        self.before = {}
        self.state = {}
        self.values = {}

    def reaches(self, start, goal):
        seen, todo = set(), [start]
        while todo:
            name = todo.pop()
            if name == goal:
                return True
            if name not in seen:
                seen.add(name)
                todo += [t for s, t in self.graph.edges if s == name]
        return False

    def sort(self):
        done, order = set(), []
        while len(order) < len(self.names):
            ready = [
                n
                for n in self.names
                if n not in done and all(s in done for s in self.sources[n] if (s, n) not in self.late)
            ]
            assert ready, "a cycle without an integrator"
            order += ready
            done |= set(ready)
        return order

    def step(self, value):
        self.before, self.values = self.values, {}
        for name in self.order:
            node = self.graph.nodes[name]
            kind = type(node).__name__
            if kind == "Input":
                self.values[name] = value
                continue
            x = 0.0
            for source in self.sources[name]:
                late = (source, name) in self.late
                x = x + (self.before.get(source, 0.0) if late else self.values[source])
            self.values[name] = self.inner[name].step(x) if kind == "NIRGraph" else self.apply(name, kind, node, x)
        return next(self.values[n] for n in self.names if type(self.graph.nodes[n]).__name__ == "Output")

    def apply(self, name, kind, node, x):
        if kind == "Output":
            return x
        if kind == "I":
            self.state[name] = self.state.get(name, 0.0) + node.r * x
            return self.state[name]
        if kind == "IF":
            v = self.state.get(name, 0.0) + node.r * x
            spikes = (v > node.v_threshold).astype(np.float64)
            self.state[name] = np.where(spikes > 0, node.v_reset, v)
            return spikes
        if kind == "Threshold":
            return (x > node.threshold).astype(np.float64)
        if kind == "Scale":
            return x * np.asarray(node.scale, np.float64)
        if kind in ("Linear", "Affine"):
            y = np.asarray(node.weight, np.float64) @ x
            return y + node.bias if kind == "Affine" else y
        if kind == "Conv2d":
            return convolve(x, node)
        if kind == "SumPool2d":
            return pool(x, node, 1.0)
        if kind == "AvgPool2d":
            return pool(x, node, 1.0 / np.prod(pair(node.kernel_size)))
        if kind == "Flatten":
            return flatten(x, node)
        raise ValueError(f"{name}: no interpreter for {kind}")


def spiking(graph):
    """The nodes whose values are spikes, as seen from the whole graph: IF, graphs within, thresholds behind an integrator."""
    kind = {name: type(node).__name__ for name, node in graph.nodes.items()}
    behind = {t for s, t in graph.edges if kind[s] == "I" and kind[t] == "Threshold"}
    return [name for name in graph.nodes if kind[name] in ("NIRGraph", "IF") or name in behind]


def run(graph, image, steps):
    """Spikes as [step, place in the node's shape, number], by node; the output of every step."""
    machine = Run(graph)
    spikes = {name: [] for name in spiking(graph)}
    outputs = []
    for t in range(steps):
        outputs.append(np.ravel(machine.step(image)).tolist())
        for name, events in spikes.items():
            values = np.ravel(machine.values[name])
            events += [[t, int(i), int(values[i])] for i in np.flatnonzero(values)]
    return {"spikes": spikes, "outputs": outputs}
