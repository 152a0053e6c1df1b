"""Small cases of tensor operations, values and gradients, computed by PyTorch: python3 bench/peers/torch_cases.py > test/tensor/torch-cases.json

Every case: name, inputs (shape and values, row-major), the result and the gradients of sum(weights * result), weights[i] = cos(i).
Maps are [batch, height, width, channels] and convolution weights [kh, kw, in / groups, out] here, as in strelu; PyTorch gets them permuted.
"""
import json

import torch
import torch.nn.functional as F

torch.manual_seed(1)
cases = []


def flat(tensor):
    return {"shape": list(tensor.shape), "values": [float("%.7g" % v) for v in tensor.detach().contiguous().flatten().tolist()]}


def case(name, function, *inputs, differentiable=True):
    inputs = [x.detach().clone().requires_grad_(differentiable) for x in inputs]
    y = function(*inputs)
    entry = {"name": name, "inputs": [flat(x) for x in inputs], "result": flat(y)}
    if differentiable:
        weights = torch.cos(torch.arange(y.numel(), dtype=torch.float32)).reshape(y.shape)
        (y * weights).sum().backward()
        entry["gradients"] = [flat(x.grad if x.grad is not None else torch.zeros_like(x)) for x in inputs]
    cases.append(entry)


def hundredths(tensor):
    return torch.round(tensor * 100) / 100


def normal(*shape):
    return hundredths(torch.randn(*shape))


def positive(*shape):
    return hundredths(torch.rand(*shape) * 3 + 0.1)


def maps(x):
    return x.permute(0, 3, 1, 2)


def back(y):
    return y.permute(0, 2, 3, 1)


def conv(**options):
    return lambda x, w, *b: back(F.conv2d(maps(x), w.permute(3, 2, 0, 1), b[0] if b else None, **options))


for name, function in {
    "neg": torch.neg, "abs": torch.abs, "sign": torch.sign, "exp": torch.exp, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    "relu": torch.relu, "gelu": F.gelu, "square": torch.square, "erf": torch.erf, "floor": torch.floor,
}.items():
    case(name, function, normal(3, 5))
for name, function in {"sqrt": torch.sqrt, "log": torch.log, "reciprocal": torch.reciprocal}.items():
    case(name, function, positive(3, 5))
for name, function in {
    "add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div, "maximum": torch.maximum, "minimum": torch.minimum,
}.items():
    case(name, function, normal(2, 3, 4), normal(3, 1))
    case(name, function, normal(4), positive(2, 4))
    case(name, function, normal(2, 1, 3), positive(4, 1))
case("pow", torch.pow, positive(2, 3), normal(3))
case("pow 2", lambda x: x ** 2, normal(2, 3))
case("pow 3", lambda x: x ** 3, normal(2, 3))
case("pow -1", lambda x: x ** -1, positive(2, 3))
case("pow 0.5", lambda x: x ** 0.5, positive(2, 3))
case("pow 1.7", lambda x: x ** 1.7, positive(2, 3))
case("where", lambda c, a, b: torch.where(c > 0, a, b), normal(2, 3), normal(3), normal(2, 1))
case("clip", lambda x: torch.clamp(x, -0.5, 0.75), normal(3, 5))

x = normal(2, 3, 4)
for axes in [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]:
    for keep in [False, True]:
        label = f"{list(axes)} {json.dumps(keep)}"
        case(f"sum {label}", lambda x: x.sum(axes, keepdim=keep), x)
        case(f"mean {label}", lambda x: x.mean(axes, keepdim=keep), x)
        case(f"max {label}", lambda x: x.amax(axes, keepdim=keep), x)
        case(f"min {label}", lambda x: x.amin(axes, keepdim=keep), x)
        case(f"variance {label}", lambda x: x.var(axes, unbiased=False, keepdim=keep), x)
case("max of equal ones", lambda x: x.amax((1,)), torch.tensor([[1.0, 2.0, 2.0], [3.0, 3.0, 3.0]]))
case("variance, correction 1", lambda x: x.var((0, 2), unbiased=True), x)
for axis in [0, 1, 2, -1]:
    case(f"argmax {axis}", lambda x: x.argmax(axis).float(), x, differentiable=False)

for a, b in [
    ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (5, 3, 4)), ((2, 1, 2, 3), (5, 3, 4)), ((2, 3), (5, 3, 4)),
    ((3,), (3, 4)), ((2, 3), (3,)), ((3,), (3,)), ((5, 2, 3), (3,)), ((3,), (5, 3, 4)),
]:
    case("matmul", torch.matmul, normal(*a), normal(*b))

case("reshape [4,-1]", lambda x: x.reshape(4, -1), x)
case("transpose []", lambda x: x.permute(2, 1, 0), x)
case("transpose [1,2,0]", lambda x: x.permute(1, 2, 0), x)
case("slice", lambda x: x[:, 1:3, ::2], x)
case("slice, picked", lambda x: x[1, :, -1], x)
case("pad", lambda x: F.pad(x, (1, 2, 0, 1, 2, 0), value=0.5), x)
case("broadcastTo [2,3,4]", lambda x: x.expand(2, 3, 4), normal(3, 1))
case("concatenate 1", lambda a, b: torch.cat([a, b], 1), normal(2, 3, 2), normal(2, 1, 2))
case("gather 1", lambda x: x[:, [2, 0, 2]], x)
case("oneHot 4", lambda x: F.one_hot(x.long(), 4).float(), torch.tensor([[0.0, 3.0], [2.0, 1.0]]), differentiable=False)

x = normal(2, 5, 4, 4)
for options, torch_options in [
    ({"window": 2}, {"kernel_size": 2}),
    ({"window": [2, 3]}, {"kernel_size": (2, 3)}),
    ({"window": 3, "stride": 2, "padding": 1}, {"kernel_size": 3, "stride": 2, "padding": 1}),
    ({"window": [3, 2], "stride": [1, 2], "padding": [1, 0]}, {"kernel_size": (3, 2), "stride": (1, 2), "padding": (1, 0)}),
]:
    case(f"maxPool {json.dumps(options)}", lambda x: back(F.max_pool2d(maps(x), **torch_options)), x)
    case(f"avgPool {json.dumps(options)}", lambda x: back(F.avg_pool2d(maps(x), **torch_options)), x)
case('maxPool {"window": 2, "stride": 1, "dilation": 2}', lambda x: back(F.max_pool2d(maps(x), 2, 1, dilation=2)), x)

for options, torch_options, shape in [
    ({}, {}, (3, 3, 4, 5)),
    ({"padding": 1, "stride": 2}, {"padding": 1, "stride": 2}, (3, 3, 4, 5)),
    ({}, {}, (2, 3, 4, 5)),
    ({"padding": [0, 1], "stride": [2, 1]}, {"padding": (0, 1), "stride": (2, 1)}, (3, 3, 4, 5)),
    ({"dilation": 2}, {"dilation": 2}, (2, 2, 4, 5)),
    ({"dilation": [1, 2], "padding": 1}, {"dilation": (1, 2), "padding": 1}, (2, 2, 4, 3)),
    ({"groups": 2}, {"groups": 2}, (3, 3, 2, 6)),
    ({"groups": 4, "padding": 1}, {"groups": 4, "padding": 1}, (3, 3, 1, 4)),
    ({"groups": 4, "stride": 2}, {"groups": 4, "stride": 2}, (3, 3, 1, 8)),
]:
    w = normal(*shape)
    case(f"conv2d {json.dumps(options)}", conv(**torch_options), x, w)
    case(f"conv2d {json.dumps(options)}", conv(**torch_options), x, w, normal(shape[3]))
case(
    'conv2d {"padding": [[1, 0], [0, 2]]}',
    lambda x, w: back(F.conv2d(F.pad(maps(x), (0, 2, 1, 0)), w.permute(3, 2, 0, 1))),
    x,
    normal(3, 3, 4, 5),
)

x = normal(2, 4, 3)
for axis in [-1, 1]:
    case(f"softmax {axis}", lambda x: x.softmax(axis), x)
    case(f"logSoftmax {axis}", lambda x: x.log_softmax(axis), x)
x = normal(4, 3)
for smoothing in [0.0, 0.1]:
    case(f"crossEntropy {smoothing} [2,0,1,1]", lambda x: F.cross_entropy(x, torch.tensor([2, 0, 1, 1]), label_smoothing=smoothing).reshape(1), x)
case("mse", lambda a, b: F.mse_loss(a, b), normal(4, 3), normal(4, 3))

optimizers = []
for name, make in {
    '["sgd",{"learningRate":0.1}]': lambda p: torch.optim.SGD(p, 0.1),
    '["sgd",{"learningRate":0.1,"momentum":0.9,"weightDecay":0.05}]': lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=0.05),
    '["sgd",{"learningRate":0.1,"momentum":0.9,"nesterov":true}]': lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True),
    '["adam",{}]': lambda p: torch.optim.Adam(p),
    '["adam",{"learningRate":0.05,"betas":[0.8,0.95],"epsilon":0.001}]': lambda p: torch.optim.Adam(p, 0.05, (0.8, 0.95), 0.001),
    '["adamW",{"learningRate":0.05}]': lambda p: torch.optim.AdamW(p, 0.05),
    '["adamW",{"learningRate":0.05,"weightDecay":0.3}]': lambda p: torch.optim.AdamW(p, 0.05, weight_decay=0.3),
}.items():
    parameters = [normal(2, 3), normal(3)]
    start = [flat(p) for p in parameters]
    gradients = [[normal(2, 3), normal(3)] for _ in range(6)]
    for p in parameters:
        p.requires_grad_(True)
    optimizer = make(parameters)
    for step in gradients:
        for p, g in zip(parameters, step):
            p.grad = g.clone()
        optimizer.step()
    optimizers.append({"make": json.loads(name), "start": start, "gradients": [[flat(g) for g in step] for step in gradients], "end": [flat(p) for p in parameters]})

lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in cases)
made = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in optimizers)
print(f'{{"torch": "{torch.__version__.split("a")[0]}", "cases": [\n{lines}\n], "optimizers": [\n{made}\n]}}')
