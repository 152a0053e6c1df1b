"""Draws four shapes, trains a small network on them, and leaves shapes.npz and shapes.onnx: the transcript of docs/guide/from-pytorch.md."""
import numpy as np, torch
from torch import nn

# Four shapes of 24 x 24, at random places and sizes, in noise.
rng = np.random.default_rng(1)
y, x = np.mgrid[0:24, 0:24]
def draw(kind):
    r, cy, cx = rng.uniform(4, 8), *rng.uniform(9, 15, 2)
    dy, dx = abs(y - cy), abs(x - cx)
    inside = [dx**2 + dy**2 < r**2, np.maximum(dx, dy) < r, dx + dy < r, np.minimum(dx, dy) < r / 3][kind]
    return np.clip(200 * inside + rng.normal(30, 30, (24, 24)), 0, 255).astype(np.uint8)
def split(count):
    labels = rng.integers(0, 4, count)
    return np.stack([draw(k) for k in labels]), labels.astype(np.uint8)
x_train, y_train = split(4000)
x_test, y_test = split(1000)
np.savez("shapes.npz", x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)

torch.manual_seed(1)
net = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.Hardtanh(-1, 1), nn.AvgPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.Hardtanh(-1, 1), nn.AvgPool2d(3),
    nn.Flatten(), nn.Linear(256, 4),
)
images = torch.tensor(x_train[:, None] / 255.0, dtype=torch.float32).sub(0.25).div(0.3)
labels = torch.tensor(y_train, dtype=torch.long)
optimizer = torch.optim.Adam(net.parameters(), 1e-3)
for epoch in range(5):
    for batch in torch.randperm(len(images)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
        optimizer.step()
torch.onnx.export(net.eval(), torch.zeros(1, 1, 24, 24), "shapes.onnx", opset_version=13)
