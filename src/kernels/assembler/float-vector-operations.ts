/**
 * @file Operations on vectors of f32 and f64 without immediate, as data: name: [opcode, result, ...operands].
 * 0xfdNNN stands for the prefix byte 0xfd and the number NNN.
 */

export const FLOAT_VECTOR = {
  'f32x4.splat': [0xfd013, 'v128', 'f32'],
  'f64x2.splat': [0xfd014, 'v128', 'f64'],
  'f32x4.eq': [0xfd041, 'v128', 'v128', 'v128'],
  'f32x4.ne': [0xfd042, 'v128', 'v128', 'v128'],
  'f32x4.lt': [0xfd043, 'v128', 'v128', 'v128'],
  'f32x4.gt': [0xfd044, 'v128', 'v128', 'v128'],
  'f32x4.le': [0xfd045, 'v128', 'v128', 'v128'],
  'f32x4.ge': [0xfd046, 'v128', 'v128', 'v128'],
  'f64x2.lt': [0xfd049, 'v128', 'v128', 'v128'],
  'f64x2.promote_low_f32x4': [0xfd05f, 'v128', 'v128'],
  'f32x4.floor': [0xfd068, 'v128', 'v128'],
  'f32x4.trunc': [0xfd069, 'v128', 'v128'],
  'f32x4.abs': [0xfd0e0, 'v128', 'v128'],
  'f32x4.neg': [0xfd0e1, 'v128', 'v128'],
  'f32x4.sqrt': [0xfd0e3, 'v128', 'v128'],
  'f32x4.add': [0xfd0e4, 'v128', 'v128', 'v128'],
  'f32x4.sub': [0xfd0e5, 'v128', 'v128', 'v128'],
  'f32x4.mul': [0xfd0e6, 'v128', 'v128', 'v128'],
  'f32x4.div': [0xfd0e7, 'v128', 'v128', 'v128'],
  'f32x4.min': [0xfd0e8, 'v128', 'v128', 'v128'],
  'f32x4.max': [0xfd0e9, 'v128', 'v128', 'v128'],
  'f32x4.pmin': [0xfd0ea, 'v128', 'v128', 'v128'],
  'f32x4.pmax': [0xfd0eb, 'v128', 'v128', 'v128'],
  'f64x2.abs': [0xfd0ec, 'v128', 'v128'],
  'f64x2.add': [0xfd0f0, 'v128', 'v128', 'v128'],
  'f64x2.sub': [0xfd0f1, 'v128', 'v128', 'v128'],
  'f64x2.mul': [0xfd0f2, 'v128', 'v128', 'v128'],
  'f64x2.max': [0xfd0f5, 'v128', 'v128', 'v128'],
  'f32x4.convert_i32x4_s': [0xfd0fa, 'v128', 'v128'],
  'f64x2.convert_low_i32x4_u': [0xfd0ff, 'v128', 'v128'],
  'f32x4.relaxed_madd': [0xfd105, 'v128', 'v128', 'v128', 'v128'],
} as const;
