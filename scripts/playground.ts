/**
 * @file `npm run build:playground`: the browser page in dist/playground, as static files for any host. esbuild bundles it: the
 * repository has it for the package already, and the page needs nothing that it cannot do.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { CONTENT_POLICY } from '../src/cli/playground/policy.ts';
import { COLOURS } from '../src/report/svg/colours.ts';
import { toolOptions } from '../src/terminal/tool-options.ts';
import { DIST, ROOT } from './compile.ts';
import { licencesOf } from './licences.ts';

const FROM = join(ROOT, 'src', 'playground');
const TO = join(DIST, 'playground');
const NETWORKS = join(ROOT, 'datasets', 'playground');

const SETTINGS: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: ['chrome111', 'firefox114', 'safari16.4'],
  minify: true,
  legalComments: 'none', // all of them are in LICENSES.txt
  metafile: true,
  logLevel: 'warning',
};

toolOptions({
  name: 'build:playground',
  says: ['The browser page in dist/playground, as static files for any host.'],
});
rmSync(TO, { recursive: true, force: true });
mkdirSync(join(TO, 'networks'), { recursive: true });
const page = { page: join(FROM, 'page.ts'), start: join(FROM, 'start.ts') };
const inputs = new Set<string>();
/** Bundles, and notes what goes in. */
async function bundle(options: BuildOptions): Promise<void> {
  const { metafile } = await build({ ...SETTINGS, ...options });
  for (const input of Object.keys(metafile!.inputs)) inputs.add(input);
}
await bundle({ entryPoints: page, outdir: TO, splitting: true, chunkNames: '[name]-[hash]' });
// Each thread in one file: it starts without asking for others, and reads ONNX without a network.
const threads = { worker: join(FROM, 'worker.ts'), lane: join(ROOT, 'src', 'memory', 'lane.ts') };
const views = join(FROM, 'engine', 'data', 'plain-ndarray.ts');
const formats = { alias: { h5wasm: './h5wasm.js', ndarray: views }, external: ['./h5wasm.js'] };
await bundle({ entryPoints: threads, outdir: TO, ...formats });
const html = readFileSync(join(FROM, 'index.html'), 'utf8');
const policy = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">`;
writeFileSync(join(TO, 'index.html'), html.replace('<!-- policy -->', policy));
writeFileSync(join(TO, 'style.css'), `${COLOURS}\n${readFileSync(join(FROM, 'style.css'), 'utf8')}`);
cpSync(NETWORKS, join(TO, 'networks'), { recursive: true });

const files = readdirSync(TO, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(TO.length + 1)
      .replaceAll('\\', '/'),
  );
const kept = ['./', ...files.filter((file) => file !== 'index.html')];
// HDF5, for NIR files alone: a megabyte that is loaded with the first of them, and not kept before.
await bundle({
  stdin: { contents: "export * from 'h5wasm'", resolveDir: ROOT },
  outfile: join(TO, 'h5wasm.js'),
});
await bundle({
  entryPoints: { 'service-worker': join(FROM, 'service-worker.ts') },
  outdir: TO,
  define: { FILES: JSON.stringify(kept) },
});
writeFileSync(join(TO, 'LICENSES.txt'), licencesOf(ROOT, [...inputs]));
const { version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const description = 'The browser page of strelu, as static files: strelu playground serves it.';
const exported = { exports: { './*': './*' } };
const about = { name: 'strelu-playground', version, description, license, ...exported };
writeFileSync(join(TO, 'package.json'), `${JSON.stringify(about, null, 2)}\n`);
