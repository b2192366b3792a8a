import { expect } from 'chai';
import { z } from 'zod';
import { byTag, findOperations, operationsOf, type OpenApi } from '../../../client/src/reference/openapi.ts';
import { limitTexts, objectIn, typeText } from '../../../client/src/reference/schemaText.ts';
import { openApiOf } from '../../../server/http/openapi.ts';
import { defineRoute } from '../../../server/http/route.ts';

const route = defineRoute({
  method: 'put',
  path: '/smes/:smeId',
  id: 'putSme',
  tag: 'SMEs',
  summary: 'Change a profile',
  access: ['staff', 'sme'],
  body: z.strictObject({ name: z.string().max(200), size: z.enum(['micro', 'small']).nullable() }),
  reply: z.strictObject({ items: z.array(z.strictObject({ id: z.string() })) }),
  handle: () => ({ items: [] }),
});
// The server makes this document, and the page reads it, as the same standard says.
const document = openApiOf([route], { version: '1', cookieName: 'sid' }) as unknown as OpenApi;

describe('client: API reference', () => {
  it('reads the server’s own document', () => {
    const [operation] = operationsOf(document);
    expect(operation).to.deep.include({ id: 'putSme', method: 'PUT', path: '/smes/{smeId}', tag: 'SMEs' });
    expect(operation?.access).to.deep.equal(['staff', 'sme']);
    expect(operation?.parameters.map(({ name }) => name)).to.deep.equal(['smeId']);
    expect(operation?.replies.find(({ status }) => status === '401')?.description).to.equal('Unauthorized');
  });

  it('finds an operation by words in any order', () => {
    const operations = operationsOf(document);
    expect(findOperations(operations, 'smes put')).to.have.length(1);
    expect(findOperations(operations, 'delete')).to.deep.equal([]);
    expect(byTag(operations).map(({ tag }) => tag)).to.deep.equal(['SMEs']);
  });

  it('says types and limits in words', () => {
    const body = operationsOf(document)[0]?.body?.schema;
    const name = body?.properties?.['name'] ?? {};
    const size = body?.properties?.['size'] ?? {};
    expect(typeText(name)).to.equal('string');
    expect(limitTexts(name)).to.deep.equal(['max. length 200']);
    expect(typeText(size)).to.equal('"micro" or "small" or null');
  });

  it('finds the fields of a list’s entries', () => {
    const reply = operationsOf(document)[0]?.replies[0]?.body?.schema;
    expect(typeText(reply?.properties?.['items'] ?? {})).to.equal('list of object');
    expect(Object.keys(objectIn(reply?.properties?.['items'] ?? {})?.properties ?? {})).to.deep.equal(['id']);
  });
});
