/**
 * @file Operations on vectors of integers and of bits without immediate, as data: name: [opcode, result, ...operands].
 * 0xfdNNN stands for the prefix byte 0xfd and the number NNN.
 */

export const INTEGER_VECTOR = {
  'i16x8.splat': [0xfd010, 'v128', 'i32'],
  'i32x4.splat': [0xfd011, 'v128', 'i32'],
  'i32x4.ne': [0xfd038, 'v128', 'v128', 'v128'],
  'i32x4.lt_s': [0xfd039, 'v128', 'v128', 'v128'],
  'i32x4.gt_s': [0xfd03b, 'v128', 'v128', 'v128'],
  'i32x4.le_s': [0xfd03d, 'v128', 'v128', 'v128'],
  'i32x4.ge_s': [0xfd03f, 'v128', 'v128', 'v128'],
  'v128.and': [0xfd04e, 'v128', 'v128', 'v128'],
  'v128.andnot': [0xfd04f, 'v128', 'v128', 'v128'],
  'v128.or': [0xfd050, 'v128', 'v128', 'v128'],
  'v128.bitselect': [0xfd052, 'v128', 'v128', 'v128', 'v128'],
  'i16x8.add': [0xfd08e, 'v128', 'v128', 'v128'],
  'i16x8.sub': [0xfd091, 'v128', 'v128', 'v128'],
  'v128.any_true': [0xfd053, 'i32', 'v128'],
  'i32x4.abs': [0xfd0a0, 'v128', 'v128'],
  'i32x4.bitmask': [0xfd0a4, 'i32', 'v128'],
  'i32x4.extend_low_i16x8_s': [0xfd0a7, 'v128', 'v128'],
  'i32x4.extend_high_i16x8_s': [0xfd0a8, 'v128', 'v128'],
  'i32x4.shl': [0xfd0ab, 'v128', 'v128', 'i32'],
  'i32x4.shr_s': [0xfd0ac, 'v128', 'v128', 'i32'],
  'i32x4.add': [0xfd0ae, 'v128', 'v128', 'v128'],
  'i32x4.sub': [0xfd0b1, 'v128', 'v128', 'v128'],
  'i32x4.max_s': [0xfd0b8, 'v128', 'v128', 'v128'],
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': [0xfd113, 'v128', 'v128', 'v128', 'v128'],
} as const;
