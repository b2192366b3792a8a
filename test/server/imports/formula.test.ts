import { expect } from 'chai';
import { isFormula } from '../../../server/imports/formula.ts';

describe('formula cells', () => {
  const run = ['=1+1', '=cmd|x!A0', ' =1', '@SUM(A1)', '@A1', '@R1C1', '+cmd|x!A0', '-2+3+cmd|x', '+A1', '-A1*2', '\tx', '\rx', '\nx', '＝1+1', '＠SUM(A1)', '-SUM(A1)', "- cmd|' /C calc'!A0", '=']; // prettier-ignore
  for (const cell of run) {
    it(`refuses ${JSON.stringify(cell)}`, () => {
      expect(isFormula(cell)).to.equal(true);
    });
  }
  const plain = ['', 'Acme', '@ MEDIASERVICE.NET SRL', '@home Security', '+33 1 23 45 67 89', '-3.5', '+4 %', '- detectors for smoke', '-low power design', 'a=b', '1-2', '–', '— text']; // prettier-ignore
  for (const cell of plain) {
    it(`takes ${JSON.stringify(cell)}`, () => {
      expect(isFormula(cell)).to.equal(false);
    });
  }
});
