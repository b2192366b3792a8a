import type { SmeCard } from '../../server/smes/schema.ts';
import type { PartnersView } from '../../server/suggestions/schema.ts';
import type { Visitor } from './visitor.ts';

export interface ListAudit {
  /** SMEs whose list was read. */
  lists: number;
  /** Lists with at least one suggestion. */
  filled: number;
  suggestions: number;
  /** What a list must never hold, in words; empty when all is well. */
  faults: string[];
}

/** Decimals of the API have six places: their sum is exact in millionths. */
const millionths = (value: number): number => Math.round(value * 1_000_000);

function faultsOf(sme: SmeCard, view: PartnersView): string[] {
  const faults: string[] = [];
  for (const card of view.partners) {
    if (card.partner.country === sme.country)
      faults.push(`${sme.name} is offered ${card.partner.name} of its own country`);
    const sum = card.factors.reduce((total, factor) => total + millionths(factor.contribution), 0);
    if (sum !== millionths(card.score))
      faults.push(
        `${sme.name} and ${card.partner.name}: the terms add up to ${sum}, the score is ${millionths(card.score)}`,
      );
  }
  return faults;
}

/** Reads every SME's list through the API and recounts what was promised of it. */
export async function auditLists(
  staff: Visitor,
  smes: readonly SmeCard[],
  onProgress: (done: number) => void,
): Promise<ListAudit> {
  const audit: ListAudit = { lists: 0, filled: 0, suggestions: 0, faults: [] };
  const waiting = [...smes];
  const readOn = async (): Promise<void> => {
    for (let sme = waiting.pop(); sme !== undefined; sme = waiting.pop()) {
      const view = await staff.call<PartnersView>('GET', `/smes/${sme.id}/partners`);
      audit.lists += 1;
      audit.suggestions += view.partners.length;
      if (view.partners.length > 0) audit.filled += 1;
      audit.faults.push(...faultsOf(sme, view));
      onProgress(audit.lists);
    }
  };
  await Promise.all(Array.from({ length: 6 }, readOn));
  return audit;
}
