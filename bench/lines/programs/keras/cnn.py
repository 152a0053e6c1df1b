import keras
from keras import layers

(images, labels), (test_images, test_labels) = keras.datasets.mnist.load_data()
net = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        layers.Rescaling(1 / (255 * 0.3081), -0.1307 / 0.3081),
        layers.Conv2D(8, 5, activation="relu"),
        layers.AveragePooling2D(2),
        layers.Conv2D(16, 5, activation="relu"),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        layers.Dense(10),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
net.compile(keras.optimizers.SGD(0.05, 0.9, nesterov=True), loss, ["accuracy"])
net.fit(images[..., None], labels, batch_size=64, epochs=3)
print(100 * net.evaluate(test_images[..., None], test_labels)[1])
