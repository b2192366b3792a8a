import { termsOf } from './profile.ts';
import type { SmeRecord } from './model.ts';
import type { CompletenessView, MemberView, NeedView, SmeCard, SmeView, SolutionView } from './schema.ts';

/*
 * What leaves the server of an SME. Every field is listed by hand, so that a new field of the record stays inside until somebody
 * decides who may see it.
 */

type Trl = SmeCard['trl'];

/** The short non-confidential card that lists show. */
export function presentCard(sme: SmeRecord, clusterName: string | null): SmeCard {
  return {
    id: sme._id,
    name: sme.name,
    country: sme.country,
    city: sme.city,
    website: sme.website,
    clusterId: sme.clusterId,
    clusterName,
    sizeClass: sme.sizeClass,
    headline: sme.solutions[0]?.title ?? '',
    trl: highestTrl(sme),
    available: sme.available,
    demoAnswers: [...sme.demoAnswers],
  };
}

function highestTrl(sme: SmeRecord): Trl {
  return sme.solutions.reduce<Trl>(
    (highest, { trl }) => (trl !== null && (highest === null || trl > highest) ? trl : highest),
    null,
  );
}

/** The whole non-confidential profile, as every signed-in reader may see it. */
export function presentPublic(sme: SmeRecord, clusterName: string | null): SmeView {
  return {
    ...presentCard(sme, clusterName),
    languages: [...sme.languages],
    marketRole: sme.marketRole,
    solutions: sme.solutions.map(presentSolution),
    needs: sme.needs.map(presentNeed),
    projects: [...(sme.projects ?? [])],
    source: sme.source,
    updatedAt: sme.updatedAt.toISOString(),
  };
}

function presentSolution(solution: SmeRecord['solutions'][number]): SolutionView {
  const { id, title, offer, trl } = solution;
  return { id, title, offer, trl, ...termsOf(solution), phases: [...(solution.phases ?? [])] };
}

function presentNeed(need: SmeRecord['needs'][number]): NeedView {
  const { id, words, trlMin, trlMax } = need;
  return { id, words, trlMin, trlMax, ...termsOf(need) };
}

/** What only the SME itself, its cluster and staff see besides. */
export function presentOwn(
  sme: SmeRecord,
  more: {
    conflictNames: ReadonlyMap<string, string>;
    completeness: CompletenessView;
    consortiumBlockers: string[];
  },
): NonNullable<SmeView['own']> {
  return {
    version: sme.version,
    group: sme.group,
    conflicts: sme.conflicts.map((id) => ({ id, name: more.conflictNames.get(id) ?? 'withdrawn' })),
    declaration: presentDeclaration(sme.declaration),
    confidential: {
      contactName: sme.confidential.contactName,
      contactEmail: sme.confidential.contactEmail,
      contactPhone: sme.confidential.contactPhone,
      notes: sme.confidential.notes,
    },
    completeness: more.completeness,
    consortiumBlockers: more.consortiumBlockers,
  };
}

function presentDeclaration(declaration: SmeRecord['declaration']): SmeRecord['declaration'] {
  if (declaration === null) return null;
  const { headcount, turnoverEur, balanceSheetEur, date } = declaration;
  const links = declaration.links.map((link) => ({
    name: link.name,
    share: link.share,
    headcount: link.headcount,
    turnoverEur: link.turnoverEur,
    balanceSheetEur: link.balanceSheetEur,
  }));
  return { headcount, turnoverEur, balanceSheetEur, links, date };
}

/** A member in its cluster's list. */
export function presentMember(
  card: SmeCard,
  more: Pick<MemberView, 'completeness' | 'suggestions' | 'account' | 'updatedAt'>,
): MemberView {
  return { ...card, ...more };
}
