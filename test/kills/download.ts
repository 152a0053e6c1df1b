/** @file Downloads a data set of its own, as `strelu datasets` does those of the manifest: download.ts DATASET-AS-JSON FOLDER. */
import process from 'node:process';
import { downloadDataset } from '../../src/io/download.ts';
import type { ManifestDataset } from '../../src/io/manifest.ts';

await downloadDataset(JSON.parse(process.argv[2]!) as ManifestDataset, process.argv[3]!);
