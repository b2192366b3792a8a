import { expect } from 'chai';
import express from 'express';
import supertest from 'supertest';
import { sendCsv, type CsvCell } from '../../../server/http/csv.ts';

function serving(rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>) {
  const app = express();
  app.get('/', (_req, res) => sendCsv(res, 'things.csv', ['name', 'count'], rows));
  return supertest(app).get('/');
}

describe('CSV files to download', () => {
  it('have a byte order mark, a header, quotes where needed and a file name', async () => {
    const response = await serving([
      ['Müller, "Söhne"', 3],
      [null, new Date('2026-01-02T03:04:05Z')],
    ]);
    expect(response.text).to.equal(
      '\ufeffname,count\r\n"Müller, ""Söhne""",3\r\n,2026-01-02T03:04:05.000Z\r\n',
    );
    expect(response.headers['content-disposition']).to.equal('attachment; filename=things.csv');
    expect(response.headers['content-type']).to.equal('text/csv; charset=utf-8');
  });

  it('are only a header where there is nothing', async () => {
    expect((await serving([])).text).to.equal('\ufeffname,count\r\n');
  });

  it('hold no cell that a spreadsheet would run', async () => {
    const { text } = await serving(['=1+1', '+1', '-1', '@A1', '\tx', '＝1'].map((cell) => [cell, 0]));
    for (const line of text.split('\r\n').slice(1, -1)) expect(line).to.match(/^"?'/);
  });

  it('are the same whether the rows are there already, come one by one or are many', async () => {
    const rows = Array.from({ length: 1_201 }, (_, number): CsvCell[] => [`=${number}`, number % 2 === 0]);
    async function* oneByOne() {
      for (const row of rows) yield await Promise.resolve(row);
    }
    const lines = rows.map(([name, even]) => `'${String(name)},${even ? 'yes' : 'no'}\r\n`);
    const few = lines.slice(0, 500);
    expect((await serving(rows.slice(0, 500))).text).to.equal(`\ufeffname,count\r\n${few.join('')}`);
    expect((await serving(oneByOne())).text).to.equal(`\ufeffname,count\r\n${lines.join('')}`);
    expect((await serving(rows)).text).to.equal(`\ufeffname,count\r\n${lines.join('')}`);
  });

  it('are cut off where the rows end in an error', async () => {
    async function* broken() {
      yield await Promise.resolve(['one', 1] as const);
      throw new Error('the database went away');
    }
    const refusal: unknown = await serving(broken()).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).to.be.instanceOf(Error);
  });
});
