import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import './ambassadors.css';

const words = t.ambassadors.about;

function List({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </section>
  );
}

/** What an ambassador cluster gets and gives, for everybody. */
export function AboutPage(_props: PageProps) {
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        actions={
          <>
            <ButtonLink kind="primary" href="/ambassadors/apply">
              {words.apply}
            </ButtonLink>
            <ButtonLink href="/ambassadors/application">{words.track}</ButtonLink>
          </>
        }
      />
      <div class="stack">
        <div class="ambassador-parts">
          <List title={words.gets} items={words.getsItems} />
          <List title={words.gives} items={words.givesItems} />
          <List title={words.criteria} items={words.criteriaItems} />
          <section class="card">
            <h2>{words.terms}</h2>
            <p>{words.termsBody}</p>
            <p>
              <a href="/project-partners">{words.partners}</a>
            </p>
          </section>
        </div>
      </div>
    </>
  );
}
