import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])
train = DataLoader(datasets.MNIST("data", True, to_tensor, download=True), 64, shuffle=True)
test = DataLoader(datasets.MNIST("data", False, to_tensor, download=True), 1000)
net = nn.Sequential(
    nn.Conv2d(1, 8, 5),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Conv2d(8, 16, 5),
    nn.ReLU(),
    nn.AvgPool2d(2),
    nn.Flatten(),
    nn.Linear(256, 10),
)
optimizer = torch.optim.SGD(net.parameters(), 0.05, 0.9, nesterov=True)
for epoch in range(3):
    for images, labels in train:
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(images), labels).backward()
        optimizer.step()
with torch.no_grad():
    right = sum((net(images).argmax(1) == labels).sum().item() for images, labels in test)
print(100 * right / len(test.dataset))
