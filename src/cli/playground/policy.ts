/**
 * @file What the browser allows the page: files of its own host, and nothing else. The exceptions, and why:
 *
 *     'wasm-unsafe-eval'   kernels are WebAssembly that the page assembles itself; JavaScript from text stays forbidden
 *     sha256-...           the one style element that Observable Plot puts into each of its figures, by its exact text
 *     data:                the empty icon of the page
 */

/** The digest of the style element of Observable Plot 0.6.17. */
const PLOT_STYLE = 'sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww=';

/** As a meta element has it too, on hosts that cannot send headers. */
export const CONTENT_POLICY: string = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  `style-src 'self' '${PLOT_STYLE}'`,
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Of every answer of the server. Opener and embedder policy isolate the page, so that its threads may share memory. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': `${CONTENT_POLICY}; frame-ancestors 'none'`,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};
