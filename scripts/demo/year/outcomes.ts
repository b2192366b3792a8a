import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import type { FunnelView, Stage } from '../../../server/funnel/schema.ts';
import type { OutcomeFile, OutcomeState } from '../../../server/outcomes/schema.ts';
import { readAll } from '../cast.ts';
import type { Visitor } from '../visitor.ts';
import { YEAR_CALL } from './call.ts';
import { expect, type Story } from './story.ts';

export interface OutcomesSummary {
  readonly submitted: number;
  readonly selected: number;
  readonly juryDay: number;
  readonly inProgramme: number;
  readonly grantEur: number;
}

/** Grant that each project in the programme is awarded. */
const GRANT_EUR = 70_000;

/** What becomes of the consortium at this place: one in five is not selected, one in four does not pass the Jury Day. */
const isSelected = (at: number): boolean => at % 5 !== 4;
const passes = (at: number): boolean => at % 4 !== 3;

const formedOnes = async (staff: Visitor): Promise<ConsortiumView[]> =>
  (await readAll<ConsortiumView>(staff, '/consortia?state=formed')).filter(
    ({ callId }) => callId === YEAR_CALL,
  );

/** Staff take in a file of the submission platform: checked first, then for good, then once more, which must change nothing. */
async function takeIn(
  { people, calendar, faults }: Story,
  rows: readonly { id: string; outcome: OutcomeState; grant?: number }[],
): Promise<void> {
  const staff = await people.signIn('staff');
  const lines = rows.map(({ id, outcome, grant }) => [id, outcome, calendar.today(), grant ?? ''].join(','));
  const csv = Buffer.from(`consortium_id,outcome,date,grant_eur\n${lines.join('\n')}\n`);
  const send = (commit: boolean): Promise<OutcomeFile> =>
    staff.call<OutcomeFile>('POST', `/calls/${YEAR_CALL}/outcomes/file?commit=${String(commit)}`, { csv });
  const checked = await send(false);
  faults.push(...checked.issues.map((issue) => `outcomes: ${JSON.stringify(issue)}`));
  await send(true);
  const again = await send(true);
  if (again.changes !== 0) faults.push(`the same outcomes a second time changed ${again.changes} consortia`);
}

/** From submission to the programme, in four files of the submission platform. */
export async function recordOutcomes(story: Story): Promise<OutcomesSummary> {
  const { people, calendar, tell } = story;
  const ids = (await formedOnes(await people.signIn('staff'))).map(({ id }) => id);
  await takeIn(
    story,
    ids.map((id) => ({ id, outcome: 'submitted' })),
  );
  calendar.goTo(200);
  await takeIn(
    story,
    ids.map((id, at) => ({ id, outcome: isSelected(at) ? 'selected' : 'not-selected' })),
  );
  const selected = ids.filter((_, at) => isSelected(at));
  calendar.goTo(240);
  await takeIn(
    story,
    selected.map((id) => ({ id, outcome: 'jury-day' })),
  );
  calendar.goTo(260);
  await takeIn(
    story,
    selected.map((id, at) =>
      passes(at) ? { id, outcome: 'in-programme', grant: GRANT_EUR } : { id, outcome: 'not-in-programme' },
    ),
  );
  const inProgramme = selected.filter((_, at) => passes(at)).length;
  tell(`${ids.length} proposals, ${selected.length} selected, ${inProgramme} in the programme`);
  return {
    submitted: ids.length,
    selected: selected.length,
    juryDay: selected.length,
    inProgramme,
    grantEur: inProgramme * GRANT_EUR,
  };
}

/** The funnel must tell what was recorded, and an ambassador cluster must not see it. */
export async function checkFunnel(
  story: Story,
  outcomes: OutcomesSummary,
  cluster: string,
): Promise<readonly { stage: Stage; smes: number | null; projects: number | null }[]> {
  const { people } = story;
  const staff = await people.signIn('staff');
  const funnel = await staff.call<FunnelView>('GET', `/funnel?callId=${YEAR_CALL}`);
  const wanted: Partial<Record<Stage, number>> = {
    consortium: outcomes.submitted,
    submitted: outcomes.submitted,
    selected: outcomes.selected,
    'jury-day': outcomes.juryDay,
    'in-programme': outcomes.inProgramme,
  };
  for (const [stage, projects] of Object.entries(wanted)) {
    const row = funnel.stages.find((one) => one.stage === stage);
    expect(story, `projects at the stage '${stage}'`, row?.projects, projects);
    expect(story, `SMEs at the stage '${stage}'`, row?.smes, 2 * projects);
  }
  expect(story, 'euros awarded', funnel.money?.committedEur, outcomes.grantEur);
  const own = await (await people.signIn(cluster)).call<FunnelView>('GET', `/funnel?callId=${YEAR_CALL}`);
  expect(story, 'the funnel of a cluster ends before project results', own.withoutResults, true);
  expect(
    story,
    'project results that a cluster sees',
    own.stages.some(({ stage }) => stage === 'submitted'),
    false,
  );
  return funnel.stages.map(({ stage, smes, projects }) => ({ stage, smes, projects }));
}
