import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { z } from 'zod';
import { STAGES, stageSchema } from '../../server/funnel/schema.ts';

const summarySchema = z.looseObject({
  smes: z.number(),
  submitted: z.number(),
  selected: z.number(),
  juryDay: z.number(),
  inProgramme: z.number(),
  funnel: z.array(
    z.strictObject({ stage: stageSchema, smes: z.number().nullable(), projects: z.number().nullable() }),
  ),
  auditEntries: z.number(),
  auditDifferences: z.number(),
  faults: z.array(z.string()),
  ok: z.boolean(),
});

describe('npm run demo -- --year', function () {
  // A whole server with 844 companies, in a process of its own, and some hundred days.
  this.timeout(240_000);

  it('plays a year of the programme, and what its last line sums up adds up', async () => {
    const options = ['--year', '--once', '--json', '--participants', '20'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'scripts/demo.ts', ...options],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    const summary = summarySchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    expect(summary.faults).to.deep.equal([]);
    expect(summary).to.include({ ok: true, smes: 844, auditDifferences: 0 });
    expect(summary.auditEntries).to.be.greaterThan(100);

    const { funnel } = summary;
    expect(funnel.map(({ stage }) => stage)).to.deep.equal(STAGES);
    const ofStage = (wanted: (typeof STAGES)[number]) => funnel.find(({ stage }) => stage === wanted);
    expect(ofStage('submitted')?.projects).to.equal(summary.submitted);
    expect(ofStage('selected')?.projects).to.equal(summary.selected);
    expect(ofStage('jury-day')?.projects).to.equal(summary.juryDay);
    expect(ofStage('in-programme')?.projects).to.equal(summary.inProgramme);
    expect(summary.inProgramme).to.be.greaterThan(0);
    // Nobody reaches a stage without the one before it, and a project is of two SMEs.
    const projects = funnel.flatMap((row) => row.projects ?? []);
    expect(projects).to.deep.equal(projects.toSorted((one, other) => other - one));
    for (const stage of STAGES.slice(STAGES.indexOf('consortium'))) {
      expect(ofStage(stage)?.smes, stage).to.equal(2 * (ofStage(stage)?.projects ?? 0));
    }
  });
});
