import type { z } from 'zod';
import type { badgeSchema } from '../../../server/events/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { countryName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { t } from '../strings/text.ts';
import './console.css';

/** The sheet of badges to print: who, from where, and the code that checks the company in. */
export function BadgesPage({ params }: PageProps) {
  const pages = usePages<z.infer<typeof badgeSchema>>(`/events/${params['eventId'] ?? ''}/badges`, {
    limit: 100,
  });
  const print = (
    <Button
      kind="primary"
      onClick={() => {
        window.print();
      }}
    >
      {t.console.print}
    </Button>
  );
  return (
    <div class="stack">
      <PageHeading title={t.console.badgesTitle} lead={t.console.badgesLead} actions={print} />
      <PageList
        pages={pages}
        empty={
          <Empty icon="companies" title={t.console.nobody}>
            <p>{t.console.nobodyWhat}</p>
          </Empty>
        }
      >
        {(badges) => (
          <ul class="badge-sheet">
            {badges.map(({ sme, checkInUrl, qrSvg }) => (
              <li key={sme.id}>
                <div>
                  <strong>{sme.name}</strong>
                  <span>{countryName(sme.country)}</span>
                </div>
                <a href={checkInUrl}>
                  <img alt={t.console.scan} src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`} />
                </a>
              </li>
            ))}
          </ul>
        )}
      </PageList>
    </div>
  );
}
