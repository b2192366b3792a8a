import type { Server, Socket } from 'socket.io';
import { z } from 'zod';
import type { RoomView } from '../events/schema.ts';
import type { ClientToServer, ServerToClient } from './protocol.ts';

/** What the live side needs to know of the displays of events. */
export interface DisplayDoor {
  /** The display that a token stands for; null where it is unknown or withdrawn. */
  admit(token: string): Promise<{ displayId: string; eventId: string } | null>;
  /** What a display shows now; null where the event is gone. */
  roomOf(eventId: string): Promise<RoomView | null>;
}

type LiveServer = Server<ClientToServer, ServerToClient>;
type LiveSocket = Socket<ClientToServer, ServerToClient>;

const handshakeSchema = z.strictObject({ display: z.string().min(20).max(200) });
/** At one event: projectors, not an audience. */
const DISPLAYS_MAX = 50;
const channelOf = (eventId: string): string => `event:${eventId}`;
const displayOf = (displayId: string): string => `display:${displayId}`;

/** The token of a display in a handshake; null where it is not one. */
export function displayToken(wire: Pick<LiveSocket, 'handshake'>): string | null {
  const parsed = handshakeSchema.safeParse(wire.handshake.auth);
  return parsed.success ? parsed.data.display : null;
}

/**
 * Sockets of projectors. Nobody is signed in there: they hear what the room shows and nothing else, whole each time, so that what was missed
 * needs no catching up.
 */
export class DisplaySockets {
  readonly #io: LiveServer;
  readonly #door: DisplayDoor;

  constructor(io: LiveServer, door: DisplayDoor) {
    this.#io = io;
    this.#door = door;
  }

  /** Lets a display in and shows it the room; closes the socket where the token is not valid (any more). */
  async open(wire: LiveSocket, token: string): Promise<void> {
    const admitted = await this.#door.admit(token);
    const room = admitted && (await this.#door.roomOf(admitted.eventId));
    if (!admitted || !room || this.#count(admitted.eventId) >= DISPLAYS_MAX) {
      wire.emit('session-ended', 'signed-out');
      wire.disconnect(true);
      return;
    }
    await wire.join([channelOf(admitted.eventId), displayOf(admitted.displayId)]);
    wire.emit('room', room);
  }

  /** True where some display of this process shows the event. */
  isShown(eventId: string): boolean {
    return this.#count(eventId) > 0;
  }

  show(room: RoomView): void {
    this.#io.to(channelOf(room.eventId)).emit('room', room);
  }

  /** Ends a display whose link was withdrawn. */
  end(displayId: string): void {
    const sockets = this.#io.in(displayOf(displayId));
    sockets.emit('session-ended', 'signed-out');
    sockets.disconnectSockets(true);
  }

  #count(eventId: string): number {
    return this.#io.sockets.adapter.rooms.get(channelOf(eventId))?.size ?? 0;
  }
}
