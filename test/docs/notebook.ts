/** @file A Jupyter notebook as a program: its code cells, in order. */
import { readdirSync, readFileSync } from 'node:fs';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const NOTEBOOKS = new URL('../notebooks/', SOURCE_FOLDER);

interface Cell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
}

export interface Notebook {
  readonly nbformat: number;
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly language: string } };
  readonly cells: readonly Cell[];
}

export const notebookNames: readonly string[] = readdirSync(NOTEBOOKS).filter((name) =>
  name.endsWith('.ipynb'),
);

export const readNotebook = (name: string): Notebook =>
  JSON.parse(readFileSync(new URL(name, NOTEBOOKS), 'utf8'));

export const programOfNotebook = ({ cells }: Notebook): string =>
  cells
    .filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => source.join(''))
    .join('\n');
