import { signal } from '@preact/signals';
import type { ConsentView } from '../../../server/privacy/schema.ts';
import { api } from '../api/request.ts';

/** Whose consents are asked for, and whether any is still to be answered. */
const asked = signal<{ accountId: string; due: boolean } | null>(null);

/** True where this account has something to answer, as far as is known; asks the server once for each account. */
export function consentsDue(accountId: string): boolean {
  return asked.value?.accountId === accountId && asked.value.due;
}

/** Asks whether anything is due; silence on failure, as it is asked again with the next page that needs it. */
export async function askConsents(accountId: string): Promise<void> {
  if (asked.peek()?.accountId === accountId) return;
  const { items } = await api.get<{ items: ConsentView[] }>('/privacy/consents');
  asked.value = { accountId, due: items.some(({ due }) => due) };
}

/** Something was answered, or put off: the reminder goes until the next sign-in. */
export function consentsAnswered(): void {
  const known = asked.peek();
  if (known !== null) asked.value = { ...known, due: false };
}
