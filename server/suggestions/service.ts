import type { Viewer } from '../accounts/viewer.ts';
import { notFound } from '../http/errors.ts';
import { asciiJson } from '../text/ascii-json.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { SmeService } from '../smes/service.ts';
import { checkReader } from './access.ts';
import { adviceFor, SHORT } from './advice.ts';
import type { AnswersStore } from './answers.ts';
import type { StoredLists } from './lists.ts';
import type { ListRecord } from './model.ts';
import { TextRow, textBlock } from '../text/block.ts';
import type { TextWriter } from '../text/writer.ts';
import { explanationView, partnerCard, writePartners } from './present.ts';
import type { ExplanationView, PartnersView } from './schema.ts';

export interface SuggestionServiceDeps {
  readonly lists: StoredLists;
  readonly answers: AnswersStore;
  readonly matcher: Pick<Matcher, 'briefs' | 'briefTexts' | 'explain'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner' | 'blockers'>;
  readonly labelOf: (term: string) => string;
  /** The call in force. */
  readonly call: () => Promise<{
    readonly id: string;
    readonly name: string;
    readonly countries: readonly string[];
  }>;
  /** SMEs that are in a consortium of a call. */
  readonly taken: (callId: string) => Promise<readonly string[]>;
  /** Whether the SME agrees to matching. */
  readonly mayMatch: (smeId: string) => Promise<boolean>;
}

export interface SuggestionService {
  /** The list of an SME with everything that its page shows; null where there is no such SME. */
  partnersOf(smeId: string): Promise<PartnersView | null>;
  /** Writes the same as JSON, of a list that is at hand: for hundreds of windows at once. */
  writerOf(list: ListRecord): Promise<(to: TextWriter) => void>;
  /** @throws HttpProblem 403, 404 */
  partners(viewer: Viewer, smeId: string): Promise<PartnersView>;
  /** Why, or why not, with evidence. @throws HttpProblem 403, 404 */
  explanation(viewer: Viewer, smeId: string, partnerId: string): Promise<ExplanationView>;
  counts(smeIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

const NO_TEXTS = new TextRow(textBlock([]), 0);

/** Which list it is, and from when. */
const headOf = (smeId: string, list: ListRecord | null) => ({
  smeId,
  listVersion: list?.listVersion ?? 0,
  weightsVersion: list?.weightsVersion ?? 0,
  computedAt: list?.computedAt.toISOString() ?? null,
});

export function createSuggestionService(deps: SuggestionServiceDeps): SuggestionService {
  const { lists, answers, matcher, smes, labelOf, call } = deps;

  /** What an SME can do about its list; nothing is looked up for one that is long enough. */
  async function advice(
    self: SmeCard,
    length: number,
    computed: boolean,
  ): Promise<Pick<PartnersView, 'advice' | 'inConsortium'>> {
    if (length >= SHORT) return { advice: null, inConsortium: false };
    const [inForce, mayMatch] = await Promise.all([call(), deps.mayMatch(self.id)]);
    const taken = (await deps.taken(inForce.id)).includes(self.id);
    return {
      advice: adviceFor(self, length, inForce, { mayMatch, taken, computed }),
      inConsortium: taken && length === 0,
    };
  }

  async function shown(smeId: string, list: ListRecord | null): Promise<PartnersView | null> {
    const ids = list?.entries.map(({ partner }) => partner) ?? [];
    const [cards, briefs] = await Promise.all([
      smes.cards([smeId, ...ids]),
      ids.length === 0 ? [] : matcher.briefs(smeId, ids),
    ]);
    const self = cards.get(smeId);
    if (!self) return null;
    // Where the engine is a moment ahead of the stored list, a pair may have ended: its new list is on the way.
    const standing = briefs.filter(({ b }) => cards.has(b));
    const partners = standing.flatMap((brief, at) => {
      const card = cards.get(brief.b);
      return card ? [partnerCard(brief, card, at + 1)] : [];
    });
    return {
      ...headOf(smeId, list),
      ...(await advice(self, partners.length, list !== null)),
      partners,
    };
  }

  async function writerOf(list: ListRecord): Promise<(to: TextWriter) => void> {
    const ids = list.entries.map(({ partner }) => partner);
    const [cards, texts] = await Promise.all([
      smes.cards([list._id, ...ids]),
      ids.length === 0 ? NO_TEXTS : matcher.briefTexts(list._id, ids),
    ]);
    const self = cards.get(list._id);
    if (!self)
      return (to) => {
        to.text('null');
      };
    const length = ids.filter((id, place) => cards.has(id) && texts.at(place)).length;
    const head = asciiJson({ ...headOf(list._id, list), ...(await advice(self, length, true)) });
    return (to) => {
      to.text(`${head.slice(0, -1)},"partners":`);
      writePartners(to, ids, { cards, texts });
      to.text('}');
    };
  }

  const partnersOf = async (smeId: string): Promise<PartnersView | null> =>
    shown(smeId, await lists.find(smeId));

  /** What both sides still have to settle, each sentence with the name of whom it concerns. */
  async function blockersOf(sides: readonly SmeCard[]): Promise<string[]> {
    const blockers = await Promise.all(sides.map(({ id }) => smes.blockers(id)));
    return sides.flatMap(({ name }, at) => (blockers[at] ?? []).map((sentence) => `${name}: ${sentence}`));
  }

  return {
    partnersOf,
    writerOf,
    async partners(viewer, smeId) {
      await checkReader(smes, viewer, smeId);
      const view = await partnersOf(smeId);
      if (!view) throw notFound('SME');
      return view;
    },
    async explanation(viewer, smeId, partnerId) {
      await checkReader(smes, viewer, smeId);
      const [cards, [explanation], ownAnswer] = await Promise.all([
        smes.cards([smeId, partnerId]),
        matcher.explain(smeId, [partnerId]),
        answers.find(smeId, partnerId),
      ]);
      const [sme, partner] = [cards.get(smeId), cards.get(partnerId)];
      if (!sme) throw notFound('SME');
      if (!partner || !explanation || partnerId === smeId) throw notFound('partner');
      return explanationView(explanation, {
        sme,
        partner,
        labelOf,
        showPrivate: viewer.role === 'staff' || ownAnswer !== null,
        consortiumBlockers: await blockersOf([sme, partner]),
      });
    },
    counts: (smeIds) => lists.counts(smeIds),
  };
}
