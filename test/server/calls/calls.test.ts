import { expect } from 'chai';
import { loadCall, loadOpenCall, presentCall } from '../../../server/calls/calls.ts';

describe('open calls', () => {
  it('takes the newest as the one in force, and any other by its id', () => {
    expect(loadOpenCall().id).to.equal('securit-2');
    expect(loadCall('securit-1').id).to.equal('securit-1');
    expect(() => loadCall('securit-9')).to.throw("no call 'securit-9'");
  });

  it('shows people the ceilings and the source, and the engine only the rules', () => {
    const call = loadOpenCall();
    expect(presentCall(call).instruments.map(({ grantCeilingEur }) => grantCeilingEur)).to.deep.equal([
      74_000, 88_000,
    ]);
    expect(loadCall()).not.to.have.property('source');
    expect(loadCall().countries).to.have.length(45);
  });
});
