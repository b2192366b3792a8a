/**
 * Plain data in which every typed array stands in memory that all threads can read. What stands there already is not copied. The type stays
 * the same: typed arrays over either kind of memory are read alike.
 */
export function inSharedMemory<Data>(data: Data): Data {
  // What comes back has the shape of what went in: arrays become arrays of their kind, objects get the same keys.
  return shared(data) as Data;
}

function shared(value: unknown): unknown {
  if (isNumbers(value)) return value.buffer instanceof SharedArrayBuffer ? value : sharedNumbers(value);
  if (Array.isArray(value)) return value.map(shared);
  // a memory of kernels is one that all threads can read, or it could not be sent to them
  if (typeof value !== 'object' || value === null || value instanceof WebAssembly.Memory) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shared(part)]));
}

type Numbers =
  Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

const isNumbers = (value: unknown): value is Numbers =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

function sharedNumbers(numbers: Numbers): Numbers {
  const memory = new SharedArrayBuffer(numbers.byteLength);
  new Uint8Array(memory).set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength));
  if (numbers instanceof Int8Array) return new Int8Array(memory);
  if (numbers instanceof Uint8Array) return new Uint8Array(memory);
  if (numbers instanceof Int16Array) return new Int16Array(memory);
  if (numbers instanceof Uint16Array) return new Uint16Array(memory);
  if (numbers instanceof Int32Array) return new Int32Array(memory);
  if (numbers instanceof Uint32Array) return new Uint32Array(memory);
  if (numbers instanceof Float32Array) return new Float32Array(memory);
  return new Float64Array(memory);
}
