import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/*
 * A tiny set of files of the same shapes as the real ones, made for this test: no company or project in it exists.
 */
const SUBJECTS = [
  'fire smoke detectors forests',
  'cyber malware networks firewall',
  'drones borders radar sea',
];
const COMPANIES = Array.from({ length: 24 }, (_, i) => ({
  id: `C${String(i).padStart(2, '0')}`,
  country: ['FR', 'IT', 'PL', 'GR'][i % 4] ?? '',
  text: i === 23 ? '' : `${SUBJECTS[i % 3] ?? ''} product number ${i}`,
  projects: 1 + (i % 2),
}));
const PAIRS: readonly (readonly [string, string])[] = [
  ['C00', 'C03'],
  ['C01', 'C10'],
  ['C02', 'C05'],
  ['C06', 'C09'],
];
const FILES: Readonly<Record<string, string>> = {
  'cordis-dev-profiles.csv': [
    'sme_id,name,country,n_projects,domains,tags,project_ids,headline,own_text,text',
    ...COMPANIES.map(
      (one) => `${one.id},${one.id},${one.country},${one.projects},,,1,${one.id},,${one.text}`,
    ),
  ].join('\n'),
  'cordis-dev-truth.csv': [
    'query,partner,first_project,first_start,new_partner',
    ...PAIRS.flatMap(([a, b]) => [`${a},${b},9,2014-05-01,1`, `${b},${a},9,2014-05-01,1`]),
  ].join('\n'),
  'cordis-dev-needs.csv': [
    'project_id,asker,asker_country,partner,new_partner',
    '9,C00,FR,C03,1',
    '9,NOBODY,IT,C03,1',
    '9,NOBODY,IT,C00,1',
  ].join('\n'),
  'cordis-projects.csv':
    'project_id,title,start,domain,euroscivoc,objective\n1,Old,2010-01-01,,,Old\n2,Sea,2012-03-01,,,Radar\n9,Fires,2014-05-01,,,Smoke detectors in forests',
  'cordis-participations.csv': 'sme_id,project_id\nC00,1\nC09,1\nC10,1\nC00,2\nC10,2',
  'cordis-collaborations.csv': 'a,b,project_id,start\nC00,C09,1,2010-01-01',
};

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

const estimateSchema = z.object({ mean: z.number(), low: z.number(), high: z.number() });
const reportSchema = z.object({
  periods: z.array(
    z.object({
      tasks: z.array(
        z.object({
          task: z.enum(['A', 'B', 'B, terms']),
          scope: z.enum(['new', 'all']),
          questions: z.number(),
          rows: z.array(
            z.object({
              name: z.string(),
              figures: z.object({ 'hit@10': estimateSchema, AUC: estimateSchema }),
            }),
          ),
        }),
      ),
    }),
  ),
});
const countsSchema = z.array(
  z.object({ task: z.enum(['A', 'B']), scope: z.enum(['new', 'all']), questions: z.number() }),
);
const periodsSchema = z.object({
  periods: z.array(z.object({ before: z.string(), tasks: countsSchema })),
  together: countsSchema,
});
const rankingSchema = z.array(
  z.object({
    query: z.string().optional(),
    asker: z.string().optional(),
    candidate: z.string(),
    score: z.coerce.number(),
  }),
);

describe('npm run evaluate', function () {
  this.timeout(120_000);
  let folder: string;
  const at = (name: string): string => join(folder, name);
  const evaluate = (...args: string[]): Promise<Outcome> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', 'scripts/evaluate.ts', '--data', folder, ...args],
        (_, out, errors) => {
          resolve({ code: child.exitCode ?? -1, out, errors });
        },
      );
    });
  const refused = async (name: string, text: string, ...args: string[]): Promise<string> => {
    await writeFile(at('wrong.csv'), text);
    const { code, errors } = await evaluate(`--${name}`, at('wrong.csv'), ...args);
    expect(code).to.equal(2);
    expect(errors.trim().split('\n')).to.have.length(1);
    return errors;
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-evaluate-'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(at(name), `${text}\n`);
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('writes every candidate of every question, and whoever scores the files gets the figures of the report', async () => {
    const { code, out } = await evaluate('--json', '--write-a', at('a.csv'), '--write-b', at('b.csv'));
    expect(code).to.equal(0);
    const tasks = reportSchema.parse(JSON.parse(out)).periods.flatMap((period) => period.tasks);
    const countries = new Map(COMPANIES.map(({ id, country }) => [id, country]));
    const rows = rankingSchema.parse(parse(await readFile(at('a.csv')), { columns: true }));
    const queries = [...new Set(rows.map(({ query }) => query ?? ''))];
    expect(queries).to.have.members(PAIRS.flat());
    const aucs = queries.map((query) => {
      const listed = rows.filter((row) => row.query === query);
      expect(listed.map(({ candidate }) => candidate)).to.have.members(
        COMPANIES.filter(({ country }) => country !== countries.get(query)).map(({ id }) => id),
      );
      const partners = PAIRS.filter((pair) => pair.includes(query)).flat();
      const right = listed.filter(({ candidate }) => partners.includes(candidate));
      const wrong = listed.filter(({ candidate }) => !partners.includes(candidate));
      const wins = right.flatMap((one) =>
        wrong.map((other) => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0)),
      );
      return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
    });
    const told = tasks
      .find(({ task, scope }) => task === 'A' && scope === 'all')
      ?.rows.find(({ name }) => name === 'Tandem');
    expect(told?.figures.AUC.mean).to.be.closeTo(
      aucs.reduce((sum, value) => sum + value, 0) / aucs.length,
      1e-9,
    );
    const byNeed = rankingSchema.parse(parse(await readFile(at('b.csv')), { columns: true }));
    expect(byNeed.filter(({ asker }) => asker === 'NOBODY')).to.have.length(18);
  });

  it('finds who writes of the same subject, and random finds them by chance', async () => {
    const { out } = await evaluate('--json');
    const [first] = reportSchema.parse(JSON.parse(out)).periods;
    const rows = first?.tasks.find(({ task, scope }) => task === 'A' && scope === 'new')?.rows ?? [];
    const aucOf = (name: string) => rows.find((row) => row.name === name)?.figures.AUC.mean;
    expect(aucOf('random')).to.equal(0.5);
    expect(aucOf('Tandem')).to.be.above(0.5);
  });

  it('asks in earlier periods as well, and sums up all of them', async () => {
    const { code, out } = await evaluate('--cross-validate', '--json');
    expect(code).to.equal(0);
    const { periods, together } = periodsSchema.parse(JSON.parse(out));
    expect(periods.map(({ before }) => before)).to.deep.equal([
      ...['2011-01-01', '2012-01-01', '2013-01-01'],
      '2014-01-01',
    ]);
    together.forEach(({ questions }, i) => {
      expect(questions).to.equal(periods.reduce((sum, { tasks }) => sum + (tasks[i]?.questions ?? NaN), 0));
    });
    // C00 and C10 ask for each other as known before 2011 and before 2012, beside the eight questions of the files
    expect(together[0]).to.deep.include({ task: 'A', scope: 'new', questions: 8 + 4 });
  });

  it('asks needs with terms once more, and says what Tandem makes of their words alone', async () => {
    const tagged = (FILES['cordis-projects.csv'] ?? '').replace('2014-05-01,,,', '2014-05-01,,/x/drones,');
    await writeFile(at('tagged.csv'), tagged);
    const tasksOf = async (...args: string[]) => {
      const { out } = await evaluate('--json', '--projects', at('tagged.csv'), ...args);
      return reportSchema.parse(JSON.parse(out)).periods.flatMap(({ tasks }) => tasks);
    };
    const plain = await tasksOf();
    const asked = await tasksOf('--terms');
    // tags ask nothing by themselves
    expect(asked.slice(0, plain.length)).to.deep.equal(plain);
    expect(asked.slice(plain.length).map(({ task, scope }) => [task, scope])).to.deep.equal([
      ['B, terms', 'new'],
      ['B, terms', 'all'],
    ]);
    const rowsOf = (tasks: typeof asked, which: string) =>
      tasks.find(({ task, scope }) => task === which && scope === 'new')?.rows ?? [];
    const figuresOf = (rows: ReturnType<typeof rowsOf>, which: string) =>
      rows.find(({ name }) => name === which)?.figures;
    const without = figuresOf(rowsOf(asked, 'B, terms'), 'Tandem, words only');
    expect(without).to.deep.equal(figuresOf(rowsOf(asked, 'B'), 'Tandem'));
  });

  it('takes needs in other words', async () => {
    await writeFile(at('need.csv'), 'project_id,words,technologies\n9,radar for borders at sea,uav\n');
    const { code } = await evaluate('--need', at('need.csv'), '--write-b', at('other.csv'));
    expect(code).to.equal(0);
    expect(await readFile(at('other.csv'), 'utf8')).to.not.equal(await readFile(at('b.csv'), 'utf8'));
    const wrong = await refused('need', 'project_id,words,sectors\n9,x,nonsense\n');
    expect(wrong).to.include("row 2: the taxonomy has no sectors 'nonsense'");
  });

  it('refuses what does not fit by one line with file and row', async () => {
    const head = 'query,partner';
    expect(await refused('truth', 'query\nC00\n')).to.include("has no column 'partner'");
    expect(await refused('truth', `${head}\nC00,C03\nC00,C99\n`)).to.include(
      "wrong.csv', row 3: partner 'C99' is not in the profiles",
    );
    expect(await refused('truth', `${head}\nC99,C03\n`)).to.include(
      "row 2: query 'C99' is not in the profiles",
    );
    expect(await refused('needs', 'project_id,asker,asker_country,partner\n8,C00,FR,C03\n')).to.include(
      "row 2: project '8' has no text",
    );
    expect(await refused('collaborations', 'a,b,start\nC00,C03,2010-13-01\n')).to.include(
      "row 2: start is '2010-13-01'; it must be a day as YYYY-MM-DD",
    );
  });

  it('refuses a wrong day, a missing file and profiles that know what came later', async () => {
    expect((await evaluate('--before', '2014')).errors).to.include("--before is '2014'");
    expect((await evaluate('--truth', at('none.csv'))).errors).to.include('there is no file');
    expect((await evaluate('--before', '2009-01-01')).errors).to.include('not known before 2009-01-01');
  });
});
