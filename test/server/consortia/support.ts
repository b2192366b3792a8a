import type { Connection } from 'mongoose';
import { pino } from 'pino';
import { createAudit } from '../../../server/audit/audit.ts';
import { loadCall } from '../../../server/calls/calls.ts';
import { consortiumModel } from '../../../server/consortia/model.ts';
import { createConsortiumService, type ConsortiumService } from '../../../server/consortia/service.ts';
import type { ConsortiumDetails, ConsortiumView } from '../../../server/consortia/schema.ts';
import type { OutcomeView } from '../../../server/outcomes/schema.ts';
import { smeModel, type SmeRecord } from '../../../server/smes/model.ts';
import { toProfile } from '../../../server/smes/profile.ts';
import { createStack, NOW, smeInput, smeViewer, staff } from '../smes/support.ts';

/** What the consortia told their neighbours. */
export interface Told {
  readonly taken: string[][];
  readonly notices: { accounts: readonly string[]; kind: string; key: string | undefined }[];
}

/** Consortia over SMEs on a database. */
export async function createConsortiaStack(connection: Connection) {
  // before the stack makes the indexes of all models there are
  consortiumModel(connection);
  const { smes, calls } = await createStack(connection);
  const told: Told = { taken: [], notices: [] };
  const outcomes = new Map<string, OutcomeView>();
  const open = (): ConsortiumService =>
    createConsortiumService({
      connection,
      clock: () => NOW,
      log: pino({ level: 'silent' }),
      audit: createAudit({ connection, clock: () => NOW }),
      calls,
      outcomes: { of: (_viewer, { id }) => Promise.resolve(outcomes.get(id) ?? null) },
      smes,
      profiles: async (ids) => {
        const found = await smeModel(connection).find().lean<SmeRecord[]>().exec();
        return found.filter(({ _id }) => ids.includes(_id)).map((record) => toProfile(record));
      },
      live: {
        notify: (accounts, { kind }, key) => {
          told.notices.push({ accounts, kind, key });
          return Promise.resolve();
        },
      },
      accountsOf: (whose) => Promise.resolve([Object.values(whose).join()]),
      takenChanged: (ids) => told.taken.push([...ids]),
    });

  /** An SME that may form a consortium. */
  async function readySme(country: string, overrides: Parameters<typeof smeInput>[0] = {}): Promise<string> {
    const cluster = country === 'FR' ? 'pole-scs' : 'lsec';
    const profile = smeInput({
      name: `Company of ${country}`,
      country,
      solutions: [{ title: 'Sensor', offer: 'a sensor', trl: 6 }],
      declaration: { headcount: 10, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' },
      confidential: { contactName: `Head of ${country}`, contactEmail: `head@${country}.example` },
      ...overrides,
    });
    return (await smes.create(staff, cluster, profile)).id;
  }

  /** Details that fit the two. */
  async function detailsFor(view: ConsortiumView): Promise<ConsortiumDetails> {
    const [a, b] = await Promise.all([smes.get(staff, view.a.id), smes.get(staff, view.b.id)]);
    return {
      instrumentId: loadCall().instruments[0]?.id ?? null,
      title: 'A working title',
      summary: '',
      solutionA: a.solutions[0]?.id ?? null,
      solutionB: b.solutions[0]?.id ?? null,
      leadSmeId: view.a.id,
    };
  }

  /** Proposes and fills in; both sides only have to confirm. */
  async function agreed(consortia: ConsortiumService, a: string, b: string): Promise<ConsortiumView> {
    const proposed = await consortia.enter(staff, a, b);
    return consortia.update(staff, proposed.id, proposed.version, await detailsFor(proposed));
  }

  /** Both sides confirm, one after the other. */
  async function formed(consortia: ConsortiumService, a: string, b: string): Promise<ConsortiumView> {
    const { id, version } = await agreed(consortia, a, b);
    await consortia.confirm(smeViewer(a), id, version);
    return consortia.confirm(smeViewer(b), id, version);
  }

  return { smes, calls, told, outcomes, open, readySme, detailsFor, agreed, formed };
}
