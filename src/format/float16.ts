/**
 * @file Half precision (IEEE 754 binary16) by its definition: 1 sign, 5 exponent and 10 fraction bits.
 */

const scratch = new DataView(new ArrayBuffer(8));

function roundTiesToEven(value: number): number {
  const rounded = Math.round(value); // ties go up
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/**
 * The 16 bits of the nearest half-precision number, ties to even; infinity from 65520 on.
 * @example
 * toFloat16(1).toString(16); // '3c00'
 */
export function toFloat16(value: number): number {
  scratch.setFloat64(0, value);
  const high = scratch.getUint32(0);
  const sign = (high >>> 16) & 0x8000;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | roundTiesToEven(size * 2 ** 24);
  const exponent = ((high >>> 20) & 0x7ff) - 1023;
  const significand = roundTiesToEven(size * 2 ** (10 - exponent)); // 1024 .. 2048, its hidden bit adds 1 to the exponent
  return sign | (((exponent + 14) << 10) + significand);
}

/** What a fraction counts, by exponent: numbers below 2 ** -14 share the exponent of those right above them. */
const UNITS = Float64Array.from({ length: 31 }, (_, exponent) => 2 ** (Math.max(exponent, 1) - 25));

/** The number that 16 bits stand for. */
export function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction : 1024 + fraction) * UNITS[exponent]!;
}

/** The numbers that halves stand for; a loop, as networks have millions. */
export function fromFloat16s(halves: Uint16Array<ArrayBufferLike>): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) numbers[i] = fromFloat16(halves[i]!);
  return numbers;
}
