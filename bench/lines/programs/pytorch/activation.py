import torch
from torch import nn


class SoftClip(nn.Module):
    def __init__(self):
        super().__init__()
        self.theta = nn.Parameter(torch.ones(1))

    def forward(self, x):
        return self.theta * torch.tanh(x / self.theta)


activation = SoftClip()
activation(torch.tensor([1.0, 2.0])).sum().backward()
print(activation.theta.grad.item())
