import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { z } from 'zod';

const REAL_FILE = 'scripts/demo/cordis-smes.csv';

interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
  readonly errors: string;
}

/** Runs the command as users do. */
const match = (...args: string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    const options = { maxBuffer: 2 ** 28 };
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/match.ts', ...args],
      options,
      (_, stdout, stderr) => {
        resolve({
          code: child.exitCode ?? -1,
          lines: stdout.split('\n').filter((line) => line !== ''),
          errors: stderr,
        });
      },
    );
  });

const listSchema = z.strictObject({
  sme: z.string(),
  suggestions: z.array(
    z.strictObject({
      partner: z.string(),
      score: z.number().min(0).max(1),
      terms: z.record(z.string(), z.number()),
    }),
  ),
});
const pairSchema = z.strictObject({ a: z.string(), b: z.string(), score: z.number() });
const rowsSchema = z.array(z.object({ sme_id: z.string(), country: z.string() }));

/** A decimal of at most 6 places as a whole number of millionths, read from its text. */
function millionths(value: number): bigint {
  const [whole = '0', places = ''] = String(value).split('.');
  expect(places.length).to.be.at.most(6);
  return BigInt(whole + places.padEnd(6, '0'));
}

describe('npm run match', function () {
  this.timeout(120_000);
  let folder: string;
  let countries: Map<string, string>;
  const file = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-match-'));
    const rows = rowsSchema.parse(parse(await readFile(REAL_FILE), { columns: true }));
    countries = new Map(rows.map((row) => [row.sme_id, row.country]));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('prints ten partners for each of the 844 real companies, none from its own country, each score the sum of its terms', async () => {
    const { code, lines } = await match(REAL_FILE, '--top', '10');
    expect(code).to.equal(0);
    const lists = lines.map((line) => listSchema.parse(JSON.parse(line)));
    expect(new Set(lists.map(({ sme }) => sme))).to.deep.equal(new Set(countries.keys()));
    for (const { sme, suggestions } of lists) {
      expect(suggestions).to.have.length(10);
      for (const { partner, score, terms } of suggestions) {
        expect(countries.get(partner)).to.not.equal(countries.get(sme));
        const sum = Object.values(terms).reduce((total, term) => total + millionths(term), 0n);
        expect(sum).to.equal(millionths(score));
      }
    }
  });

  it('prints a set of consortia in which each company is at most once, and sums it up in the last line', async () => {
    const { code, lines } = await match(REAL_FILE, '--pairs');
    expect(code).to.equal(0);
    const summary = z
      .object({
        pairs: z.number(),
        alone: z.number(),
        total: z.number(),
        bound: z.number(),
        gap: z.number(),
        status: z.string(),
      })
      .parse(JSON.parse(lines.at(-1) ?? ''));
    const pairs = lines.slice(0, -1).map((line) => pairSchema.parse(JSON.parse(line)));
    const ids = pairs.flatMap(({ a, b }) => [a, b]);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { a, b } of pairs) expect(countries.get(a)).to.not.equal(countries.get(b));
    expect(summary.pairs).to.equal(pairs.length);
    expect(summary.alone).to.equal(countries.size - ids.length);
    expect(summary.bound).to.be.at.least(summary.total);
  });

  it('explains a pair to people, and a refused one by its reason', async () => {
    const ids = [...countries.keys()];
    const [first = '', other = ''] = [
      ids[0],
      ids.find((id) => countries.get(id) !== countries.get(ids[0] ?? '')),
    ];
    const { code, lines } = await match(REAL_FILE, '--explain', first, other);
    expect(code).to.equal(0);
    expect(lines.join('\n')).to.match(/capability .*\n[^]*text .*\n[^]*practical /);
    const neighbour = ids.find((id) => id !== first && countries.get(id) === countries.get(first)) ?? '';
    const refused = (await match('--explain', first, neighbour, REAL_FILE)).lines.join('\n');
    expect(refused).to.match(/^ {2}same-country: Both are based in /m);
    expect(refused).to.match(/^The score is 0. Without this rule it would be 0\.\d{6}:$/m);
  });

  it('names the fields and words behind each term, and the terms add up', async () => {
    const { lines } = await match(REAL_FILE, '--explain', 'P894228257', 'P999937984');
    const text = lines.join('\n');
    expect(text).to.match(/- INCITES CONSULTING SA, offers, in words: '[^]*'infrastructures'/);
    expect(text).to.include('- INCITES CONSULTING SA, country: Luxembourg');
    const terms = [...text.matchAll(/ = (0\.\d{6})/g)].map(([, term]) => millionths(Number(term)));
    const score = /^score +(0\.\d{6})$/m.exec(text)?.[1];
    expect(terms).to.have.length(7);
    expect(terms.reduce((sum, term) => sum + term, 0n)).to.equal(millionths(Number(score)));
  });

  it('logs a run so that it can be repeated from the log alone, the same bytes for any order of the file', async () => {
    const header = 'name,country,solution_text,need_text,external_id';
    const rows = ['One,FR,drone,camera,one', 'Two,GR,camera,drone,two', 'Three,IT,alarm,camera,three'];
    const forth = await file('forth.csv', [header, ...rows, ''].join('\n'));
    const back = await file('back.csv', [header, ...rows.toReversed(), ''].join('\n'));
    const [one, other] = [join(folder, 'one.json'), join(folder, 'other.json')];
    await match(forth, '--pairs', '--log', one);
    await match(back, '--pairs', '--log', other);
    const log = await readFile(one, 'utf8');
    expect(await readFile(other, 'utf8')).to.equal(log);
    const again = await match('--replay', one);
    expect(again.code).to.equal(0);
    expect(again.lines.at(-1)).to.equal('same bytes');

    const total = /"total":(\d+)/.exec(log)?.[1] ?? '';
    await writeFile(other, log.replace(`"total":${total}`, '"total":1'));
    const unlike = await match('--replay', other);
    expect(unlike.code).to.equal(1);
    expect(unlike.lines.at(-1)).to.equal(`The total was 1, now it is ${total}.`);
    await writeFile(other, log.replace('drone', 'drune'));
    expect((await match('--replay', other)).errors).to.include('the file was changed');
  });

  it('reads the import template, weights and a call, and leaves out rows that are wrong with a line on stderr', async () => {
    const companies = await file(
      'template.csv',
      'name,country,solution_text,need_text,external_id\nOne,FR,drone,camera,one\nTwo,EL,camera,drone,two\nThree,ZZ,x,y,three\nFour,US,drone,camera,four\n',
    );
    const weights = await file(
      'weights.json',
      JSON.stringify({ ...DEFAULT_WEIGHTS, capability: 0, text: 100 }),
    );
    const call = await file(
      'call.json',
      JSON.stringify({
        id: 'c',
        name: 'C',
        countries: ['FR', 'GR'],
        trlEntryMin: 5,
        instruments: [{ id: 'i', name: 'I', trlMin: 7, trlMax: 9 }],
      }),
    );
    const { code, lines, errors } = await match(companies, '--weights', weights, '--call', call);
    expect(code).to.equal(0);
    const lists = lines.map((line) => listSchema.parse(JSON.parse(line)));
    expect(lists.find(({ sme }) => sme === 'one')?.suggestions.map(({ partner }) => partner)).to.deep.equal([
      'two',
    ]);
    expect(errors).to.match(/^refused: Line 4, column 'country'/m);
  });

  it('prints its help', async () => {
    const { code, lines } = await match('--help');
    expect(code).to.equal(0);
    expect(lines[0]).to.match(/^Usage: npm run match/);
  });

  it('answers bad input with one clear line and exit code 2', async () => {
    const empty = await file('empty.csv', '');
    const header = await file('header.csv', 'name,country\n');
    const twice = await file('twice.csv', 'name,country,external_id\nOne,FR,x\nTwo,IT,x\n');
    const zero = await file(
      'zero.json',
      JSON.stringify({ capability: 0, text: 0, trl: 0, domain: 0, challenge: 0, reach: 0, practical: 0 }),
    );
    const notJson = await file('broken.json', '{');
    const badCall = await file(
      'call.json',
      JSON.stringify({ id: 'c', name: 'C', countries: [], trlEntryMin: 5, instruments: [] }),
    );
    const cases: [string[], RegExp][] = [
      [[], /no file given/],
      [['nowhere.csv'], /there is no file 'nowhere.csv'/],
      [[folder], /is a folder/],
      [[empty], /no text|zero bytes|empty/],
      [[header], /no rows/],
      [[twice], /'x' is on line 2 and again on line 3/],
      [[REAL_FILE, '--top', '0'], /--top is '0'/],
      [[REAL_FILE, '--top', '2.5'], /--top is '2.5'/],
      [[REAL_FILE, '--top', '844'], /allowed is 1 to 843/],
      [[REAL_FILE, '--explain', 'nobody', 'P894228257'], /no company with the id 'nobody'/],
      [[REAL_FILE, '--explain', 'P894228257'], /--explain needs|no file given/],
      [[REAL_FILE, '--weights', zero], /At least one weight/],
      [[REAL_FILE, '--weights', notJson], /is not JSON/],
      [[REAL_FILE, '--call', badCall], /countries/],
      [[REAL_FILE, '--luck'], /--luck/],
      [[REAL_FILE, '--log', 'run.json'], /--log goes with --pairs/],
      [[REAL_FILE, '--pairs', '--log', join(folder, 'no', 'run.json')], /there is no/],
      [[REAL_FILE, '--replay', notJson], /give it no file/],
      [['--replay', notJson], /is not JSON/],
      [['--replay', zero], /is not the log of a run: format/],
      [[REAL_FILE, 'another.csv'], /one file at a time/],
    ];
    for (const [args, message] of cases) {
      const { code, lines, errors } = await match(...args);
      expect(code, args.join(' ')).to.equal(2);
      expect(errors, args.join(' ')).to.match(message);
      expect(errors.trim().split('\n'), args.join(' ')).to.have.length(1);
      expect(lines).to.deep.equal([]);
    }
  });

  it('says who answers a need, alone and in pairs, and what nobody offers', async () => {
    const companies = [
      'name,country,solution_title,solution_trl,capabilities,technologies',
      'Alpha,FR,Fence,8,intrusion_detection_honeypots,',
      'Beta,DE,Drone,7,,uav',
    ].join('\n');
    const need = { capabilities: ['intrusion_detection_honeypots'], technologies: ['uav'], trlMin: 7 };
    const { code, lines, errors } = await match(
      await file('companies.csv', companies),
      '--need',
      await file('need.json', JSON.stringify(need)),
    );
    expect(code, errors).to.equal(0);
    const last = z.looseObject({ smes: z.number(), pairs: z.number() }).parse(JSON.parse(lines.at(-1) ?? ''));
    expect(last).to.include({ smes: 2, pairs: 1 });
    expect(lines.at(-2)).to.include('"onlyTogether":2');
    const wrong = await file('wrong.json', JSON.stringify({ ...need, technologies: ['nothing'] }));
    const refused = await match(await file('companies.csv', companies), '--need', wrong);
    expect(refused.code).to.equal(2);
    expect(refused.errors).to.include("'nothing' is not a term of the taxonomy");
  });
});
