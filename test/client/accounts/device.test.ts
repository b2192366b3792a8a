import { expect } from 'chai';
import { deviceOf } from '../../../client/src/accounts/device.ts';

describe('client: the device of a session', () => {
  it('names browser and system', () => {
    expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).to.equal(
      'Firefox, Linux',
    );
  });

  it('tells Edge from the Chrome that it also names', () => {
    const edge =
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0';
    expect(deviceOf(edge)).to.equal('Edge, Windows');
  });

  it('says so where nothing is known', () => {
    expect(deviceOf('curl')).to.equal('Unknown device');
  });
});
