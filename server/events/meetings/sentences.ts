import type { MeetingNotice } from '../../live/protocol.ts';

/*
 * What changed in somebody's plan and why, in one plain sentence.
 */

/** Name of an SME; one that is gone is called so. */
export type NameOf = (smeId: string) => string;

function what({ round, was, now }: MeetingNotice, table: number | null, nameOf: NameOf): string {
  const at = table === null ? '' : ` at table ${table}`;
  if (now === null) return `your meeting with ${nameOf(was ?? '')} in round ${round} is off`;
  if (was === null) return `in round ${round} you meet ${nameOf(now)}${at}`;
  if (was === now) return `your meeting with ${nameOf(now)} in round ${round} is now${at}`;
  return `in round ${round} you meet ${nameOf(now)}${at} instead of ${nameOf(was)}`;
}

function why({ change, about, smeId }: MeetingNotice, nameOf: NameOf): string {
  const who = about === null ? null : about === smeId ? 'you' : nameOf(about);
  const has = who === 'you' ? 'have' : 'has';
  switch (change) {
    case 'arrival':
      return who === null ? 'as somebody has arrived' : `as ${who} ${has} arrived`;
    case 'departure':
      return who === null ? 'as somebody has left' : `as ${who} ${has} left`;
    case 'no-show':
      return who === null ? 'as somebody did not come' : `as ${who} did not come`;
    case 'agreed':
      return 'as a meeting was agreed on';
    case 'moved-by-staff':
      return 'as staff arranged it';
    case 'published':
      return 'by the new plan';
    case 'replanned':
      return 'as the plan was repaired';
    case 'rescheduled':
      return who === null ? 'as it was asked for' : `as ${who} asked for it`;
    case 'cancelled':
      return 'as it was cancelled';
  }
}

/** `table`: where the new meeting is; null where there is none. */
export function meetingSentence(notice: MeetingNotice, table: number | null, nameOf: NameOf): string {
  const sentence = `${what(notice, table, nameOf)}, ${why(notice, nameOf)}.`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
