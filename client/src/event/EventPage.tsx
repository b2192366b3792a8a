import { useEffect } from 'preact/hooks';
import type { PageProps } from '../app/page.ts';
import { navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Loading } from '../components/feedback.tsx';
import { MyEventPage } from './MyEventPage.tsx';

/** The address of an event that people pass on: an SME sees its own day there, staff and clusters come to the console. */
export function EventPage(props: PageProps) {
  const isOwnDay = currentUser().role === 'sme';
  const consolePath = `/events/${props.params['eventId'] ?? ''}/console`;
  useEffect(() => {
    if (!isOwnDay) void navigate(consolePath, { replace: true });
  }, [isOwnDay, consolePath]);
  return isOwnDay ? <MyEventPage {...props} /> : <Loading lines={4} />;
}
