import type { ComponentChildren } from 'preact';
import type { Pages } from '../api/usePages.ts';
import { t } from '../strings/text.ts';
import { Button } from './Button.tsx';
import { Failure, Loading } from './feedback.tsx';

/** A list by pages: loading, empty and failed states, and 'Show more' where there is more. */
export function PageList<T>(props: {
  pages: Pages<T>;
  empty: ComponentChildren;
  children: (items: readonly T[]) => ComponentChildren;
}) {
  const { pages } = props;
  if (pages.loading) return <Loading lines={5} />;
  return (
    <>
      {pages.items.length > 0 && props.children(pages.items)}
      {pages.items.length === 0 && pages.error === null && props.empty}
      {pages.error !== null && (
        <Failure
          error={pages.error}
          retry={pages.items.length > 0 && pages.hasMore ? pages.more : pages.reload}
        />
      )}
      {pages.items.length > 0 && (
        <div class="list-end">
          <p class="fine" role="status">
            {t.common.shownOf(pages.items.length, pages.total)}
          </p>
          {pages.hasMore && (
            <Button onClick={pages.more} busy={pages.loadingMore}>
              {t.common.showMore}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
