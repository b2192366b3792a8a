import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';

/*
 * Problem: a countdown must show the same on every screen, and clocks of phones are off by seconds to minutes.
 * Method (Cristian 1989): ask the server for its time a few times; the answer that came back fastest has the least doubt, and half of its
 * round trip is taken off.
 */

/** How far the server's clock is ahead of this one, in milliseconds. */
const offset = signal(0);
/** Half the round trip of the best answer so far: how far off the offset may be. */
let doubt = Infinity;
const ROUNDS = 5;

/** The server's time now, in milliseconds since 1970. */
export const serverNow = (): number => Date.now() + offset.value;

/** Takes one answer: what the server's clock showed between two moments of this one. */
export function learnTime(server: number, asked: number, answered: number): void {
  const half = (answered - asked) / 2;
  if (half > doubt) return;
  doubt = half;
  offset.value = server - (asked + half);
}

/** Asks a few times; `ask` answers with the server's time, or null where it did not answer. */
export async function measureClock(ask: () => Promise<number | null>): Promise<void> {
  // What was learnt on another line, or long ago, is not trusted over what is learnt now.
  doubt = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = Date.now();
    const server = await ask();
    if (server !== null) learnTime(server, asked, Date.now());
  }
}

/** The server's time, anew at each full second of it, so that all screens turn over together. */
export function useServerNow(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const turn = (): void => {
      setNow(serverNow());
      timer = setTimeout(turn, 1000 - (serverNow() % 1000));
    };
    turn();
    return () => {
      clearTimeout(timer);
    };
  }, [offset.value]);
  return now;
}

/** Time left until an instant as minutes and seconds, such as 4:05; 0:00 once it is over. */
export function timeLeft(untilIso: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((new Date(untilIso).getTime() - now) / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
