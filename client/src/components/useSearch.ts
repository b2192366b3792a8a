import { useEffect, useState } from 'preact/hooks';
import { usePages } from '../api/usePages.ts';
import type { Option } from './Combobox.tsx';
import { countryName } from './format.ts';

/** Typing settles for this long before the server is asked. */
const settleMs = 200;

/** `value` once it has not changed for a moment. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, settleMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}

/** What clusters and companies have in common in a list. */
interface Named {
  id: string;
  name: string;
  country: string;
}

/** Clusters or companies whose name fits what is typed, as options for a Combobox. */
export function useSearch(path: '/clusters' | '/smes', query: string, clusterId?: string): readonly Option[] {
  const pages = usePages<Named>(path, { q: useSettled(query.trim()), clusterId, limit: 20 });
  return pages.items.map((item) => ({ id: item.id, label: item.name, detail: countryName(item.country) }));
}
