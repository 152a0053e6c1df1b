import keras
import tensorflow as tf
from keras import layers, ops


class SoftClip(layers.Layer):
    def build(self, shape):
        self.theta = self.add_weight(shape=(1,), initializer="ones", name="theta")

    def call(self, x):
        return self.theta * ops.tanh(x / self.theta)


activation = SoftClip()
with tf.GradientTape() as tape:
    y = ops.sum(activation(ops.convert_to_tensor([1.0, 2.0])))
print(tape.gradient(y, activation.trainable_variables)[0].numpy()[0])
