import { useEffect, useState } from 'preact/hooks';
import { NetworkLost } from '../api/problem.ts';
import { Failure, Loading } from '../components/feedback.tsx';
import type { Page, PageProps, PageRoute } from './page.ts';

const fetched = new Map<string, Page>();

/** Fetches the code of a page when it is first needed, and shows it. */
export function LazyPage({ route, params }: { route: PageRoute } & PageProps) {
  const [, setRound] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (fetched.has(route.path)) return;
    route.load().then(
      (page) => {
        fetched.set(route.path, page);
        setRound((round) => round + 1);
      },
      (error: unknown) => {
        setFailure(new NetworkLost('The page could not be fetched.', { cause: error }));
      },
    );
  }, [route.path, attempt]);
  const Page = fetched.get(route.path);
  if (Page !== undefined) return <Page key={JSON.stringify(params)} params={params} />;
  if (failure === null) return <Loading />;
  return (
    <Failure
      error={failure}
      retry={() => {
        setFailure(null);
        setAttempt((before) => before + 1);
      }}
    />
  );
}
