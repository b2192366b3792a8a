import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { UserView } from '../../../server/accounts/schema.ts';
import { Dialog } from '../components/Dialog.tsx';
import { announce } from '../components/announce.tsx';
import { sentenceOf } from '../components/feedback.tsx';
import { Icon, Logo } from '../components/Icon.tsx';
import { unreadNews, useUnreadNews } from '../news/unread.ts';
import { LiveStatus } from '../live/LiveStatus.tsx';
import { ConsentReminder } from '../privacy/ConsentReminder.tsx';
import { t } from '../strings/text.ts';
import { isCurrent, navigation, tabsOf } from './navigation.ts';
import type { NavigationGroup, NavigationItem } from './navigation.ts';
import { navigate, place } from './router.ts';
import { signOut } from './session.ts';

async function leave(): Promise<void> {
  try {
    await signOut();
    await navigate('/sign-in');
  } catch (error) {
    announce(sentenceOf(error));
  }
}

/** How much news there is; nothing where everything is read. */
function NewsMark() {
  const count = unreadNews.value;
  if (count === 0) return null;
  return (
    <span class="nav-mark">
      <span aria-hidden="true">{count}</span>
      <span class="visually-hidden">{t.programme.news.unreadCount(count)}</span>
    </span>
  );
}

/** Counts unread news while somebody is signed in. */
function NewsWatch({ accountId }: { accountId: string }) {
  useUnreadNews(accountId);
  return null;
}

function NavigationLink(props: { entry: NavigationItem; onGo?: (() => void) | undefined; narrow?: boolean }) {
  const { entry } = props;
  const current = isCurrent(entry, place.value.path);
  return (
    <a class="nav-link" href={entry.href} aria-current={current ? 'page' : undefined} onClick={props.onGo}>
      <Icon name={entry.icon} />
      <span>{props.narrow === true ? entry.short : entry.label}</span>
      {entry.href === '/news' && <NewsMark />}
    </a>
  );
}

function NavigationGroups(props: { groups: readonly NavigationGroup[]; onGo?: () => void }) {
  const prefix = useId();
  return props.groups.map(({ title, items }, index) => (
    <div
      key={title ?? ''}
      class="nav-group"
      role={title === null ? undefined : 'group'}
      aria-labelledby={title === null ? undefined : `${prefix}-${String(index)}`}
    >
      {title !== null && (
        <p class="nav-title" id={`${prefix}-${String(index)}`}>
          {title}
        </p>
      )}
      {items.map((entry) => (
        <NavigationLink key={entry.href} entry={entry} onGo={props.onGo} />
      ))}
    </div>
  ));
}

function AccountBlock({ user, onGo }: { user: UserView; onGo?: () => void }) {
  return (
    <nav class="account-block" aria-label={t.shell.accountNavigation}>
      <a
        class="account-link"
        href="/account"
        aria-current={place.value.path === '/account' ? 'page' : undefined}
        onClick={onGo}
      >
        <span class="account-name">{user.name}</span>
        <span class="account-role">{user.organisation ?? t.shell.roles[user.role]}</span>
      </a>
      <a
        class="nav-link"
        href="/my-data"
        aria-current={place.value.path === '/my-data' ? 'page' : undefined}
        onClick={onGo}
      >
        <Icon name="lock" />
        <span>{t.shell.pages.myData}</span>
      </a>
      <button type="button" class="nav-link" onClick={() => void leave()}>
        <Icon name="signOut" />
        <span>{t.shell.signOut}</span>
      </button>
    </nav>
  );
}

/** The lower edge of phones: what is used most, within reach of the thumb; the rest behind 'More'. */
function TabBar({ user }: { user: UserView }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  const { tabs, rest } = tabsOf(user.role);
  return (
    <nav class="tab-bar" aria-label={t.shell.mainNavigation}>
      {tabs.map((entry) => (
        <NavigationLink key={entry.href} entry={entry} narrow />
      ))}
      <button
        type="button"
        class="nav-link"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="more" />
        <span>{t.shell.more}</span>
        <NewsMark />
      </button>
      {open && (
        <Dialog title={t.shell.more} kind="sheet" onClose={close}>
          <div class="sheet-links">
            <NavigationGroups groups={rest} onGo={close} />
          </div>
          <AccountBlock user={user} onGo={close} />
        </Dialog>
      )}
    </nav>
  );
}

function Footer() {
  return (
    <footer class="footer" aria-label={t.shell.footer.label}>
      <p>{t.shell.footer.promise}</p>
      <p>
        <a href="/faq">{t.shell.footer.faq}</a> <a href="/api/docs">{t.shell.footer.reference}</a>
      </p>
    </footer>
  );
}

function SkipLink() {
  return (
    <a
      class="skip-link"
      href="#content"
      onClick={(event) => {
        event.preventDefault();
        (
          document.querySelector<HTMLElement>('#content h1') ??
          document.querySelector<HTMLElement>('#content')
        )?.focus();
      }}
    >
      {t.shell.skip}
    </a>
  );
}

/** The frame around every page: brand, navigation by role, content, footer. */
export function Layout({ user, children }: { user: UserView | null; children: ComponentChildren }) {
  return (
    <div class={user === null ? 'shell shell-plain' : 'shell'}>
      <SkipLink />
      {user !== null && <NewsWatch accountId={user.id} />}
      <header class="side">
        <div class="brand-row">
          <a class="brand" href="/">
            <Logo />
            <span>{t.shell.product}</span>
          </a>
          {user === null ? (
            <a class="button button-secondary button-small" href="/sign-in">
              {t.shell.signIn}
            </a>
          ) : (
            <LiveStatus />
          )}
        </div>
        {user !== null && (
          <>
            <nav class="side-nav" aria-label={t.shell.mainNavigation}>
              <NavigationGroups groups={navigation[user.role]} />
            </nav>
            <div class="side-account">
              <AccountBlock user={user} />
            </div>
          </>
        )}
      </header>
      <main class="content" id="content" tabIndex={-1}>
        {user !== null && <ConsentReminder accountId={user.id} />}
        {children}
      </main>
      <Footer />
      {user !== null && <TabBar user={user} />}
    </div>
  );
}

/** The narrow frame of the pages before sign-in. */
export function BareLayout({ children }: { children: ComponentChildren }) {
  return (
    <div class="bare">
      <SkipLink />
      <header class="bare-head">
        <a class="brand brand-large" href="/">
          <Logo />
          <span>{t.shell.product}</span>
        </a>
        <p class="bare-claim">{t.shell.claim}</p>
      </header>
      <main class="bare-card" id="content" tabIndex={-1}>
        {children}
      </main>
      <Footer />
    </div>
  );
}
