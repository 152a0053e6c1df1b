import torch
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])
data = DataLoader(datasets.MNIST("data", True, to_tensor, download=True), 64, drop_last=True)
hidden = torch.empty(128, 784, requires_grad=True)
head = torch.empty(10, 128, requires_grad=True)
for weight in (hidden, head):
    torch.nn.init.kaiming_normal_(weight)
optimizer = torch.optim.SGD([hidden, head], 0.05, 0.9)
for step, (images, labels) in enumerate(data):
    optimizer.zero_grad()
    loss = cross_entropy(torch.relu(images.reshape(64, 784) @ hidden.T) @ head.T, labels)
    loss.backward()
    optimizer.step()
    if step % 100 == 0:
        print(loss.item())
