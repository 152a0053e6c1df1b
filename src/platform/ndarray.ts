/**
 * @file The one place where ndarray is loaded. It is a file of its own in the package too: pages that ask for no view and read no
 * array files are bundled without it.
 */
import ndarray from 'ndarray';

export { ndarray };
