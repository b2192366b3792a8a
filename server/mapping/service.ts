import { trusted, type Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { ClusterService } from '../clusters/service.ts';
import { invalidField, invalidRequest, notFound } from '../http/errors.ts';
import { allowedAmong } from '../privacy/standing.ts';
import { smeModel } from '../smes/model.ts';
import { newId } from '../storage/ids.ts';
import { loadCountries } from '../taxonomy/places.ts';
import { FACETS, type TaxonomyService } from '../taxonomy/service.ts';
import { solutionKey } from '../use-cases/model.ts';
import type { UseCaseService } from '../use-cases/service.ts';
import { Catalogue } from './catalogue.ts';
import { presentExport, type ExportedSolution } from './export.ts';
import type { Choices } from './filters.ts';
import { matrixOf } from './matrix.ts';
import { ORDERS, pageOfHits, sortHits, type Hit } from './order.ts';
import { loadPhases } from './phases.ts';
import {
  presentSolution,
  presentSolutionPage,
  SHOWN_FIELDS,
  type CardParts,
  type ShownSme,
} from './present.ts';
import { relatedTo, type Related } from './related.ts';
import type {
  ExportQuery,
  FacetsReply,
  FacetsView,
  MatrixView,
  RelatedView,
  SearchQuery,
  SolutionCard,
  SolutionPage,
  SolutionPageView,
  SolutionSort,
} from './schema.ts';
import { countFacets, searchSolutions, type Search } from './search.ts';
import { WorkedOut } from '../storage/worked-out.ts';
import type { MappingSettingsService } from './settings.ts';
import { createCatalogueSync } from './sync.ts';

export interface MappingServiceDeps {
  readonly connection: Connection;
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly clusters: Pick<ClusterService, 'names'>;
  readonly settings: Pick<MappingSettingsService, 'refuseStrangers'>;
  readonly useCases: Pick<UseCaseService, 'countsOf' | 'of'>;
}

export type MappingService = ReturnType<typeof createMappingService>;

/** Solutions named beside one, on each side. */
const MOST_RELATED = 4;
/** Solutions of an export that are read at a time. */
const EXPORT_BATCH = 100;

type Ref = Pick<Hit['entry'], 'smeId' | 'solutionId'>;

/** The mapping of security solutions: who offers what, where. */
export function createMappingService(deps: MappingServiceDeps) {
  const { taxonomy, clusters, settings, useCases } = deps;
  const smes = smeModel(deps.connection);
  const findPhases = loadPhases(taxonomy.terms);
  const catalogue = new Catalogue(taxonomy, findPhases);
  const sync = createCatalogueSync({ connection: deps.connection, catalogue });
  const remembered = new WorkedOut();
  const presenter = { findPhases, taxonomy };
  const countries = loadCountries();
  const broaderOf = new Map(taxonomy.terms.map(({ id, broader }) => [id, broader]));

  /** What a query asks of the catalogue, once its terms are known to exist. */
  function searchOf(viewer: Viewer | null, query: SearchQuery): Search {
    const faults = FACETS.flatMap((facet) =>
      query[facet].flatMap((id) =>
        taxonomy.facetOf(id) === facet
          ? []
          : [{ field: facet, message: `'${id}' is not one of the ${facet} listed by GET /api/v1/taxonomy` }],
      ),
    );
    if (faults.length > 0) throw invalidRequest(faults);
    const { capabilities, technologies, fields, sectors, phases } = query;
    const trlMin = query.trlMin ?? null;
    const trlMax = query.trlMax ?? null;
    if (trlMin !== null && trlMax !== null && trlMin > trlMax) {
      throw invalidField('trlMax', 'must not be below trlMin');
    }
    const choices: Choices = {
      capabilities,
      technologies,
      fields,
      sectors,
      countries: query.countries,
      phases,
      trlMin,
      trlMax,
      publicOnly: viewer === null,
    };
    return { q: query.q ?? '', choices };
  }

  async function shownSmes(ids: readonly string[]): Promise<ReadonlyMap<string, ShownSme>> {
    const found = await smes
      .find({ _id: trusted({ $in: [...new Set(ids)] }) }, SHOWN_FIELDS)
      .lean<ShownSme[]>()
      .exec();
    return new Map(found.map((sme) => [sme._id, sme]));
  }

  /** Strangers see only who agreed to the public mapping. */
  async function listedFor(viewer: Viewer | null, smeIds: readonly string[]) {
    if (viewer !== null) return () => true;
    const agreed = await allowedAmong(deps.connection, 'public-map', smeIds);
    return (smeId: string): boolean => agreed.has(smeId);
  }

  /** What is shown of solutions, read from the database as it is now; what is gone by now is left out. */
  async function partsOf(refs: readonly Ref[], viewer: Viewer | null): Promise<CardParts[]> {
    const found = await shownSmes(refs.map(({ smeId }) => smeId));
    const [isListed, names, counts] = await Promise.all([
      listedFor(viewer, [...found.keys()]),
      clusters.names([...found.values()].flatMap(({ clusterId }) => clusterId ?? [])),
      useCases.countsOf(refs),
    ]);
    return refs.flatMap((ref) => {
      const sme = found.get(ref.smeId);
      const solution = sme?.solutions.find(({ id }) => id === ref.solutionId);
      if (!sme || !solution || !isListed(ref.smeId)) return [];
      const clusterName = names.get(sme.clusterId ?? '') ?? null;
      return [{ sme, solution, clusterName, useCases: counts.get(solutionKey(ref)) ?? 0 }];
    });
  }

  function presentRelated(related: readonly Related[], parts: readonly CardParts[]): RelatedView[] {
    return related.flatMap(({ entry, shared, adds }) => {
      const part = parts.find(
        ({ sme, solution }) => sme._id === entry.smeId && solution.id === entry.solutionId,
      );
      if (!part) return [];
      const { sme, solution } = part;
      return [
        {
          smeId: sme._id,
          id: solution.id,
          title: solution.title,
          company: sme.name,
          country: sme.country,
          trl: solution.trl,
          shared: shared.map((number) => {
            const id = catalogue.terms.ids[number] ?? '';
            return { id, label: taxonomy.labelOf(id) };
          }),
          adds: [...adds],
        },
      ];
    });
  }

  function* listed(viewer: Viewer | null) {
    for (const entry of catalogue.entries()) if (viewer !== null || entry.listedPublicly) yield entry;
  }

  async function ready(viewer: Viewer | null): Promise<void> {
    await Promise.all([settings.refuseStrangers(viewer), sync.fresh()]);
  }

  /** The solutions of an export, read a batch at a time while the reader takes them. */
  async function* exported(hits: readonly Hit[], viewer: Viewer): AsyncIterable<ExportedSolution> {
    for (let from = 0; from < hits.length; from += EXPORT_BATCH) {
      const refs = hits.slice(from, from + EXPORT_BATCH).map(({ entry }) => entry);
      for (const parts of await partsOf(refs, viewer)) {
        yield presentExport(presenter, parts);
      }
    }
  }

  return {
    /** A page of the solutions that fit. */
    async solutions(
      viewer: Viewer | null,
      query: SearchQuery & { cursor?: string | undefined; limit: number; sort: SolutionSort },
    ): Promise<SolutionPage> {
      const search = searchOf(viewer, query);
      await ready(viewer);
      const { sort, cursor, limit } = query;
      const page = remembered.of(catalogue.revision, ['page', search, sort, cursor, limit], () =>
        pageOfHits(searchSolutions(catalogue, search), ORDERS[sort], { cursor, limit }),
      );
      const parts = await partsOf(
        page.items.map(({ entry }) => entry),
        viewer,
      );
      const items: SolutionCard[] = parts.map((part) => presentSolution(presenter, part));
      return { ...page, items };
    },

    /** How many solutions each further choice would leave. */
    async facets(viewer: Viewer | null, query: SearchQuery): Promise<FacetsReply> {
      const search = searchOf(viewer, query);
      await ready(viewer);
      return remembered.of(catalogue.revision, ['facets', search], () => {
        const { counts, words } = countFacets(catalogue, search);
        return { ...labelled(counts), words };
      });
    },

    /** Solutions by capability and country, with the gaps. */
    async matrix(
      viewer: Viewer | null,
      query: SearchQuery & { domain?: string | undefined },
    ): Promise<MatrixView> {
      const search = searchOf(viewer, query);
      const domain = query.domain ?? null;
      if (
        domain !== null &&
        (taxonomy.facetOf(domain) !== 'capabilities' || broaderOf.get(domain) !== null)
      ) {
        throw invalidField('domain', `'${domain}' is not a domain of the capabilities`);
      }
      await ready(viewer);
      return remembered.of(catalogue.revision, ['matrix', search, domain], () => {
        const entries = searchSolutions(catalogue, search).map(({ entry }) => entry);
        return matrixOf(entries, { terms: taxonomy.terms, numbers: catalogue.terms, countries }, domain);
      });
    },

    /** One solution with its company's card, its use cases and others that go with it. */
    async solution(viewer: Viewer | null, smeId: string, solutionId: string): Promise<SolutionPageView> {
      await ready(viewer);
      const entry = catalogue.entriesOf(smeId).find((candidate) => candidate.solutionId === solutionId);
      if (!entry || (viewer === null && !entry.listedPublicly)) throw notFound('solution');
      const related = remembered.of(catalogue.revision, ['related', smeId, solutionId, viewer === null], () =>
        relatedTo(entry, listed(viewer), catalogue.terms, MOST_RELATED),
      );
      const refs = [entry, ...[...related.similar, ...related.complementary].map((one) => one.entry)];
      const [parts, shownBy] = await Promise.all([partsOf(refs, viewer), useCases.of({ smeId, solutionId })]);
      const own = parts.find(({ sme, solution }) => sme._id === smeId && solution.id === solutionId);
      if (!own) throw notFound('solution');
      return presentSolutionPage(presenter, {
        ...own,
        shownBy,
        similar: presentRelated(related.similar, parts),
        complementary: presentRelated(related.complementary, parts),
        withWebsite: viewer !== null,
      });
    },

    /** Everything that a search finds, for a file. That somebody took it is recorded. */
    async export(viewer: Viewer, query: ExportQuery, format: 'csv' | 'json') {
      const search = searchOf(viewer, query);
      await ready(viewer);
      const hits = sortHits(searchSolutions(catalogue, search), ORDERS[query.sort]);
      await deps.audit.record({
        actor: { id: viewer.id, role: viewer.role },
        action: 'mapping.export',
        thing: { kind: 'mapping-export', id: newId() },
        before: null,
        after: null,
        reason: `${format.toUpperCase()} of ${hits.length} solutions`,
      });
      return exported(hits, viewer);
    },

    /** Reads all solutions into memory, so that nobody has to wait for that. */
    warm: () => sync.fresh(),
    stop: () => sync.stop(),
  };

  function labelled(view: FacetsView): Omit<FacetsReply, 'words'> {
    const withLabel = (counts: FacetsView['countries'], labelOf: (id: string) => string) =>
      counts.map(({ value, count }) => ({ value, label: labelOf(value), count }));
    const labelOf = (id: string): string => taxonomy.labelOf(id);
    return {
      ...view,
      countries: withLabel(view.countries, (code) => taxonomy.countryName(code)),
      terms: {
        capabilities: withLabel(view.terms.capabilities, labelOf).map((one) => ({
          ...one,
          broader: broaderOf.get(one.value) ?? null,
        })),
        technologies: withLabel(view.terms.technologies, labelOf),
        fields: withLabel(view.terms.fields, labelOf),
        sectors: withLabel(view.terms.sectors, labelOf),
      },
    };
  }
}
