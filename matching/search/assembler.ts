/*
 * Writes WebAssembly: just what the kernels need. An expression or statement is the list of its bytes; variables are numbered, parameters
 * first, and hold 32-bit integers, the last ones vectors of 128 bits and fractions. (WebAssembly core specification 2.0, section 5.)
 */

import { MOST_PAGES } from './space.ts';

/** Bytes of an expression or of statements. */
export type Code = readonly number[];

/** One function: what it is called outside, how many parameters and further variables it has, and what it does. */
export interface Func {
  readonly name: string;
  readonly parameters: number;
  readonly variables: number;
  /** How many further variables hold vectors. [0] */
  readonly vectors?: number;
  /** How many further variables hold fractions of 32 bits. [0] */
  readonly fractions?: number;
  /** Ends with the value that is returned. */
  readonly body: Code;
}

const I32 = 0x7f;
const F32 = 0x7d;
const V128 = 0x7b;
const FUNCTION = 0x60;
const NO_VALUE = 0x40;
const END = 0x0b;
/** Limits of a memory: at least and at most so many pages, shared by threads. */
const SHARED = 3;

const unsigned = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];

const signed = (value: number): number[] => {
  const rest = value >> 7;
  const last = (rest === 0 && (value & 64) === 0) || (rest === -1 && (value & 64) !== 0);
  return last ? [value & 127] : [(value & 127) | 128, ...signed(rest)];
};

export const constant = (value: number): Code => [0x41, ...signed(value)];
export const get = (variable: number): Code => [0x20, ...unsigned(variable)];
export const set = (variable: number, value: Code): Code => [...value, 0x21, ...unsigned(variable)];
export const add = (one: Code, other: Code): Code => [...one, ...other, 0x6a];
export const subtract = (one: Code, other: Code): Code => [...one, ...other, 0x6b];
/** 2^place. */
export const bitAt = (place: Code): Code => [...constant(1), ...place, 0x74];
export const multiply = (one: Code, other: Code): Code => [...one, ...other, 0x6c];
export const and = (one: Code, other: Code): Code => [...one, ...other, 0x71];
export const or = (one: Code, other: Code): Code => [...one, ...other, 0x72];
export const shiftLeft = (value: Code, by: number): Code => [...value, ...constant(by), 0x74];
/** Without regard to sign. */
export const shiftRight = (value: Code, by: number): Code => [...value, ...constant(by), 0x76];
export const equal = (one: Code, other: Code): Code => [...one, ...other, 0x46];
/** `one < other`, `one >= other`, as numbers with a sign. */
export const less = (one: Code, other: Code): Code => [...one, ...other, 0x48];
export const atLeast = (one: Code, other: Code): Code => [...one, ...other, 0x4e];
export const select = (test: Code, yes: Code, no: Code): Code => [...yes, ...no, ...test, 0x1b];
export const smaller = (one: Code, other: Code): Code => select(less(one, other), one, other);
export const larger = (one: Code, other: Code): Code => select(less(one, other), other, one);

/** Reads 32 bits, or 16 bits without a sign. */
export const load = (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)];
export const load16 = (address: Code, offset = 0): Code => [...address, 0x2f, 1, ...unsigned(offset)];
export const store = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  0x36,
  2,
  ...unsigned(offset),
];
/** Reads one byte without a sign; writes 16 bits. */
export const load8 = (address: Code, offset = 0): Code => [...address, 0x2d, 0, ...unsigned(offset)];
export const store16 = (address: Code, value: Code): Code => [...address, ...value, 0x3b, 1, 0];
/** How many bits are set. */
export const countBits = (value: Code): Code => [...value, 0x69];
/** Number of the lowest bit that is set. */
export const lowestBit = (value: Code): Code => [...value, 0x68];

/** Fractions of 32 bits. */
export const fraction = (value: number): Code => {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value, true);
  return [0x43, ...new Uint8Array(bytes.buffer)];
};
export const oneFraction: Code = fraction(1);
export const zeroFraction: Code = fraction(0);
export const loadFraction = (address: Code, offset = 0): Code => [...address, 0x2a, 2, ...unsigned(offset)];
export const addFractions = (one: Code, other: Code): Code => [...one, ...other, 0x92];
export const multiplyFractions = (one: Code, other: Code): Code => [...one, ...other, 0x94];
export const largerFraction = (one: Code, other: Code): Code => [...one, ...other, 0x97];
export const divideFractions = (one: Code, other: Code): Code => [...one, ...other, 0x95];
export const atLeastFraction = (one: Code, other: Code): Code => [...one, ...other, 0x60];
export const toFraction = (value: Code): Code => [...value, 0xb2];
/** The whole part; what does not fit becomes the largest number, and what is no number 0. */
export const wholePart = (value: Code): Code => [...value, 0xfc, 0];

const simd = (operation: number): number[] => [0xfd, ...unsigned(operation)];
const vectorOperation =
  (operation: number) =>
  (...operands: Code[]): Code => [...operands.flat(), ...simd(operation)];
/** Reads 16 bytes, or four numbers of 16 bits as four of 32; writes 16 bytes. */
export const loadVector = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x00),
  0,
  ...unsigned(offset),
];
export const loadFour16 = (address: Code, offset = 0): Code => [
  ...address,
  ...simd(0x04),
  1,
  ...unsigned(offset),
];
/** Reads four bytes; the rest is zero. */
export const loadFourBytes = (address: Code): Code => [...address, ...simd(0x5c), 0, 0];
export const storeVector = (address: Code, value: Code, offset = 0): Code => [
  ...address,
  ...value,
  ...simd(0x0b),
  0,
  ...unsigned(offset),
];
export const zeroVector: Code = [...simd(0x0c), ...new Array<number>(16).fill(0)];
/** Sixteen bytes; eight numbers of 16 bits; four fractions. */
export const addBytes = vectorOperation(0x6e);
export const subtractBytes = vectorOperation(0x71);
export const smallerBytes = vectorOperation(0x77);
export const largerBytes = vectorOperation(0x79);
export const spreadByte = vectorOperation(0x0f);
/** How many bits are set in each byte. */
export const countBitsOfBytes = vectorOperation(0x62);
/** The bytes of a table of sixteen at some places. */
export const lookUpBytes = vectorOperation(0x0e);
export const lowBytes = vectorOperation(0x89);
export const highBytes = vectorOperation(0x8a);
export const spread16 = vectorOperation(0x10);
export const multiply16 = vectorOperation(0x95);
export const add16 = vectorOperation(0x8e);
/** Bit by bit; the first where a bit of the last one is set, the second elsewhere; and whether there is any. */
export const orVectors = vectorOperation(0x50);
export const either = vectorOperation(0x52);
export const anyBit = vectorOperation(0x53);
/** Four numbers of 32 bits with a sign; the first, from the lower half of eight of 16 bits without one. */
export const lowShorts = vectorOperation(0xa9);
export const spread32 = vectorOperation(0x11);
export const add32 = vectorOperation(0xae);
export const subtract32 = vectorOperation(0xb1);
export const smaller32 = vectorOperation(0xb6);
export const spreadFraction = vectorOperation(0x13);
export const toFractions = vectorOperation(0xfa);
export const subtractFour = vectorOperation(0xe5);
export const addFour = vectorOperation(0xe4);
export const multiplyFour = vectorOperation(0xe6);
export const divideFour = vectorOperation(0xe7);
/** The whole parts of four fractions; what does not fit becomes the largest number, and what is no number 0. */
export const wholeParts = vectorOperation(0xf8);
/** Which of four fractions are at least as large, as four bits. */
export const whichAtLeast = (one: Code, other: Code): Code => [
  ...one,
  ...other,
  ...simd(0x46),
  ...simd(0xa4),
];

/** Fills `length` bytes with zero. */
export const clear = (address: Code, length: Code): Code => [
  ...address,
  ...constant(0),
  ...length,
  0xfc,
  11,
  0,
];

/** Copies `length` bytes. */
export const copy = (to: Code, from: Code, length: Code): Code => [...to, ...from, ...length, 0xfc, 10, 0, 0];

export const whileTrue = (test: Code, ...body: Code[]): Code => [
  ...[0x02, NO_VALUE, 0x03, NO_VALUE],
  ...[...test, 0x45, 0x0d, 1],
  ...body.flat(),
  ...[0x0c, 0, END, END],
];
export const when = (test: Code, ...body: Code[]): Code => [...test, 0x04, NO_VALUE, ...body.flat(), END];

const text = (value: string): number[] => [value.length, ...Array.from(value, (one) => one.charCodeAt(0))];
const vector = (items: readonly (readonly number[])[]): number[] => [
  ...unsigned(items.length),
  ...items.flat(),
];
const section = (number: number, content: readonly number[]): number[] => [
  number,
  ...unsigned(content.length),
  ...content,
];

/** A module of functions over an imported memory that threads share, `host.memory`. */
export function assemble(functions: readonly Func[]): WebAssembly.Module {
  const types = functions.map(({ parameters }) => [
    FUNCTION,
    ...vector(Array.from({ length: parameters }, () => [I32])),
    ...vector([[I32]]),
  ]);
  const bodies = functions.map(({ variables, vectors = 0, fractions = 0, body }) => {
    const locals = [
      [variables, I32],
      [vectors, V128],
      [fractions, F32],
    ].flatMap(([count, type]) => (count === 0 ? [] : [[...unsigned(count), type]]));
    const code = [...vector(locals), ...body, END];
    return [...unsigned(code.length), ...code];
  });
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, vector(types)),
      ...section(2, vector([[...text('host'), ...text('memory'), 2, SHARED, 1, ...unsigned(MOST_PAGES)]])),
      ...section(3, vector(functions.map((_, number) => unsigned(number)))),
      ...section(7, vector(functions.map(({ name }, number) => [...text(name), 0, ...unsigned(number)]))),
      ...section(10, vector(bodies)),
    ]),
  );
}
