import torch
from spikingjelly.activation_based import ann2snn, functional
from torch.utils.data import DataLoader, Subset
from torchvision import datasets, transforms

to_tensor = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.1307, 0.3081)])
train = DataLoader(datasets.MNIST("data", True, to_tensor), 100)
test = DataLoader(Subset(datasets.MNIST("data", False, to_tensor), range(1000)), 1000)
net = torch.load("cnn.pt")
recipe = ann2snn.RateCodingRecipe(dataloader=train, mode="max")
snn = ann2snn.Converter(recipe=recipe).convert(net).eval()
images, labels = next(iter(test))
functional.reset_net(snn)
accuracy, out = [], 0
with torch.no_grad():
    for t in range(32):
        out = out + snn(images)
        accuracy.append((out.argmax(1) == labels).float().mean().item() * 100)
print(accuracy)
