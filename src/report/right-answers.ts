/** @file Which of some images are put into their class, as text: four images to a hexadecimal digit, the first image the highest bit. */

/**
 * @example
 * packRight([1, 2, 0, 0, 7], [1, 2, 3, 0, 7]); // 'd8'
 */
export function packRight(classes: ArrayLike<number>, labels: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < labels.length; i += 4) {
    let digit = 0;
    for (let k = i; k < i + 4; k++) digit = 2 * digit + Number(k < labels.length && classes[k] === labels[k]);
    text += digit.toString(16);
  }
  return text;
}

/**
 * For each image 1 where it is put into its class.
 * @example
 * unpackRight('d8', 5); // [1, 1, 0, 1, 1]
 */
export function unpackRight(text: string, images: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: images }, (_, i) => {
    const digit = Number.parseInt(text[i >> 2] ?? '0', 16);
    return (digit >> (3 - (i & 3))) & 1;
  });
}
