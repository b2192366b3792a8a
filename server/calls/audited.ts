import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import type { CallRecord, CallRulesRecord } from './model.ts';
import { CallStore } from './store.ts';

/** State of a call, of its rules, and which call is in force, as the log of decisions holds them: three things that are decided apart. */
export const callState = ({ state }: Pick<CallRecord, 'state'>): AuditedState => ({ state });
export const rulesState = ({ version, rules }: Pick<CallRulesRecord, 'version' | 'rules'>): AuditedState => ({
  version,
  rules: { ...rules },
});
export const choiceState = (callId: string): AuditedState => ({ callId });
/** Id under which the choice of the call in force stands in the log. */
export const IN_FORCE = 'in-force';

/** The same states, read from the database. */
export function auditedCalls(connection: Connection): AuditedThings[] {
  const store = new CallStore(connection);
  const all = async (): Promise<CallRecord[]> => store.calls.find().lean<CallRecord[]>().exec();
  return [
    { kind: 'call', states: async () => new Map((await all()).map((call) => [call._id, callState(call)])) },
    {
      kind: 'call-rules',
      async states() {
        const newest = await store.newestOf((await all()).map(({ _id }) => _id));
        return new Map([...newest].map(([id, record]) => [id, rulesState(record)]));
      },
    },
    {
      kind: 'call-in-force',
      async states() {
        const choice = await store.choice();
        return new Map(choice ? [[IN_FORCE, choiceState(choice.callId)]] : []);
      },
    },
  ];
}
