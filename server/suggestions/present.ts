import {
  SCALE,
  type Brief,
  type Evidence,
  type Explanation,
  type FactorShare,
  type Refusal,
} from '../../matching/types.ts';
import { asciiJson } from '../text/ascii-json.ts';
import type { TextRow } from '../text/block.ts';
import type { TextWriter } from '../text/writer.ts';
import type { SmeCard } from '../smes/schema.ts';
import { FACTOR_LABELS } from './labels.ts';
import type { ExplanationView, FactorView, PartnerCard } from './schema.ts';

/** The engine's whole numbers as decimals; exact enough that the shown contributions add up to the shown score. */
const decimal = (scaled: number): number => scaled / SCALE;

function factorView(factor: FactorShare): FactorView {
  return {
    factor: factor.factor,
    label: FACTOR_LABELS[factor.factor],
    value: decimal(factor.value),
    weight: decimal(factor.weight),
    contribution: decimal(factor.contribution),
    known: factor.known,
  };
}

/** What a list shows of a pair, as the SME `brief.a` sees it, besides the partner's card. What only 'Why?' shows is read when it is opened. */
function shownOf(brief: Brief): Omit<PartnerCard, 'partner' | 'rank'> {
  return {
    score: decimal(brief.score),
    factors: brief.factors.map(factorView),
    summary: brief.summary,
    youBring: [...brief.aBrings],
    theyBring: [...brief.bBrings],
  };
}

const TERM_FIELDS = ['capabilities', 'technologies', 'fields', 'sectors'];

/** One partner in a list. */
export const partnerCard = (brief: Brief, partner: SmeCard, rank: number): PartnerCard => ({
  partner,
  rank,
  ...shownOf(brief),
});

/** What a list shows of a pair as JSON, without the braces around it: the engine's thread makes it, `writePartners` puts it beside the card. */
export function shownText(brief: Brief): string {
  const { summary, aBrings: youBring, bBrings: theyBring } = brief;
  const factors = brief.factors.map(factorText).join(',');
  const words = asciiJson({ summary, youBring, theyBring }).slice(1, -1);
  return `"score":${decimalText(brief.score)},"factors":[${factors}],${words}`;
}

/** What a factor's text begins with: its names are the same for every pair. */
const FACTOR_HEADS = new Map(
  Object.entries(FACTOR_LABELS).map(([factor, label]) => [
    factor,
    `${asciiJson({ factor, label }).slice(0, -1)},"value":`,
  ]),
);

/** 000 to 999. */
const THREE_DIGITS = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

/** `decimal` as JSON: written by its digits, which costs a quarter of what the shortest text of a fraction does. */
const decimalText = (scaled: number): string =>
  scaled < SCALE
    ? `0.${THREE_DIGITS[Math.floor(scaled / 1000)]}${THREE_DIGITS[scaled % 1000]}`
    : String(decimal(scaled));

/** `factorView` as JSON. Written out, as it runs seven times for each pair that is shown. */
const factorText = ({ factor, value, weight, contribution, known }: FactorShare): string =>
  `${FACTOR_HEADS.get(factor)}${decimalText(value)},"weight":${decimalText(weight)},"contribution":${decimalText(contribution)},"known":${known}}`;

const cardTexts = new WeakMap<SmeCard, Buffer>();

/** A card as JSON, made once as long as it is the same object: one card is on many lists. */
function cardText(card: SmeCard): Buffer {
  const known = cardTexts.get(card);
  if (known) return known;
  const text = Buffer.from(asciiJson(card), 'latin1');
  cardTexts.set(card, text);
  return text;
}

/**
 * Partners as a JSON array, of parts that are text already. Those whose card or text is not there are gone.
 * @returns how many were written
 */
export function writePartners(
  to: TextWriter,
  ids: readonly string[],
  { cards, texts }: { readonly cards: ReadonlyMap<string, SmeCard>; readonly texts: TextRow },
): number {
  let rank = 0;
  to.text('[');
  ids.forEach((id, place) => {
    const [card, text] = [cards.get(id), texts.at(place)];
    if (!card || !text) return;
    rank += 1;
    to.text(rank === 1 ? '{"partner":' : ',{"partner":').bytes(cardText(card));
    to.text(`,"rank":${rank},`).bytes(text).text('}');
  });
  to.text(']');
  return rank;
}

/** Taxonomy terms by their label, clusters by their name, everything else as it was written. */
function evidenceView(
  evidence: Evidence,
  { sme, partner, labelOf }: { sme: SmeCard; partner: SmeCard; labelOf: (term: string) => string },
) {
  const isYours = evidence.sme === sme.id;
  const cluster = (isYours ? sme : partner).clusterName;
  const isTerms = TERM_FIELDS.some((name) => evidence.field.endsWith(name));
  const nameOf = (item: string): string => {
    if (evidence.field === 'clusterId') return cluster ?? item;
    return isTerms ? labelOf(item) : item;
  };
  return {
    whose: isYours ? ('you' as const) : ('them' as const),
    field: evidence.field,
    matched: evidence.matched.map(nameOf),
  };
}

/** What one side declared against the other is not told to the other: not that it was, nor by whom. */
const PRIVATE_REFUSALS: readonly Refusal['code'][] = ['declined', 'conflict-of-interest'];

function refusalView(refusal: Refusal, showPrivate: boolean): ExplanationView['refusals'][number] {
  return showPrivate || !PRIVATE_REFUSALS.includes(refusal.code)
    ? { code: refusal.code, sentence: refusal.sentence }
    : { code: 'not-proposed', sentence: 'This pair is not proposed at the moment.' };
}

/** The whole explanation of a pair, as the SME `explanation.a` sees it. */
export function explanationView(
  explanation: Explanation,
  options: {
    sme: SmeCard;
    partner: SmeCard;
    labelOf: (term: string) => string;
    /** True where the reader may know of answers and conflicts on both sides, or they are the reader's own. */
    showPrivate: boolean;
    consortiumBlockers: readonly string[];
  },
): ExplanationView {
  const { sme, partner } = options;
  const refusals = explanation.refusals.map((refusal) => refusalView(refusal, options.showPrivate));
  const isMasked = refusals.some(({ code }) => code === 'not-proposed');
  return {
    sme,
    partner,
    eligible: explanation.eligible,
    refusals,
    score: decimal(explanation.score),
    factors: explanation.factors.map((factor) => ({
      ...factorView(factor),
      sentence: factor.sentence,
      evidence: factor.evidence.map((evidence) => evidenceView(evidence, options)),
    })),
    // The engine's summary may name the reason.
    summary: isMasked ? 'This pair is not proposed at the moment.' : explanation.summary,
    youBring: [...explanation.aBrings],
    theyBring: [...explanation.bBrings],
    consortiumBlockers: [...options.consortiumBlockers],
  };
}
