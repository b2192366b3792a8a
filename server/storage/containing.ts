import { trusted } from 'mongoose';

/** Condition that a stored text holds what somebody typed, in capitals or not; nothing typed is read as an expression. */
export function containing(typed: string) {
  return trusted({ $regex: typed.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' });
}
