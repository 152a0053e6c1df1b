/** @file The changes that are tried: for a node of the syntax tree, what could stand in its place. A new kind is one line. */
import type { Node } from 'acorn';

/** One change: the text between two offsets becomes another. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly to: string;
  readonly operator: string;
}

/** A node whose fields are looked at by name: the tables say which kinds have which. */
export type AnyNode = Node & { readonly [field: string]: unknown };

const BINARY: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
};

const ASSIGNED: Readonly<Record<string, string>> = {
  '+=': '-=',
  '-=': '+=',
  '*=': '/=',
  '/=': '*=',
  '|=': '&=',
  '&=': '|=',
  '<<=': '>>=',
  '>>=': '<<=',
};

/** Calls by the name of what is called. */
const CALLED: Readonly<Record<string, string>> = {
  'Math.min': 'Math.max',
  'Math.max': 'Math.min',
  'Math.floor': 'Math.ceil',
  'Math.ceil': 'Math.floor',
  'Math.round': 'Math.floor',
  'Math.trunc': 'Math.floor',
  'Math.abs': '',
  'Math.fround': '',
  'Math.sqrt': '',
};

const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some' };
/** Methods whose call is left out: the list as it was. */
const LEFT_OUT = new Set(['filter', 'reverse', 'toReversed', 'sort', 'toSorted']);
const SLICES = new Set(['slice', 'subarray']);

type Rule = (node: AnyNode, text: string) => Change[];

function within(node: AnyNode, from: Node, to: Node, text: string, found: string, by: string): Change {
  const start = text.indexOf(found, from.end);
  if (start === -1 || start >= to.start)
    throw new Error(`${node.type} at ${node.start}: expected ${found} between its sides`);
  return { start, end: start + found.length, to: by, operator: `${found} ${by}` };
}

function whole(node: Node, to: string, operator: string): Change {
  return { start: node.start, end: node.end, to, operator };
}

const sides: Rule = (node, text) => {
  const { operator, left, right } = node as unknown as { operator: string; left: AnyNode; right: AnyNode };
  if (operator === '??') return [whole(node, alone(left, text), 'without default')];
  if (operator === '+' && (isText(left) || isText(right))) return [];
  return (BINARY[operator] ?? []).map((by) => within(node, left, right, text, operator, by));
};

const number: Rule = (node) => {
  const { value } = node;
  if (typeof value === 'boolean') return [whole(node, String(!value), 'boolean')];
  if (typeof value !== 'number') return [];
  if (!Number.isSafeInteger(value))
    return [whole(node, String(value * 2), 'number * 2'), whole(node, String(value / 2), 'number / 2')];
  const more = whole(node, String(value + 1), 'number + 1');
  return value === 0 ? [more] : [more, whole(node, String(value - 1), 'number - 1')];
};

const call: Rule = (node, text) => {
  const { callee, arguments: given } = node as unknown as { callee: AnyNode; arguments: AnyNode[] };
  const name = text.slice(callee.start, callee.end);
  const by = Object.hasOwn(CALLED, name) ? CALLED[name] : undefined;
  if (by) return [whole(callee, by, `${name} ${by}`)];
  if (by === '') {
    const [one] = given as [AnyNode];
    return [whole(node, `(${text.slice(one.start, one.end)})`, `without ${name}`)];
  }
  if (callee.type !== 'MemberExpression') return [];
  const { object, property } = callee as unknown as { object: AnyNode; property: AnyNode };
  const method = text.slice(property.start, property.end);
  if (Object.hasOwn(METHODS, method)) return [whole(property, METHODS[method]!, method)];
  if (LEFT_OUT.has(method)) return [whole(node, alone(object, text), `without ${method}`)];
  if (!SLICES.has(method)) return [];
  return given
    .filter(({ type }) => type !== 'Literal' && type !== 'SpreadElement')
    .map((one) => whole(one, `(${text.slice(one.start, one.end)}) + 1`, `${method} + 1`));
};

/** What could stand in the place of a node, by its type. */
export const OPERATORS: Readonly<Record<string, Rule>> = {
  BinaryExpression: sides,
  LogicalExpression: sides,
  Literal: number,
  CallExpression: call,
  UnaryExpression: (node, text) => {
    const { operator, argument } = node as unknown as { operator: string; argument: AnyNode };
    if (!'!-~'.includes(operator)) return [];
    return [whole(node, alone(argument, text), `without ${operator}`)];
  },
  UpdateExpression: (node) => {
    const { operator, prefix } = node as unknown as { operator: string; prefix: boolean };
    const start = prefix ? node.start : node.end - 2;
    return [{ start, end: start + 2, to: operator === '++' ? '--' : '++', operator }];
  },
  AssignmentExpression: (node, text) => {
    const { operator, left, right } = node as unknown as { operator: string; left: AnyNode; right: AnyNode };
    const by = ASSIGNED[operator];
    return by === undefined ? [] : [within(node, left, right, text, operator, by)];
  },
  ConditionalExpression: (node, text) => {
    const { test, consequent, alternate } = node as unknown as Record<
      'test' | 'consequent' | 'alternate',
      AnyNode
    >;
    const [condition, yes, no] = [test, consequent, alternate].map((part) => alone(part, text));
    return [whole(node, `${condition} ? ${no} : ${yes}`, 'swapped branches')];
  },
  IfStatement: (node) => {
    const { test } = node as unknown as { test: Node };
    return [whole(test, 'true', 'if true'), whole(test, 'false', 'if false')];
  },
  ExpressionStatement: (node) => ('directive' in node ? [] : [whole(node, ';', 'without statement')]),
  ContinueStatement: (node) => [whole(node, ';', 'without continue')],
  BreakStatement: (node) => [whole(node, ';', 'without break')],
};

const SIMPLE = new Set(['Identifier', 'Literal', 'MemberExpression', 'CallExpression', 'ThisExpression']);

/** A part as it may stand anywhere: the tree does not say what was in brackets. */
function alone({ type, start, end }: Node, text: string): string {
  return SIMPLE.has(type) ? text.slice(start, end) : `(${text.slice(start, end)})`;
}

function isText(node: AnyNode): boolean {
  if (node.type === 'BinaryExpression') return isText(node.left as AnyNode) || isText(node.right as AnyNode);
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}
