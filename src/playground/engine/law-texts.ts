/**
 * @file What each law says, in one sentence for someone who sees it for the first time. THEORY.md has the exact words and the proofs.
 */

export interface LawText {
  readonly title: string;
  readonly says: string;
  /** What worst case and bound are measured in. */
  readonly unit: string;
}

export const LAW_TEXTS: Readonly<Record<string, LawText>> = {
  L1: {
    title: 'Nothing is lost',
    says: 'What a neuron received is either sent as spikes or still in its potential: theta times its count is the sum of its currents, plus where it started, minus what is left.',
    unit: 'current',
  },
  L3: {
    title: 'The count truncates',
    says: 'While no single input is larger than theta, the count is less than one spike away from what the input asks for, in whatever order it comes.',
    unit: 'spikes',
  },
  L7: {
    title: 'The count rounds',
    says: 'While no single input is larger than theta, the count is at most half a spike away from what the input asks for, in whatever order it comes.',
    unit: 'spikes',
  },
  L9: {
    title: 'Overload has a limit',
    says: 'Even where inputs are larger than theta, the potential never exceeds a bound that follows from those inputs.',
    unit: 'theta',
  },
  L15: {
    title: 'The answer is within its bound',
    says: 'The run itself proves how far the spiking answer can be from the answer of infinitely many steps.',
    unit: 'logit',
  },
  L16: {
    title: 'It settles on the exact count',
    says: 'Left to run on, every neuron ends with exactly the rounded count: the spiking network then equals the quantised one.',
    unit: 'wrong counts',
  },
  L17: {
    title: 'Wait, then speak: exact',
    says: 'A neuron that waits for all its inputs before it fires sends exactly the rounded count: the spiking network equals the quantised one.',
    unit: 'wrong counts',
  },
  L18: {
    title: 'Currents are sums of spikes',
    says: 'All that a layer received is its weights times the spikes of the layers before it, plus its bias, and nothing else.',
    unit: 'current',
  },
  L19: {
    title: 'What tLeakyReLU keeps',
    says: 'With a negative threshold that lies further away, theta N+ - (theta / a) N- is kept instead of theta N.',
    unit: 'current',
  },
};
