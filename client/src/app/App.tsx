import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import type { UserView } from '../../../server/accounts/schema.ts';
import { ResumeDialog } from '../accounts/ResumeDialog.tsx';
import { Announcer } from '../components/announce.tsx';
import { ConfirmHost } from '../components/confirm.tsx';
import { Loading } from '../components/feedback.tsx';
import { LazyPage } from './LazyPage.tsx';
import { BareLayout, Layout } from './Layout.tsx';
import { homeOf } from './navigation.ts';
import type { PageRoute } from './page.ts';
import { matchPath } from './matchPath.ts';
import { navigate, place } from './router.ts';
import { routes } from './routes.ts';
import { loadSession, session } from './session.ts';
import { BrokenPage, ForbiddenPage, MissingPage, UnreachablePage } from './states.tsx';

function Redirect({ to }: { to: string }) {
  useEffect(() => {
    void navigate(to, { replace: true });
  }, [to]);
  return <Loading />;
}

/** A fault in a page shows a way on instead of an empty window; the next page starts afresh. */
function Guarded({ children }: { children: ComponentChildren }) {
  const [failed, setFailed] = useState(false);
  useErrorBoundary((fault: unknown) => {
    reportError(fault);
    setFailed(true);
  });
  return failed ? <BrokenPage /> : <>{children}</>;
}

function find(path: string): { route: PageRoute; params: Record<string, string> } | null {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

function signInFirst(): string {
  const { path } = place.value;
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path + location.search)}`;
}

function PageFor({ user }: { user: UserView | null }) {
  const { path } = place.value;
  if (path === '/') return <Redirect to={user === null ? '/sign-in' : homeOf(user.role)} />;
  const found = find(path);
  if (found === null) return <MissingPage />;
  const { route, params } = found;
  if (route.access !== 'everybody') {
    if (user === null) return <Redirect to={signInFirst()} />;
    if (route.access !== 'signed-in' && !route.access.includes(user.role))
      return <ForbiddenPage user={user} />;
  }
  return (
    <Guarded key={path}>
      <LazyPage key={route.path} route={route} params={params} />
    </Guarded>
  );
}

function Frame() {
  const current = session.value;
  if (current.state === 'loading') {
    return (
      <BareLayout>
        <Loading />
      </BareLayout>
    );
  }
  if (current.state === 'unreachable') {
    return (
      <BareLayout>
        <UnreachablePage retry={() => void loadSession()} />
      </BareLayout>
    );
  }
  const user = current.state === 'in' ? current.user : null;
  const frame = find(place.value.path)?.route.frame;
  if (frame === 'wall') return <PageFor user={user} />;
  const bare = frame === 'bare' || (user === null && place.value.path === '/');
  if (bare) {
    return (
      <BareLayout>
        <PageFor user={user} />
      </BareLayout>
    );
  }
  return (
    <Layout user={user}>
      <PageFor user={user} />
    </Layout>
  );
}

export function App() {
  return (
    <>
      <Frame />
      <Announcer />
      <ConfirmHost />
      <ResumeDialog />
    </>
  );
}
