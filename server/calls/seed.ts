import type { Audit } from '../audit/audit.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { callState, choiceState, IN_FORCE, rulesState } from './audited.ts';
import { shippedCalls, type OpenCall } from './calls.ts';
import type { CallRecord } from './model.ts';
import type { CallStore } from './store.ts';

/** Inserts, unless it is there already. @returns whether it was this process that did */
async function insertOnce(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await insert();
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Puts in the calls that ship with the software and are not there yet, and the newest of them in force where none is. Each is put in
 * once: what staff make of it afterwards stays.
 */
export async function seedCalls(store: CallStore, audit: Audit, clock: () => Date): Promise<void> {
  const [newest, ...older] = shippedCalls();
  if (!newest) throw new Error('server/reference/calls holds no call.');
  await seedCall(newest, 'open');
  for (const call of older) await seedCall(call, 'decided');
  if (await store.choice()) return;
  const first = { _id: newId(), version: 1, callId: newest.id, reason: '', by: null, at: clock() };
  if (!(await insertOnce(() => store.choices.insertMany([first], { lean: true })))) return;
  await audit.record({
    actor: 'system',
    action: 'call-in-force.choose',
    thing: { kind: 'call-in-force', id: IN_FORCE },
    before: null,
    after: choiceState(newest.id),
  });

  async function seedCall({ id, ...rules }: OpenCall, state: CallRecord['state']): Promise<void> {
    const record = {
      _id: newId(),
      callId: id,
      version: 1,
      rules,
      note: 'What the software ships with',
      by: null,
      at: clock(),
    };
    // Rules first: a call without rules is never seen.
    if (await insertOnce(() => store.rules.insertMany([record], { lean: true }))) {
      await audit.record({
        actor: 'system',
        action: 'call-rules.publish',
        thing: { kind: 'call-rules', id },
        before: null,
        after: rulesState(record),
      });
    }
    const call: CallRecord = { _id: id, state, version: 1, opens: rules.opens, createdAt: clock() };
    if (await insertOnce(() => store.calls.insertMany([call], { lean: true }))) {
      await audit.record({
        actor: 'system',
        action: 'call.create',
        thing: { kind: 'call', id },
        before: null,
        after: callState(call),
      });
    }
  }
}
