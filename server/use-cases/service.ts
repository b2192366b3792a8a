import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterService } from '../clusters/service.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { byTime } from '../http/by-time.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { allowedAmong } from '../privacy/standing.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { consentsFor, namedPart } from './consents.ts';
import { solutionKey, type NamedSolution, type UseCaseRecord } from './model.ts';
import { mayChangeUseCase, mayPublishAgain, mayReadUseCase } from './policy.ts';
import { presentCard, presentUseCase, type NamedSolutions, type UseCaseNames } from './present.ts';
import type {
  ConsentAnswer,
  SolutionRef,
  UseCaseCard,
  UseCaseInput,
  UseCaseQuery,
  UseCaseView,
} from './schema.ts';
import { createUseCaseStore, isStale } from './store.ts';

export interface UseCaseServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly taxonomy: Pick<TaxonomyService, 'facetOf' | 'labelOf'>;
  readonly clusters: Pick<ClusterService, 'names' | 'get'>;
  /** The mapping's rule for readers without an account. */
  readonly refuseStrangers: (viewer: Viewer | null) => Promise<void>;
  /** An SME is asked whether it may be named. */
  readonly ask: (smeId: string, useCase: { id: string; title: string; teller: string }) => void;
}

export type UseCaseService = ReturnType<typeof createUseCaseService>;
type NamedSme = Pick<SmeRecord, '_id' | 'name' | 'country' | 'clusterId' | 'solutions'>;

const ORDERS: Readonly<Record<UseCaseQuery['sort'], SortOrder<UseCaseRecord>>> = {
  ...byTime<UseCaseRecord>('createdAt', ({ createdAt }) => createdAt),
  title: [
    { field: 'titleKey', direction: 1, kind: 'text', of: ({ titleKey }) => titleKey },
    { field: '_id', direction: 1, kind: 'text', of: ({ _id }) => _id },
  ],
};

/** Use cases: clusters tell what was done with a solution; the companies they name have the last word on being named. */
export function createUseCaseService(deps: UseCaseServiceDeps) {
  const { clock, taxonomy, clusters } = deps;
  const store = createUseCaseStore(deps);
  const smes = smeModel(deps.connection);

  async function namedSmes(ids: readonly string[]): Promise<ReadonlyMap<string, NamedSme>> {
    if (ids.length === 0) return new Map();
    const found = await smes
      .find({ _id: trusted({ $in: [...new Set(ids)] }) }, { name: 1, country: 1, clusterId: 1, solutions: 1 })
      .lean<NamedSme[]>()
      .exec();
    return new Map(found.map((sme) => [sme._id, sme]));
  }

  async function namesFor(records: readonly UseCaseRecord[]): Promise<UseCaseNames> {
    const names = await clusters.names(records.flatMap(({ clusterId }) => clusterId ?? []));
    return {
      clusterName: (id) => names.get(id ?? '') ?? null,
      fieldLabel: (id) => taxonomy.labelOf(id),
    };
  }

  async function present(viewer: Viewer | null, record: UseCaseRecord): Promise<UseCaseView> {
    const smeIds = record.solutions.map(({ smeId }) => smeId);
    const found = await namedSmes(smeIds);
    const agreed = viewer === null ? await allowedAmong(deps.connection, 'public-map', smeIds) : null;
    const solutions: NamedSolutions = new Map(
      record.solutions.flatMap((ref) => {
        const sme = found.get(ref.smeId);
        const solution = sme?.solutions.find(({ id }) => id === ref.solutionId);
        if (!sme || !solution || agreed?.has(ref.smeId) === false) return [];
        const { smeId, solutionId } = ref;
        return [
          [
            solutionKey(ref),
            { smeId, solutionId, title: solution.title, company: sme.name, country: sme.country },
          ] as const,
        ];
      }),
    );
    return presentUseCase(record, await namesFor([record]), solutions, {
      mayChange: mayChangeUseCase(viewer, record),
      smeId: viewer?.smeId ?? null,
    });
  }

  /** The solutions that are to be named, with their consents; refuses what is not registered. */
  async function named(
    clusterId: string | null,
    wanted: readonly SolutionRef[],
    before: readonly NamedSolution[],
  ): Promise<NamedSolution[]> {
    const found = await namedSmes(wanted.map(({ smeId }) => smeId));
    for (const [i, { smeId, solutionId }] of wanted.entries()) {
      if (found.get(smeId)?.solutions.some(({ id }) => id === solutionId) !== true) {
        throw invalidField(
          `solutions.${i}`,
          'is no registered solution; take one that the search of the mapping finds',
        );
      }
    }
    return consentsFor(
      wanted,
      before,
      (smeId) => clusterId !== null && found.get(smeId)?.clusterId === clusterId,
    );
  }

  function fieldsOf(input: UseCaseInput) {
    if (taxonomy.facetOf(input.field) !== 'fields') {
      throw invalidField(
        'field',
        `'${input.field}' is not a field of application; they are listed at /api/v1/taxonomy`,
      );
    }
    const { title, problem, done, result, field, link } = input;
    return { title, titleKey: searchName(title), problem, done, result, field, link };
  }

  function askAll(record: UseCaseRecord, asked: readonly string[], teller: string): void {
    for (const smeId of asked) deps.ask(smeId, { id: record._id, title: record.title, teller });
  }

  async function tellerName(clusterId: string | null): Promise<string> {
    if (clusterId === null) return 'The staff';
    return (await clusters.names([clusterId])).get(clusterId) ?? 'A cluster';
  }

  async function changeable(viewer: Viewer, id: string, version: number): Promise<UseCaseRecord> {
    const record = await store.find(id);
    if (!mayReadUseCase(viewer, record)) throw notFound('use case');
    if (!mayChangeUseCase(viewer, record)) {
      throw notAllowed('Only the cluster that told a use case, and staff, may change it.');
    }
    // What the change was made on is what the conditional write names.
    return { ...record, version };
  }

  function filterOf(viewer: Viewer | null, query: UseCaseQuery): QueryFilter<UseCaseRecord> {
    return {
      ...whose(viewer, query),
      ...(query.field === undefined ? {} : { field: query.field }),
      ...(query.country === undefined ? {} : { country: query.country }),
      ...(query.q ? { titleKey: searchPattern(query.q) } : {}),
    };
  }

  return {
    /** A page of use cases. */
    async list(viewer: Viewer | null, query: UseCaseQuery): Promise<Page<UseCaseCard>> {
      await deps.refuseStrangers(viewer);
      const page = await findPage(store.model, filterOf(viewer, query), ORDERS[query.sort], query);
      const names = await namesFor(page.items);
      return { ...page, items: page.items.map((record) => presentCard(record, names)) };
    },

    /** One use case; 404 where there is none that this reader may see. */
    async get(viewer: Viewer | null, id: string): Promise<UseCaseView> {
      await deps.refuseStrangers(viewer);
      const record = await store.find(id);
      if (!mayReadUseCase(viewer, record)) throw notFound('use case');
      return present(viewer, record);
    },

    /** Tells a use case, published at once. 409 where this cluster told one of that title. */
    async add(viewer: Viewer, input: UseCaseInput): Promise<UseCaseView> {
      const { clusterId } = viewer;
      const now = clock();
      const record: UseCaseRecord = {
        _id: newId(),
        version: 1,
        clusterId,
        country: clusterId === null ? null : (await clusters.get(clusterId)).country,
        ...fieldsOf(input),
        ...namedPart(await named(clusterId, input.solutions, [])),
        state: 'published',
        takenDown: false,
        reason: '',
        createdAt: now,
        updatedAt: now,
      };
      await store.add(viewer, record).catch(titleTaken);
      askAll(record, record.askedSmes, await tellerName(clusterId));
      return present(viewer, record);
    },

    /** Replaces a use case, if it still has the version that the change was made on. */
    async change(viewer: Viewer, id: string, version: number, input: UseCaseInput): Promise<UseCaseView> {
      const before = await changeable(viewer, id, version);
      const part = namedPart(await named(before.clusterId, input.solutions, before.solutions));
      const after = await store
        .change(viewer, before, 'change', { ...fieldsOf(input), ...part })
        .catch(titleTaken);
      const asked = part.askedSmes.filter((smeId) => !before.askedSmes.includes(smeId));
      askAll(after, asked, await tellerName(after.clusterId));
      return present(viewer, after);
    },

    /** Takes a use case down, with a reason. Where staff do, only staff can put it up again. */
    async withdraw(viewer: Viewer, id: string, version: number, reason: string): Promise<UseCaseView> {
      const before = await changeable(viewer, id, version);
      if (before.state === 'withdrawn')
        throw conflict('already-withdrawn', 'This use case is taken down already.');
      const takenDown = viewer.role === 'staff' && before.clusterId !== null;
      const after = await store.change(viewer, before, 'withdraw', {
        state: 'withdrawn',
        takenDown,
        reason,
      });
      return present(viewer, after);
    },

    /** Puts a use case up again. */
    async publish(viewer: Viewer, id: string, version: number): Promise<UseCaseView> {
      const before = await changeable(viewer, id, version);
      if (!mayPublishAgain(viewer, before)) {
        throw notAllowed('The staff took this use case down; only they put it up again. Ask them.');
      }
      if (before.state === 'published')
        throw conflict('already-published', 'This use case is published already.');
      const fields = { state: 'published' as const, takenDown: false, reason: '' };
      return present(viewer, await store.change(viewer, before, 'publish', fields));
    },

    /** The SME's word on being named; it counts until it says otherwise. */
    async answer(viewer: Viewer, id: string, { smeId, solutionId, answer }: ConsentAnswer) {
      if (viewer.smeId !== smeId) throw notAllowed('Only the company itself says whether it is named.');
      for (;;) {
        const before = await store.find(id);
        const mine = before.solutions.find((ref) => ref.smeId === smeId && ref.solutionId === solutionId);
        if (!mine) throw notFound('use case');
        if (mine.consent === answer) return present(viewer, before);
        const part = namedPart(
          before.solutions.map((ref) => (ref === mine ? { ...ref, consent: answer } : ref)),
        );
        try {
          return await present(viewer, await store.change(viewer, before, 'consent', part));
        } catch (error) {
          // The text was changed in between; the answer is about the name alone, so it is given again.
          if (!isStale(error)) throw error;
        }
      }
    },

    /** How many published use cases show each of these solutions, by `solutionKey`. */
    async countsOf(refs: readonly SolutionRef[]): Promise<ReadonlyMap<string, number>> {
      const counts = new Map<string, number>();
      for (const { shownKeys } of await store.showing(refs.map(solutionKey))) {
        for (const key of shownKeys) counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },

    /** Published use cases that show a solution. */
    async of(ref: SolutionRef): Promise<UseCaseCard[]> {
      const records = await store.showing([solutionKey(ref)]);
      const names = await namesFor(records);
      return records.map((record) => presentCard(record, names));
    },

    erase: (smeId: string) => store.erase(smeId),
  };
}

function whose(viewer: Viewer | null, query: UseCaseQuery): QueryFilter<UseCaseRecord> {
  const ofCluster = query.clusterId === undefined ? {} : { clusterId: query.clusterId };
  if (query.show === 'published') return { state: 'published', ...ofCluster };
  if (viewer?.role === 'staff' && query.show === 'withdrawn') return { state: 'withdrawn', ...ofCluster };
  if (viewer?.role === 'staff' && query.show === 'mine') return { clusterId: null };
  if (viewer?.role === 'cluster' && query.show === 'mine') return { clusterId: viewer.clusterId };
  if (viewer?.role === 'sme' && query.show === 'asked') {
    return { askedSmes: viewer.smeId ?? '', state: 'published', ...ofCluster };
  }
  throw notAllowed(`show: '${query.show}' is not for your account; take 'published'.`);
}

function titleTaken(error: unknown): never {
  if (!isDuplicateKey(error)) throw error;
  throw conflict('use-case-exists', 'title: you have told a use case of this title already. Edit that one.');
}
