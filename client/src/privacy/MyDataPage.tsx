import type { ConsentView, PersonalDataView } from '../../../server/privacy/schema.ts';
import { apiUrl } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatNumber } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { Consents } from './Consents.tsx';
import { EraseMe } from './EraseMe.tsx';

const words = t.privacy.myData;

/** What one agrees to, what is kept about one, and how to have it erased. */
export function MyDataPage(_props: PageProps) {
  const consents = useLoad<{ items: ConsentView[] }>('/privacy/consents');
  const data = useLoad<PersonalDataView>('/privacy/data');
  return (
    <>
      <PageHeading title={t.shell.pages.myData} lead={words.lead} />
      <div class="stack">
        <Show of={consents}>{({ items }) => <Consents items={items} onAnswered={consents.reload} />}</Show>
        <Show of={data}>
          {({ sections }) => (
            <>
              <Kept sections={sections} />
              <Correct />
              <EraseMe sections={sections} />
            </>
          )}
        </Show>
      </div>
    </>
  );
}

function Kept({ sections }: PersonalDataView) {
  return (
    <section class="card" aria-labelledby="my-data-kept">
      <h2 id="my-data-kept">{words.data}</h2>
      <p>{words.dataLead}</p>
      <div class="actions">
        <ButtonLink href={apiUrl('/privacy/everything.json')} kind="primary" download>
          {words.everything}
        </ButtonLink>
      </div>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{words.section}</th>
            <th scope="col" class="number">
              {words.records}
            </th>
            <th scope="col">{words.stays}</th>
            <th scope="col">{words.file}</th>
          </tr>
        </thead>
        <tbody>
          {sections.map(({ name, of, title, records, stays }) => (
            <tr key={`${of} ${name}`}>
              <th scope="row">
                {title}
                <span class="fine cell-line">{of === 'sme' ? words.ofCompany : words.ofPerson}</span>
              </th>
              <td class="number" data-label={words.records}>
                {formatNumber(records)}
              </td>
              <td data-label={words.stays}>
                <span class="fine">{stays ?? words.nothingStays}</span>
              </td>
              <td>
                <a href={apiUrl(`/privacy/data/${of}/${name}.csv`)} aria-label={words.fileOf(title)} download>
                  {words.file}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Correct() {
  const isSme = currentUser().role === 'sme';
  return (
    <section class="card" aria-labelledby="my-data-correct">
      <h2 id="my-data-correct">{words.correct}</h2>
      <p>{words.correctBody}</p>
      <ul>
        {isSme && (
          <li>
            <a href="/profile">{words.profile}</a>
          </li>
        )}
        <li>
          <a href="/account">{words.account}</a>
        </li>
      </ul>
      <p class="fine">{words.elsewhere}</p>
    </section>
  );
}
