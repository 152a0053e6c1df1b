/** @file A place that nobody named: what lies there may be another program's, and stays. */
import { InputError } from '../errors.ts';
import { type ProductKind, productIn } from '../io/product-file.ts';

/**
 * To be asked before a file is written at a name that the program made up.
 * @param kinds what is replaced only at a place that was named
 * @throws InputError where one of them lies
 */
export function refuseUnasked(out: string, kinds: readonly ProductKind[]): void {
  const found = productIn(out);
  if (found && kinds.includes(found.kind))
    throw new InputError(
      `${out}: ${found.words} lies here, perhaps another program's; name it by --out to replace it, or choose another file`,
    );
}
