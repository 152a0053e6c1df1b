/**
 * @file What a user downloads, at most: bounds a little above what it weighs now. They tell of growth, they are not what it should
 * weigh; the guide states them, and a test holds it to them.
 */

/** What programs load, with its types, maps and sources: without what the command line alone loads, without pages, pictures and laws; packed. */
export const LIBRARY_KB = 966;
/** The whole package, packed. */
export const PACKED_KB = 1350;
/** The page that Vite makes of a program that trains, converts and simulates, compressed. */
export const PAGE_KB = 109;
