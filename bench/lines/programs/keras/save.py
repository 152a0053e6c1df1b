import keras
import numpy as np
from keras import layers

net = keras.Sequential(
    [keras.Input((28, 28, 1)), layers.Conv2D(8, 5, activation="relu"), layers.Flatten(), layers.Dense(10)]
)
net.save("net.keras")
loaded = keras.models.load_model("net.keras")
print(all(np.array_equal(a, b) for a, b in zip(net.get_weights(), loaded.get_weights())))
