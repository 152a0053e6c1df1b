import keras
import nengo
import nengo_dl
import numpy as np

_, (images, labels) = keras.datasets.mnist.load_data()
net = keras.models.load_model("cnn.keras")
converter = nengo_dl.Converter(
    net,
    swap_activations={keras.activations.relu: nengo.SpikingRectifiedLinear()},
    scale_firing_rates=100,
)
steps = np.tile(images[:1000].reshape((1000, 1, 784)), (1, 32, 1))
with nengo_dl.Simulator(converter.net, minibatch_size=100) as simulator:
    output = simulator.predict({converter.inputs[net.input]: steps})[converter.outputs[net.output]]
sums = np.cumsum(output, axis=1)
print(100 * np.mean(sums.argmax(axis=2) == labels[:1000, None], axis=0))
