import { useEffect } from 'preact/hooks';
import type { UnsuggestedReason, UnsuggestedView } from '../../../server/exposure/schema.ts';
import { usePages } from '../api/usePages.ts';
import { Empty } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { BY_COMPANY, ChoiceFilter, CountryFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { askedQuery } from './asked.ts';

const words = t.pairs.fair;
const REASONS: readonly UnsuggestedReason[] = [
  'may-not-take-part',
  'nobody-eligible',
  'never-among-the-best',
];

/** Companies on nobody's list: why, and what would help. */
export function Unsuggested({ count, round }: { count: number; round: number }) {
  const pages = usePages<UnsuggestedView>('/pairs/unsuggested', {
    ...askedQuery(),
    country: filterValue('country'),
    reason: filterValue('reason'),
    sort: filterValue('sort'),
  });
  useEffect(() => {
    if (round > 0) pages.reload();
  }, [round]);
  return (
    <section class="stack-small" aria-labelledby="unsuggested">
      <h2 id="unsuggested">{words.unseenTitle(formatNumber(count))}</h2>
      {count > 0 && (
        <>
          <p>{words.unseenWhat}</p>
          <div class="fields filters">
            <CountryFilter />
            <ChoiceFilter
              label={words.reason}
              name="reason"
              choices={[
                { value: '', label: words.anyReason },
                ...REASONS.map((value) => ({ value, label: words.reasons[value] })),
              ]}
            />
            <ChoiceFilter label={t.common.sort} name="sort" choices={BY_COMPANY} />
          </div>
        </>
      )}
      <PageList
        pages={pages}
        empty={
          <Empty icon="check" title={words.nobodyUnseen}>
            <p>{words.nobodyUnseenWhat}</p>
          </Empty>
        }
      >
        {(items) => (
          <ul class="grid">
            {items.map((one) => (
              <Unseen key={one.sme.id} one={one} />
            ))}
          </ul>
        )}
      </PageList>
    </section>
  );
}

/** Why it is so, in sentences. */
const whyOf = ({ reason, rules }: UnsuggestedView): readonly string[] =>
  reason === 'may-not-take-part' ? rules.map((rule) => words.rules[rule]) : [words.why[reason]];

/** What would help, in sentences; a rule that nothing can be done about has none. */
function helpOf({ reason, rules, help }: UnsuggestedView): readonly string[] {
  if (reason === 'nobody-eligible') return [words.help[reason]];
  if (reason === 'never-among-the-best') {
    return [help === null ? words.help.complete : words.help.field(help.label)];
  }
  const byRule: Readonly<Record<string, unknown>> = words.help;
  return rules.flatMap((rule) => {
    const sentence = byRule[rule];
    return typeof sentence === 'string' ? [sentence] : [];
  });
}

function Unseen({ one }: { one: UnsuggestedView }) {
  const { sme, reason } = one;
  return (
    <li class="card unseen">
      <h3>
        <a href={`/smes/${sme.id}`}>{sme.name}</a>
      </h3>
      <CompanyLine sme={sme} />
      <p>
        <Badge>{words.reasons[reason]}</Badge>
      </p>
      {whyOf(one).map((sentence) => (
        <p key={sentence} class="fine">
          {sentence}
        </p>
      ))}
      {helpOf(one).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {reason === 'never-among-the-best' && (
        <p>
          <a href={`/smes/${sme.id}/partners`} aria-label={words.ownListOf(sme.name)}>
            {words.ownList}
          </a>
        </p>
      )}
    </li>
  );
}
