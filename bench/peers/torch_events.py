"""The peer of the event engine: the same spiking network, simulated densely, layer by layer, in PyTorch.

usage: torch_events.py DIRECTORY THREADS SECONDS
DIRECTORY holds network.json (layers, steps, offsets in float32 numbers) and network.f32 (weights, biases, images).
All T time steps of a layer go through one convolution; the constant current of the first layer is computed once.
Prints one line of JSON: images per second (median), the classes after T steps, versions.
"""
import json
import statistics
import sys
import time

try:
    import numpy as np
    import torch
    import torch.nn.functional as F
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

directory, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(threads)
torch.set_grad_enabled(False)
manifest = json.load(open(f"{directory}/network.json"))
numbers = torch.from_numpy(np.fromfile(f"{directory}/network.f32", dtype=np.float32))
steps = manifest["steps"]


def take(entry):
    offset, shape = entry["offset"], entry["shape"]
    return numbers[offset : offset + int(np.prod(shape))].reshape(shape).clone()


images = take(manifest["images"]).permute(0, 3, 1, 2).contiguous()
layers = []
source_theta = 1.0
for spec in manifest["layers"]:
    weight = take(spec["weight"]) * source_theta  # [k, k, in, out]; spikes are -1, 0, 1
    layers.append((weight.permute(3, 2, 0, 1).contiguous(), take(spec["bias"]), spec))
    source_theta = spec["theta"]


def simulate(batch):
    count = batch.shape[0]
    spikes = None
    for index, (weight, bias, spec) in enumerate(layers):
        x = batch if spikes is None else spikes
        if spec["pool"] > 1:
            x = F.avg_pool2d(x, spec["pool"])
        current = F.conv2d(x, weight, bias, spec["stride"], spec["padding"])
        if index == len(layers) - 1:
            return current.reshape(steps, count, -1).mean(0)
        theta = spec["theta"]
        v = torch.zeros_like(current[:count])
        out = torch.empty((steps,) + v.shape)
        for t in range(steps):
            v += current if spikes is None else current[t * count : (t + 1) * count]
            torch.sub((v >= theta / 2).float(), (v <= -theta / 2).float(), out=out[t])
            v.sub_(out[t], alpha=theta)
        spikes = out.reshape((steps * count,) + v.shape[1:])


logits = simulate(images)
times = []
end = time.perf_counter() + seconds
while time.perf_counter() < end or len(times) < 3:
    begin = time.perf_counter()
    simulate(images)
    times.append(time.perf_counter() - begin)
print(
    json.dumps(
        {
            "imagesPerSecond": images.shape[0] / statistics.median(times),
            "classes": logits.argmax(1).tolist(),
            "version": torch.__version__,
            "threads": torch.get_num_threads(),
        }
    )
)
