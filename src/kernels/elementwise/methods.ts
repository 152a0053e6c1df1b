/**
 * @file The element-wise methods, written once for tensors and traced values: each applies its operation.
 */
import type { Elementwise } from './elementwise.ts';
import type { Operation } from './operation.ts';
import * as operations from './operations/index.ts';

/** T: what the methods give. */
export abstract class ElementwiseMethods<T> implements Elementwise<T> {
  /** The result of an operation on this and others, in this order. */
  abstract apply(operation: Operation, ...others: readonly (T | number)[]): T;

  add(other: T | number): T {
    return this.apply(operations.add, other);
  }
  sub(other: T | number): T {
    return this.apply(operations.sub, other);
  }
  mul(other: T | number): T {
    return this.apply(operations.mul, other);
  }
  div(other: T | number): T {
    return this.apply(operations.div, other);
  }
  pow(exponent: T | number): T {
    const known = typeof exponent === 'number' ? operations.power(exponent) : undefined;
    return known ? this.apply(known) : this.apply(operations.pow, exponent);
  }
  maximum(other: T | number): T {
    return this.apply(operations.maximum, other);
  }
  minimum(other: T | number): T {
    return this.apply(operations.minimum, other);
  }
  neg(): T {
    return this.apply(operations.neg);
  }
  abs(): T {
    return this.apply(operations.abs);
  }
  sign(): T {
    return this.apply(operations.sign);
  }
  floor(): T {
    return this.apply(operations.floor);
  }
  reciprocal(): T {
    return this.apply(operations.reciprocal);
  }
  square(): T {
    return this.apply(operations.square);
  }
  sqrt(): T {
    return this.apply(operations.sqrt);
  }
  exp(): T {
    return this.apply(operations.exp);
  }
  log(): T {
    return this.apply(operations.log);
  }
  erf(): T {
    return this.apply(operations.erf);
  }
  tanh(): T {
    return this.apply(operations.tanh);
  }
  sigmoid(): T {
    return this.apply(operations.sigmoid);
  }
  relu(): T {
    return this.apply(operations.relu);
  }
  gelu(): T {
    return this.apply(operations.gelu);
  }
  clip(lower: T | number, upper: T | number): T {
    return this.apply(operations.clip, lower, upper);
  }
  less(other: T | number): T {
    return this.apply(operations.less, other);
  }
  lessEqual(other: T | number): T {
    return this.apply(operations.lessEqual, other);
  }
  greater(other: T | number): T {
    return this.apply(operations.greater, other);
  }
  greaterEqual(other: T | number): T {
    return this.apply(operations.greaterEqual, other);
  }
  equal(other: T | number): T {
    return this.apply(operations.equal, other);
  }
  where(yes: T | number, no: T | number): T {
    return this.apply(operations.where, yes, no);
  }
}
