/**
 * @file Loads, stores and atomics, and the operations that name one element of a vector (a lane in
 * WebAssembly's words), as data.
 * LOAD: name: [opcode, result, bytes touched]. STORE: name: [opcode, operand, bytes touched].
 */

export const LOAD = {
  'i32.load': [0x28, 'i32', 4],
  'i64.load': [0x29, 'i64', 8],
  'f32.load': [0x2a, 'f32', 4],
  'f64.load': [0x2b, 'f64', 8],
  'i32.load8_s': [0x2c, 'i32', 1],
  'i32.load8_u': [0x2d, 'i32', 1],
  'i32.load16_s': [0x2e, 'i32', 2],
  'i32.load16_u': [0x2f, 'i32', 2],
  'v128.load': [0xfd000, 'v128', 16],
  'v128.load8x8_s': [0xfd001, 'v128', 8],
  'v128.load8x8_u': [0xfd002, 'v128', 8],
  'v128.load16x4_s': [0xfd003, 'v128', 8],
  'v128.load16x4_u': [0xfd004, 'v128', 8],
  'v128.load32x2_s': [0xfd005, 'v128', 8],
  'v128.load32x2_u': [0xfd006, 'v128', 8],
  'v128.load8_splat': [0xfd007, 'v128', 1],
  'v128.load16_splat': [0xfd008, 'v128', 2],
  'v128.load32_splat': [0xfd009, 'v128', 4],
  'v128.load64_splat': [0xfd00a, 'v128', 8],
  'v128.load32_zero': [0xfd05c, 'v128', 4],
  'v128.load64_zero': [0xfd05d, 'v128', 8],
  'i32.atomic_load': [0xfe010, 'i32', 4],
} as const;

export const STORE = {
  'i32.store': [0x36, 'i32', 4],
  'i64.store': [0x37, 'i64', 8],
  'f32.store': [0x38, 'f32', 4],
  'f64.store': [0x39, 'f64', 8],
  'i32.store8': [0x3a, 'i32', 1],
  'i32.store16': [0x3b, 'i32', 2],
  'v128.store': [0xfd00b, 'v128', 16],
  'i32.atomic_store': [0xfe017, 'i32', 4],
} as const;

/** Read, modify, write in one indivisible step; the result is the value from before. */
export const ATOMIC = {
  'i32.atomic_add': [0xfe01e, 'i32', 4],
  'i32.atomic_sub': [0xfe025, 'i32', 4],
} as const;

/** name: [opcode, element type, number of elements]. */
export const EXTRACT_LANE = {
  'i8x16.extract_lane_s': [0xfd015, 'i32', 16],
  'i8x16.extract_lane_u': [0xfd016, 'i32', 16],
  'i16x8.extract_lane_s': [0xfd018, 'i32', 8],
  'i16x8.extract_lane_u': [0xfd019, 'i32', 8],
  'i32x4.extract_lane': [0xfd01b, 'i32', 4],
  'i64x2.extract_lane': [0xfd01d, 'i64', 2],
  'f32x4.extract_lane': [0xfd01f, 'f32', 4],
  'f64x2.extract_lane': [0xfd021, 'f64', 2],
} as const;

/** name: [opcode, element type, number of elements]. */
export const REPLACE_LANE = {
  'i8x16.replace_lane': [0xfd017, 'i32', 16],
  'i16x8.replace_lane': [0xfd01a, 'i32', 8],
  'i32x4.replace_lane': [0xfd01c, 'i32', 4],
  'i64x2.replace_lane': [0xfd01e, 'i64', 2],
  'f32x4.replace_lane': [0xfd020, 'f32', 4],
  'f64x2.replace_lane': [0xfd022, 'f64', 2],
} as const;

/** name: [opcode, bytes touched, number of elements]. */
export const LOAD_LANE = {
  'v128.load8_lane': [0xfd054, 1, 16],
  'v128.load16_lane': [0xfd055, 2, 8],
  'v128.load32_lane': [0xfd056, 4, 4],
  'v128.load64_lane': [0xfd057, 8, 2],
} as const;

/** name: [opcode, bytes touched, number of elements]. */
export const STORE_LANE = {
  'v128.store8_lane': [0xfd058, 1, 16],
  'v128.store16_lane': [0xfd059, 2, 8],
  'v128.store32_lane': [0xfd05a, 4, 4],
  'v128.store64_lane': [0xfd05b, 8, 2],
} as const;
