import { expect } from 'chai';
import fc from 'fast-check';
import {
  add,
  assemble,
  constant,
  get,
  less,
  set,
  shiftRight,
  smaller,
  whileTrue,
} from '../../../matching/search/assembler.ts';

const run = (name: string, code: Parameters<typeof assemble>[0]) => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const found = new WebAssembly.Instance(assemble(code), { host: { memory } }).exports[name];
  if (typeof found !== 'function') throw new RangeError(`no ${name}`);
  // the function was written with numbers only
  return (...args: number[]): number => Number(Reflect.apply(found, undefined, args));
};

describe('the assembler', () => {
  it('writes whole numbers of any size', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const body = constant(value);
        expect(run('value', [{ name: 'value', parameters: 0, variables: 0, body }])()).to.equal(value);
      }),
    );
  });

  it('writes loops over parameters and variables', () => {
    const [end, at, sum] = [0, 1, 2];
    const body = [
      ...whileTrue(
        less(get(at), get(end)),
        set(at, add(get(at), constant(1))),
        set(sum, add(get(sum), get(at))),
      ),
      ...get(sum),
    ];
    const total = run('total', [{ name: 'total', parameters: 1, variables: 2, body }]);
    expect(total(100)).to.equal(5050);
    expect(total(0)).to.equal(0);
  });

  it('chooses the smaller one, and shifts without regard to sign', () => {
    const body = smaller(get(0), shiftRight(get(1), 28));
    const chosen = run('chosen', [{ name: 'chosen', parameters: 2, variables: 0, body }]);
    expect(chosen(20, -1)).to.equal(15);
    expect(chosen(3, -1)).to.equal(3);
  });
});
