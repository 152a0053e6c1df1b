"""Two modules of PyTorch as strelu imports them: weights as safetensors, the description of the network, logits of drawn images.

usage: /usr/bin/python3 bench/peers/torch_state_dict.py test/format/state-dict/files
The format of safetensors is short: 8 bytes with the length of a JSON header, the header, the tensors' bytes.
"""
import json
import struct
import sys

import torch
from torch import nn

torch.manual_seed(7)
folder = sys.argv[1]
DTYPES = {torch.float32: "F32", torch.int64: "I64", torch.float64: "F64"}


def save(path, tensors, in_order=True):
    header, parts, end = {}, [], 0
    for name in tensors if in_order else sorted(tensors):
        data = tensors[name].detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": DTYPES[tensors[name].dtype], "shape": list(tensors[name].shape), "data_offsets": [end, end + len(data)]}
        parts.append(data)
        end += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


class Hardtanh(nn.Module):
    """clip(x, -theta, theta) with a trained theta for each channel, or one."""

    def __init__(self, theta):
        super().__init__()
        self.theta = nn.Parameter(torch.tensor(theta))

    def forward(self, x):
        theta = self.theta.reshape(-1, *[1] * (x.dim() - 2)) if self.theta.dim() else self.theta
        return torch.maximum(torch.minimum(x, theta), -theta)


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


# thresholds that are trained, a rectangular kernel, groups, dilation, a batch norm behind the flatten; file in the module's order
trained = nn.Sequential(
    nn.Conv2d(2, 4, (3, 5), padding=(1, 2), bias=False),
    nn.BatchNorm2d(4),
    Hardtanh([0.5, 0.75, 1.0, 1.25]),
    nn.AvgPool2d(2),
    nn.Conv2d(4, 6, 3, padding=2, dilation=2, groups=2),
    Hardtanh(0.9),
    nn.Flatten(),
    nn.BatchNorm1d(6 * 4 * 3),
    nn.Linear(6 * 4 * 3, 8),
    Hardtanh(1.5),
    nn.Linear(8, 3),
)
trained_json = {
    "name": "trained",
    "layers": [
        {"kind": "conv2d", "outChannels": 4, "kernel": [3, 5], "padding": [1, 1, 2, 2], "bias": False},
        {"kind": "batchNorm"},
        {"kind": "strelu", "thetaPer": "channel"},
        {"kind": "avgPool", "size": 2},
        {"kind": "conv2d", "outChannels": 6, "kernel": 3, "padding": 2, "dilation": 2, "groups": 2},
        {"kind": "strelu"},
        {"kind": "flatten"},
        {"kind": "batchNorm"},
        {"kind": "linear", "outputs": 8},
        {"kind": "strelu"},
        {"kind": "linear", "outputs": 3},
    ],
}

# plain Hardtanh, a residual block, more than ten modules, batch norms without weights; file in the alphabet's order
blocks = [nn.Conv2d(2, 4, 3, padding=1), nn.Hardtanh(-0.7, 0.7)]
blocks_json = [{"kind": "conv2d", "outChannels": 4, "kernel": 3, "padding": 1}, {"kind": "strelu"}]
for _ in range(4):
    blocks += [nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4, affine=False), nn.Hardtanh(-0.7, 0.7)]
    blocks_json += [{"kind": "conv2d", "outChannels": 4, "kernel": 3, "padding": 1}, {"kind": "batchNorm"}, {"kind": "strelu"}]
blocks += [
    Residual(nn.Sequential(nn.Conv2d(4, 4, 3, padding=1)), nn.Sequential(nn.Conv2d(4, 4, 1, bias=False))),
    nn.Hardtanh(-0.7, 0.7),
    nn.Flatten(),
    nn.Linear(4 * 8 * 6, 3),
]
blocks_json += [
    {
        "kind": "residual",
        "body": [{"kind": "conv2d", "outChannels": 4, "kernel": 3, "padding": 1}],
        "shortcut": [{"kind": "conv2d", "outChannels": 4, "kernel": 1, "bias": False}],
    },
    {"kind": "strelu"},
    {"kind": "flatten"},
    {"kind": "linear", "outputs": 3},
]
plain = nn.Sequential()
plain.add_module("layers", nn.Sequential(*blocks))
plain_json = {"name": "plain", "layers": blocks_json}

for name, module, description in (("trained", trained, trained_json), ("plain", plain, plain_json)):
    module.train()
    for _ in range(3):
        module(torch.randn(16, 2, 8, 6) * 1.5 + 0.2)
    module.eval()
    images = torch.round(torch.randn(4, 2, 8, 6) * 100) / 100
    save(f"{folder}/{name}.safetensors", module.state_dict(), in_order=name == "trained")
    with open(f"{folder}/{name}.json", "w") as file:
        logits = module(images).detach()
        table = {
            "torch": torch.__version__,
            "description": description,
            "images": [round(v, 2) for v in images.flatten().tolist()],
            "logits": logits.flatten().tolist(),
        }
        json.dump(table, file, separators=(",", ":"))
        file.write("\n")
    print(name, list(module.state_dict())[:4], logits[0].tolist())
