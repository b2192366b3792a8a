import { expect } from 'chai';
import { fillEmpty } from '../../../server/smes/merge.ts';
import { newRecord, profileFields } from '../../../server/smes/record.ts';
import { NOW, smeInput } from './support.ts';

let counter = 0;
const nextId = () => `id${(counter += 1)}`;
const recordOf = (overrides: Parameters<typeof smeInput>[0]) =>
  newRecord(
    { id: 'sme', clusterId: null, input: smeInput(overrides), source: null, externalId: null },
    NOW,
    nextId,
  );
const fieldsOf = (overrides: Parameters<typeof smeInput>[0]) => profileFields(smeInput(overrides), nextId);
const nowhere = { externalId: null, source: null };

describe('filling empty fields', () => {
  it('fills what is empty and never overwrites what somebody filled', () => {
    const filled = fillEmpty(
      recordOf({ city: 'Nice', languages: ['fr'] }),
      fieldsOf({
        city: 'Paris',
        website: 'www.acme.eu',
        languages: ['en'],
        needs: [{ words: 'sensors' }],
        projects: ['700199'],
      }),
      { externalId: 'P1', source: 'CORDIS' },
    );
    expect(filled).to.have.all.keys('website', 'needs', 'projects', 'externalId', 'source');
    expect(filled.website).to.equal('www.acme.eu');
  });

  it('has nothing to say the second time', () => {
    const fields = fieldsOf({ city: 'Paris', confidential: { contactName: 'Anna' } });
    const before = recordOf({});
    const after = { ...before, ...fillEmpty(before, fields, nowhere) };
    expect(after.confidential.contactName).to.equal('Anna');
    expect(fillEmpty(after, fields, nowhere)).to.deep.equal({});
  });

  it('takes the size class over only together with its declaration', () => {
    const declaration = { headcount: 5, turnoverEur: 1, balanceSheetEur: 1, date: '2022-01-31' };
    expect(fillEmpty(recordOf({}), fieldsOf({ declaration }), nowhere).sizeClass).to.equal('micro');
    const declared = recordOf({ declaration: { ...declaration, headcount: 60 } });
    expect(fillEmpty(declared, fieldsOf({ declaration }), nowhere)).to.deep.equal({});
  });
});
