import { useEffect } from 'preact/hooks';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import { usePages } from '../api/usePages.ts';

/** Every cluster, page after page: few enough to choose from. */
export function useClusters(): readonly ClusterView[] {
  const { items, hasMore, loadingMore, error, more } = usePages<ClusterView>('/clusters', { limit: 100 });
  useEffect(() => {
    if (hasMore && !loadingMore && error === null) more();
  }, [items.length, hasMore, loadingMore, error]);
  return items;
}
