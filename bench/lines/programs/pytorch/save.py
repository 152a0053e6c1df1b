import torch
from torch import nn


def create():
    return nn.Sequential(nn.Conv2d(1, 8, 5), nn.ReLU(), nn.Flatten(), nn.Linear(8 * 24 * 24, 10))


net = create()
torch.save(net.state_dict(), "net.pt")
loaded = create()
loaded.load_state_dict(torch.load("net.pt"))
print(all(torch.equal(w, loaded.state_dict()[name]) for name, w in net.state_dict().items()))
