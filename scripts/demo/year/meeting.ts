import type { SmeCard } from '../../../server/smes/schema.ts';
import type { TaxonomyView } from '../../../server/taxonomy/schema.ts';
import { spreadOverCountries } from '../cast.ts';
import * as event from '../event.ts';
import { createDemoEvent, DemoEvent, type EventSummary } from '../play.ts';
import { seededRandom } from '../random.ts';
import { together } from '../together.ts';
import type { Story } from './story.ts';

const nothing = (): Promise<void> => Promise.resolve();

/** One matchmaking event, from doors open to consortia formed; who took part can sign in again later. */
export async function holdEvent(
  story: Story,
  smes: readonly SmeCard[],
  participants: number,
): Promise<EventSummary> {
  const { server, calendar, people, seed, tell, faults } = story;
  const staff = await people.signIn('staff');
  const taxonomy = await staff.call<TaxonomyView>('GET', '/taxonomy');
  const invited = spreadOverCountries(smes, participants);
  const arrived = new Map<number, event.Participant>();
  await together(invited, async (sme, at) => {
    const random = seededRandom(seed + at);
    const context = {
      email: `company-${at + 1}@year.example`,
      taxonomy,
      today: calendar.today(),
      random,
    };
    const participant = await event.arrive(server, staff, sme, context);
    people.add(sme.id, participant.login);
    arrived.set(at, participant);
  });
  const cast = invited.flatMap((_, at) => arrived.get(at) ?? []);
  const desk = await createDemoEvent(staff, cast.length, calendar.now());
  const played = new DemoEvent(desk, cast, { seed, tell });
  await played.open();
  await played.run(nothing);
  const summary = await played.finish();
  faults.push(...summary.faults, ...event.deliveryFaults(cast));
  for (const { visitor } of cast) visitor.disconnect();
  return summary;
}
