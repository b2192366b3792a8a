/*
 * The few parts of WebAssembly that the engine uses. They belong to the JavaScript engine, not to the browser or to Node, but the compiler
 * knows them only together with the DOM, which is kept out of this folder.
 */
declare namespace WebAssembly {
  interface Module {
    /** Tells a module from any other object. */
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  const Module: new (bytes: Uint8Array) => Module;
  class Memory {
    constructor(pages: { initial: number; maximum?: number; shared?: boolean });
    readonly buffer: ArrayBufferLike;
    /** Adds pages at the end. @returns how many there were */
    grow(pages: number): number;
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    readonly exports: Readonly<Record<string, (...args: number[]) => number>>;
  }
}
