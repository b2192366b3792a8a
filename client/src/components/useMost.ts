import { useRef } from 'preact/hooks';

/** The largest value so far: what hangs on it does not go away while a list is read anew. */
export function useMost(value: number): number {
  const most = useRef(value);
  most.current = Math.max(most.current, value);
  return most.current;
}
