import type { Page } from '../../../server/http/schema.ts';
import type { AnnouncementInput, AnnouncementView } from '../../../server/news/schema.ts';
import type { CalendarEntryView } from '../../../server/calendar/schema.ts';
import type { FaqView, QuestionView } from '../../../server/questions/schema.ts';
import type { Visitor } from '../visitor.ts';
import { expect, type Story } from './story.ts';

const TITLE = 'The open call of the year is about to open';

/** Days after the start on which clusters, and everybody, may read of the call. */
export const EMBARGO = { early: 25, over: 40 } as const;

/** Staff write of the call before it opens, with early access for clusters, and plan a webinar. */
export async function announceCall(story: Story): Promise<void> {
  const { people, calendar, tell } = story;
  const staff = await people.signIn('staff');
  const announcement: AnnouncementInput = {
    title: TITLE,
    words: 'Tell your members that the call opens soon. **Until then this is for clusters only.**',
    links: [],
    target: { roles: ['cluster', 'sme'], countries: [], clusterIds: [] },
    earlyAt: `${calendar.dayAfterStart(EMBARGO.early)}T00:00:00Z`,
    publicAt: `${calendar.dayAfterStart(EMBARGO.over)}T00:00:00Z`,
    mail: false,
  };
  const draft = await staff.call<AnnouncementView>('POST', '/announcements', { body: { announcement } });
  await staff.call('POST', `/announcements/${draft.id}/actions`, {
    body: { version: draft.version, action: 'publish' },
  });
  await staff.call<CalendarEntryView>('POST', '/calendar', {
    body: {
      entry: {
        kind: 'webinar',
        title: 'How to find a partner',
        startsAt: `${calendar.dayAfterStart(50)}T09:00:00Z`,
        endsAt: `${calendar.dayAfterStart(50)}T10:00:00Z`,
        timeZone: 'Europe/Brussels',
        target: {},
      },
    },
  });
  tell('An announcement is under embargo, a webinar is in the calendar');
}

async function reads(who: Visitor): Promise<boolean> {
  const page = await who.call<Page<AnnouncementView>>('GET', '/announcements');
  return page.items.some(({ title }) => title === TITLE);
}

/** Who may read the announcement on this day. */
export async function checkEmbargo(
  story: Story,
  wanted: { cluster: boolean; sme: boolean },
  readers: { cluster: string; sme: string },
): Promise<void> {
  const { people, calendar } = story;
  for (const role of ['cluster', 'sme'] as const) {
    const who = await people.signIn(readers[role]);
    expect(
      story,
      `the ${role} reads the announcement on ${calendar.today()}`,
      await reads(who),
      wanted[role],
    );
  }
}

/** A cluster asks, staff answer and make a public answer of it, and somebody without an account reads that. */
export async function askAndAnswer(story: Story, cluster: string): Promise<void> {
  const { people, tell } = story;
  const manager = await people.signIn(cluster);
  const staff = await people.signIn('staff');
  const question = await manager.call<QuestionView>('POST', '/questions', {
    body: { subject: 'Two SMEs of one country?', topic: 'call', words: 'May both come from one country?' },
  });
  const answer = 'No: a consortium has two SMEs of two different countries.';
  const answered = await staff.call<QuestionView>('POST', `/questions/${question.id}/messages`, {
    body: { version: question.version, words: answer },
  });
  expect(story, 'the question is', answered.state, 'answered');
  await staff.call<FaqView>('POST', '/faq', {
    body: {
      entry: {
        question: 'May both SMEs come from one country?',
        answer,
        topic: 'call',
        readers: 'public',
      },
      questionId: question.id,
    },
  });
  const { items } = await people.passerBy().call<Page<FaqView>>('GET', '/faq?q=country');
  expect(story, 'somebody without an account finds answers to "country"', items.length, 1);
  tell('A question is answered, for everybody');
}
