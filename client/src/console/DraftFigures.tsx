import type { DraftView } from '../../../server/events/schema.ts';
import { countryName, formatMoment, formatShare } from '../components/format.ts';
import { t } from '../strings/text.ts';

/** A draft in figures: how good it is, who is alone and why, which wishes are not met, and what it is for each country and cluster. */
export function DraftFigures({ draft, eventId }: { draft: DraftView; eventId: string }) {
  const { changes, wishes } = draft;
  return (
    <section class="stack" aria-labelledby="draft">
      <div>
        <h2 id="draft">{t.console.draft}</h2>
        <p class="fine">
          {t.console.draftOf(draft.rounds.join(', '), draft.by, formatMoment(draft.createdAt))}
        </p>
      </div>
      <dl class="console-figures">
        <Figure
          value={String(draft.meetings)}
          what={t.console.figures.meetings}
          href={`/events/${eventId}/console?view=meetings&draft=true`}
        />
        <Figure value={formatShare(1 - draft.gap)} what={t.console.figures.ofBest} />
        <Figure value={String(draft.alone.length)} what={t.console.figures.alone} />
        <Figure
          value={`${wishes.met} / ${wishes.met + wishes.notMet.length}`}
          what={t.console.figures.wishes}
        />
      </dl>
      {draft.status === 'optimal' && <p class="fine">{t.console.proven}</p>}
      <p>{t.console.changes(changes.kept, changes.lost, changes.gained)}</p>
      {wishes.notMet.length > 0 && (
        <details class="card">
          <summary>{t.console.wishesNotMet}</summary>
          <ul>
            {wishes.notMet.map(({ from, to, why }) => (
              <li key={`${from.id} ${to.id}`}>
                {t.console.wish(from.name, to.name)}: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details class="card" open={draft.alone.length > 0}>
        <summary>{t.console.aloneTitle}</summary>
        {draft.alone.length === 0 ? (
          <p>{t.console.nobodyAlone}</p>
        ) : (
          <ul>
            {draft.alone.map(({ sme, why }) => (
              <li key={sme.id}>
                <a href={`/smes/${sme.id}`}>{sme.name}</a> ({sme.country}): {why}
              </li>
            ))}
          </ul>
        )}
      </details>
      {draft.byes.some(({ smes }) => smes.length > 0) && (
        <details class="card">
          <summary>{t.console.byes}</summary>
          <ul>
            {draft.byes
              .filter(({ smes }) => smes.length > 0)
              .map(({ round, smes }) => (
                <li key={round}>{t.console.byeRound(round, smes.map(({ name }) => name).join(', '))}</li>
              ))}
          </ul>
        </details>
      )}
      <Groups title={t.console.byCountry} groups={draft.byCountry} nameOf={countryName} />
      <Groups
        title={t.console.byCluster}
        groups={draft.byCluster}
        nameOf={(name) => name || t.console.noCluster}
      />
    </section>
  );
}

function Figure({ value, what, href }: { value: string; what: string; href?: string }) {
  return (
    <div>
      <dd class="number">{href === undefined ? value : <a href={href}>{value}</a>}</dd>
      <dt>{what}</dt>
    </div>
  );
}

function Groups(props: { title: string; groups: DraftView['byCountry']; nameOf: (key: string) => string }) {
  const { columns } = t.console;
  return (
    <details class="card">
      <summary>{props.title}</summary>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{props.title}</th>
            <th scope="col">{columns.smes}</th>
            <th scope="col">{columns.meetings}</th>
            <th scope="col">{columns.alone}</th>
            <th scope="col">{columns.meanScore}</th>
          </tr>
        </thead>
        <tbody>
          {props.groups.map((group) => (
            <tr key={group.key}>
              <th scope="row" data-label={props.title}>
                {props.nameOf(group.key)}
              </th>
              <td class="number" data-label={columns.smes}>
                {group.smes}
              </td>
              <td class="number" data-label={columns.meetings}>
                {group.meetings}
              </td>
              <td class="number" data-label={columns.alone}>
                {group.alone}
              </td>
              <td class="number" data-label={columns.meanScore}>
                {Math.round(group.meanScore * 100)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
