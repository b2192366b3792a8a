import type { CatchUpReply, LiveEvent } from '../../../server/live/protocol.ts';

/**
 * What to do with numbered events that may come late, twice, out of order or not at all. Pure: the socket feeds inputs in, and does
 * what each step says. Every event is handled once and in order; where the server no longer keeps what is missing, the pages load
 * their data again instead.
 */

/** Anything that bears a number of the account's stream. */
interface Numbered {
  readonly seq: number;
}
type Reply<E extends Numbered> = Omit<CatchUpReply, 'events'> & { readonly events: readonly E[] };

export interface SequenceState<E extends Numbered = LiveEvent> {
  /** Number of the last handled event; null until the first answer of the server: then whatever is older is in the loaded page already. */
  readonly handled: number | null;
  /** Events that came before one with a smaller number. */
  readonly early: ReadonlyMap<number, E>;
  readonly connected: boolean;
  /** A catch-up was asked for and is not answered yet. */
  readonly asking: boolean;
  /** The last catch-up was answered, but did not bring the missing number. */
  readonly fruitless: boolean;
}

export type SequenceInput<E extends Numbered = LiveEvent> =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'event'; readonly event: E }
  | { readonly kind: 'reply'; readonly reply: Reply<E> }
  /** The catch-up was refused or not answered in time. */
  | { readonly kind: 'reply-failed' }
  /** Some time after a failed catch-up. */
  | { readonly kind: 'retry' };

export interface SequenceStep<E extends Numbered = LiveEvent> {
  readonly state: SequenceState<E>;
  /** The pages load their data again; before the events of `handle`. */
  readonly reload: boolean;
  /** To be handled now, in this order. */
  readonly handle: readonly E[];
  /** Ask the server for what came after this number; null: nothing to ask. */
  readonly ask: number | null;
}

/** Before the first connection; `handled` is what an earlier page of the same tab had handled. */
export function startSequence<E extends Numbered = LiveEvent>(handled: number | null): SequenceState<E> {
  return { handled, early: new Map(), connected: false, asking: false, fruitless: false };
}

/** The next state, and what is to be done. */
export function nextStep<E extends Numbered = LiveEvent>(
  state: SequenceState<E>,
  input: SequenceInput<E>,
): SequenceStep<E> {
  switch (input.kind) {
    case 'connected':
      return ask({ ...state, connected: true });
    case 'disconnected':
      return quiet({ ...state, connected: false, asking: false });
    case 'reply-failed':
      return quiet({ ...state, asking: false });
    case 'retry':
      return state.connected && !state.asking ? ask(state) : quiet(state);
    case 'event':
      return takeEvent(state, input.event);
    case 'reply':
      return takeReply(state, input.reply);
  }
}

function quiet<E extends Numbered>(state: SequenceState<E>): SequenceStep<E> {
  return { state, reload: false, handle: [], ask: null };
}

function ask<E extends Numbered>(state: SequenceState<E>): SequenceStep<E> {
  return { state: { ...state, asking: true }, reload: false, handle: [], ask: state.handled ?? 0 };
}

function takeEvent<E extends Numbered>(state: SequenceState<E>, event: E): SequenceStep<E> {
  if (state.handled !== null && event.seq <= state.handled) return quiet(state);
  const step = drain({ ...state, early: new Map(state.early).set(event.seq, event) });
  return askIfGap(step);
}

function takeReply<E extends Numbered>(state: SequenceState<E>, reply: Reply<E>): SequenceStep<E> {
  const answered = { ...state, asking: false };
  // The first answer of all: the page was loaded a moment ago, so it is told to load again rather than to live through old events.
  // A number smaller than ours: the server was restored from a backup.
  if (state.handled === null || reply.reload || reply.upTo < state.handled) {
    return askIfGap({ ...settled(drain(jumpTo(answered, reply.upTo))), reload: true });
  }
  const early = new Map(state.early);
  for (const event of reply.events) early.set(event.seq, event);
  const step = drain({ ...answered, early });
  const waiting = Math.max(reply.upTo, ...step.state.early.keys());
  if (waiting <= (step.state.handled ?? 0)) return settled(step);
  if (step.handle.length > 0) return askAgain(settled(step));
  if (!state.fruitless) return askAgain({ ...step, state: { ...step.state, fruitless: true } });
  // Asked twice, answered twice, and the next number is still missing: it will never come.
  return { ...settled(drain(jumpTo(step.state, waiting))), reload: true };
}

function settled<E extends Numbered>(step: SequenceStep<E>): SequenceStep<E> {
  return { ...step, state: { ...step.state, fruitless: false } };
}

/** Everything up to `seq` counts as handled. */
function jumpTo<E extends Numbered>(state: SequenceState<E>, seq: number): SequenceState<E> {
  return { ...state, handled: seq };
}

/** Hands out what is next in line, and forgets what is old. */
function drain<E extends Numbered>(state: SequenceState<E>): SequenceStep<E> {
  if (state.handled === null) return quiet(state);
  let handled = state.handled;
  const handle: E[] = [];
  for (let event = state.early.get(handled + 1); event; event = state.early.get(handled + 1)) {
    handle.push(event);
    handled += 1;
  }
  const early = new Map([...state.early].filter(([seq]) => seq > handled));
  return { state: { ...state, handled, early }, reload: false, handle, ask: null };
}

/** An event that waits for a smaller number means that one was missed. */
function askIfGap<E extends Numbered>(step: SequenceStep<E>): SequenceStep<E> {
  return step.state.early.size > 0 ? askAgain(step) : step;
}

function askAgain<E extends Numbered>(step: SequenceStep<E>): SequenceStep<E> {
  if (!step.state.connected || step.state.asking || step.state.handled === null) return step;
  return { ...step, state: { ...step.state, asking: true }, ask: step.state.handled };
}
