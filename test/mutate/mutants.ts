/** @file All mutants of one source: its syntax tree is walked, and every change that an operator offers is one mutant. */
import { parse } from 'acorn';
import { type AnyNode, type Change, OPERATORS } from './operators.ts';

/** A change with the place that people read. */
export interface Mutant extends Change {
  /** Counted from 1. */
  readonly line: number;
  /** The lines it touches, as they are and as they become, without indentation. */
  readonly before: string;
  readonly after: string;
}

/**
 * @param text JavaScript; TypeScript whose types became blanks keeps its offsets
 * @returns in the order of the text. What a thrown error says is left alone, and so is the step of a loop, which would never end
 */
export function mutantsOf(text: string): Mutant[] {
  const changes: Change[] = [];
  visit(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as AnyNode);
  const real = changes.filter(({ start, end, to }) => text.slice(start, end) !== to);
  return real.sort((a, b) => a.start - b.start || a.end - b.end).map((change) => place(text, change));

  function visit(node: AnyNode): void {
    if (node.type === 'ThrowStatement' || node.type.startsWith('Import')) return;
    changes.push(...(OPERATORS[node.type]?.(node, text) ?? []));
    for (const [field, value] of Object.entries(node)) {
      if (field === 'update' || (field === 'key' && node.computed !== true)) continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function place(text: string, change: Change): Mutant {
  const from = text.lastIndexOf('\n', change.start - 1) + 1;
  const found = text.indexOf('\n', change.end);
  const to = found === -1 ? text.length : found;
  const after = text.slice(from, change.start) + change.to + text.slice(change.end, to);
  return {
    ...change,
    line: text.slice(0, change.start).split('\n').length,
    before: oneLine(text.slice(from, to)),
    after: oneLine(after),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
