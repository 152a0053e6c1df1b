/**
 * @file Loads, stores, and the operations that name one element of a vector (a lane in WebAssembly's words), as data.
 * LOAD: name: [opcode, result, bytes touched]. STORE: name: [opcode, operand, bytes touched].
 */

export const LOAD = {
  'i32.load': [0x28, 'i32', 4],
  'f32.load': [0x2a, 'f32', 4],
  'f64.load': [0x2b, 'f64', 8],
  'i32.load8_s': [0x2c, 'i32', 1],
  'i32.load8_u': [0x2d, 'i32', 1],
  'i32.load16_u': [0x2f, 'i32', 2],
  'v128.load': [0xfd000, 'v128', 16],
  'v128.load8x8_s': [0xfd001, 'v128', 8],
  'v128.load32_splat': [0xfd009, 'v128', 4],
  'v128.load64_splat': [0xfd00a, 'v128', 8],
  'v128.load32_zero': [0xfd05c, 'v128', 4],
  'v128.load64_zero': [0xfd05d, 'v128', 8],
} as const;

export const STORE = {
  'i32.store': [0x36, 'i32', 4],
  'f32.store': [0x38, 'f32', 4],
  'v128.store': [0xfd00b, 'v128', 16],
} as const;

/** name: [opcode, element type, number of elements]. */
export const REPLACE_LANE = {
  'f64x2.replace_lane': [0xfd022, 'f64', 2],
} as const;

/** name: [opcode, bytes touched, number of elements]. */
export const STORE_LANE = {
  'v128.store32_lane': [0xfd05a, 4, 4],
  'v128.store64_lane': [0xfd05b, 8, 2],
} as const;
