import keras
import tensorflow as tf

(images, labels), _ = keras.datasets.mnist.load_data()
images = ((images / 255 - 0.1307) / 0.3081).astype("float32").reshape((-1, 784))
data = tf.data.Dataset.from_tensor_slices((images, labels)).batch(64, drop_remainder=True)
start = keras.initializers.HeNormal()
hidden = keras.Variable(start((784, 128)))
head = keras.Variable(start((128, 10)))
optimizer = keras.optimizers.SGD(0.05, 0.9)
loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for step, (x, y) in enumerate(data):
    with tf.GradientTape() as tape:
        loss = loss_of(y, keras.ops.relu(x @ hidden) @ head)
    gradients = tape.gradient(loss, [hidden.value, head.value])
    optimizer.apply(gradients, [hidden, head])
    if step % 100 == 0:
        print(float(loss))
