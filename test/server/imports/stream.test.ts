import { expect } from 'chai';
import fc from 'fast-check';
import { loadCordisMapping } from '../../../server/imports/cordis.ts';
import { FileRefusal } from '../../../server/imports/refusal.ts';
import { readCompanies, type CheckedRow } from '../../../server/imports/rows.ts';
import { CSV_LIMITS, readCsv, type CsvRecord } from '../../../server/imports/stream.ts';
import { taxonomy } from '../smes/support.ts';

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

async function read(text: string, size = 7): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readCsv(chunksOf(Buffer.from(text), size))) records.push(record);
  return records;
}

const reference = { taxonomy, cordis: loadCordisMapping(), today: '2026-11-22' };

async function companies(bytes: Uint8Array): Promise<CheckedRow[] | FileRefusal> {
  try {
    const rows: CheckedRow[] = [];
    for await (const row of (await readCompanies(chunksOf(bytes, 1_000), reference)).rows) rows.push(row);
    return rows;
  } catch (error) {
    if (error instanceof FileRefusal) return error;
    throw error;
  }
}

describe('CSV reader', () => {
  it('keeps the line of each row, whatever the line ends and empty lines', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '', '1,"x', 'y"', '2,z', ''].join(end);
      expect((await read(text)).map(({ line, cells }) => [line, ...cells])).to.deep.equal([
        [1, 'a', 'b'],
        [3, '1', 'x\ny'],
        [5, '2', 'z'],
      ]);
    }
  });

  it('reads the same whatever the pieces in which it arrives', async () => {
    const text = '\ufeffname,country\r\n"Médián, ""X""",HU\r\nΩ–&,GR\r\n';
    const whole = await read(text, 1_000);
    for (const size of [1, 2, 3, 5]) expect(await read(text, size)).to.deep.equal(whole);
    expect(whole[1]?.cells).to.deep.equal(['Médián, "X"', 'HU']);
  });

  it('takes a byte order mark for what it is', async () => {
    expect((await read('\ufeffname,country\nA,FR'))[0]?.cells).to.deep.equal(['name', 'country']);
  });

  it('refuses a row that never ends instead of collecting it', async () => {
    const refusal = await companies(
      Buffer.from(`name,country\n"${'x'.repeat(CSV_LIMITS.recordCharacters + 10)}`),
    );
    expect(refusal).to.be.instanceOf(FileRefusal);
    expect((refusal as FileRefusal).issue.reason).to.contain('a quote is not closed');
  });

  it('refuses more rows than the limit by name', async () => {
    const rows = readCsv(chunksOf(Buffer.from('a\n1\n2\n3\n'), 4), { ...CSV_LIMITS, rows: 2 });
    const seen: CsvRecord[] = [];
    const error = await (async () => {
      for await (const row of rows) seen.push(row);
    })().catch((reason: unknown) => reason);
    expect(seen).to.have.length(3);
    expect(error).to.be.instanceOf(FileRefusal);
    expect((error as FileRefusal).kind).to.equal('too-large');
  });

  it('answers any bytes with rows or a named refusal, never with another fault', async () => {
    const pieces = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 30 }),
        fc
          .constantFrom('name,country\n', '"', ',', '\n', '\r', '=', ';', '\0', 'FR', 'sme_id,', '\ufeff')
          .map((text) => Buffer.from(text)),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const result = await companies(Buffer.concat(parts));
        if (result instanceof FileRefusal) expect(result.issue.allowed).not.to.equal('');
        else for (const row of result) expect(row.input !== null || row.issues.length > 0).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('answers any cells below a good header row by row', async () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .map((text) => `"${text.replaceAll('"', '""')}"`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const text = `name,country,solution_trl,headcount\n${rows.map((row) => row.join(',')).join('\n')}\n`;
          const result = await companies(Buffer.from(text));
          if (!(result instanceof FileRefusal)) expect(result).to.have.length(rows.length);
        },
      ),
      { numRuns: 200 },
    );
  });
});
