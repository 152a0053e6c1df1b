/**
 * @file `npm run audit`: known weaknesses of everything that is installed with strelu or may be. Status 1 where there are some. A registry
 * that does not answer such questions is said: then nothing was checked.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { toolOptions } from '../src/terminal/tool-options.ts';

interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

toolOptions({
  name: 'audit',
  says: [
    'Known weaknesses of everything that is installed with strelu or may be. Status 1 where there are some.',
  ],
});
const { stdout, stderr } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const report = read(stdout);
if (report?.auditReportVersion === undefined) {
  const reason = /audit (\d{3} [\w ]+?) -/.exec(stderr)?.[1] ?? 'no answer';
  console.log(`audit: the registry does not answer (${reason}); nothing was checked`);
} else {
  const found = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range }] of found) console.log(`audit: ${name} ${range}: ${severity}`);
  console.log(`audit: ${found.length === 0 ? 'nothing is known' : `${found.length} packages`}`);
  if (found.length > 0) process.exitCode = 1;
}

function read(text: string): Report | null {
  try {
    return JSON.parse(text) as Report;
  } catch {
    return null;
  }
}
