import { randomBytes } from 'node:crypto';
import type { InvitationView, SessionView } from '../../server/accounts/schema.ts';
import type { ClusterView } from '../../server/clusters/schema.ts';
import type { Page } from '../../server/http/schema.ts';
import type { ImportView } from '../../server/imports/schema.ts';
import type { SmeCard } from '../../server/smes/schema.ts';
import type { TaxonomyView } from '../../server/taxonomy/schema.ts';
import { mailedToken } from './mailbox.ts';
import type { DemoServer } from './server-process.ts';
import { until, untilThere, Visitor } from './visitor.ts';

export interface Login {
  who: string;
  email: string;
  password: string;
}

/** Passwords are drawn anew for each demo and only ever printed. */
const newPassword = (): string => randomBytes(12).toString('base64url');

/** The first staff account, made through the one-time link. */
export async function setUpStaff(server: DemoServer): Promise<{ visitor: Visitor; login: Login }> {
  const visitor = new Visitor(server.url);
  const login = { who: 'staff', email: 'staff@demo.example', password: newPassword() };
  const token = server.setUpLink.split('#')[1];
  await visitor.call<SessionView>('POST', '/setup', {
    body: { token, name: 'Demo staff', email: login.email, password: login.password },
  });
  return { visitor, login };
}

/** Every item of a list, page by page. */
export async function readAll<T>(visitor: Visitor, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const separator = path.includes('?') ? '&' : '?';
    const page: Page<T> = await visitor.call<Page<T>>(
      'GET',
      `${path}${separator}limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

/** A country without a consortium cluster gets a plainly named stand-in, marked as such. */
export async function addDemoClusters(staff: Visitor, countries: readonly string[]): Promise<ClusterView[]> {
  const { countries: names } = await staff.call<TaxonomyView>('GET', '/taxonomy');
  const clusters = await readAll<ClusterView>(staff, '/clusters');
  for (const country of countries) {
    if (clusters.some((cluster) => cluster.country === country)) continue;
    const name = names.find((one) => one.code === country)?.name ?? country;
    clusters.push(
      await staff.call<ClusterView>('POST', '/clusters', {
        body: { name: `Demo cluster, ${name}`, country, demo: true },
      }),
    );
  }
  return clusters;
}

/** Uploads the file as staff would, waits for the check, then takes it in. Returns what became of it. */
export async function importFile(staff: Visitor, csv: Buffer, fileName: string): Promise<ImportView> {
  const upload = await staff.call<ImportView>('POST', `/imports?fileName=${encodeURIComponent(fileName)}`, {
    csv,
  });
  const read = (): Promise<ImportView> => staff.call<ImportView>('GET', `/imports/${upload.id}`);
  await until('the file is checked', 60_000, async () => (await read()).state !== 'checking');
  await staff.call<ImportView>('POST', `/imports/${upload.id}/commit`, { body: {} });
  await until('the file is taken in', 120_000, async () => (await read()).state !== 'committing');
  return read();
}

/** Invites somebody, follows the link in the mail, and gives the signed-in visitor. */
export async function enrol(
  server: DemoServer,
  host: Visitor,
  invitation: {
    role: 'cluster' | 'sme' | 'demand';
    email: string;
    smeId?: string;
    clusterId?: string;
    organisation?: string;
  },
  name: string,
): Promise<{ visitor: Visitor; login: Login }> {
  const sent = await host.call<InvitationView>('POST', '/invitations', { body: invitation });
  // Mail goes out after the answer, so it may take a moment.
  const token = await untilThere(`the invitation of ${sent.email} is mailed`, 10_000, () =>
    mailedToken(server.dataDir, sent.email, 'invitation'),
  );
  const visitor = new Visitor(server.url);
  const login = { who: `${invitation.role}, ${name}`, email: sent.email, password: newPassword() };
  await visitor.call<SessionView>('POST', '/invitations/accept', {
    body: { token, name, password: login.password },
  });
  return { visitor, login };
}

/** Companies for the event, spread over countries: one of each country in turn, in the order given. */
export function spreadOverCountries(cards: readonly SmeCard[], count: number): SmeCard[] {
  const byCountry = new Map<string, SmeCard[]>();
  for (const card of cards) byCountry.set(card.country, [...(byCountry.get(card.country) ?? []), card]);
  const chosen: SmeCard[] = [];
  for (let round = 0; chosen.length < Math.min(count, cards.length); round += 1) {
    for (const queue of byCountry.values()) {
      const next = queue[round];
      if (next && chosen.length < count) chosen.push(next);
    }
  }
  return chosen;
}
