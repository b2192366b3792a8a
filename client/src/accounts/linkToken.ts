import { useEffect, useState } from 'preact/hooks';

/** Takes the one-time token out of the address bar, so that it stays neither on the screen nor in the history. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState(null, '', location.pathname + location.search);
  return token;
}

/** The token of the link that opened this page; empty where the page was opened without one. */
export function useLinkToken(): string {
  const [token, setToken] = useState(takeToken);
  useEffect(() => {
    // A second link pasted into the same window changes the hash only.
    const changed = () => {
      const next = takeToken();
      if (next !== '') setToken(next);
    };
    addEventListener('hashchange', changed);
    return () => {
      removeEventListener('hashchange', changed);
    };
  }, []);
  return token;
}
