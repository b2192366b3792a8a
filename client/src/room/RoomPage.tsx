import { useEffect, useState } from 'preact/hooks';
import type { RoomView } from '../../../server/events/schema.ts';
import type { PageProps } from '../app/page.ts';
import { Empty, Loading } from '../components/feedback.tsx';
import { timeLeft, useServerNow } from '../live/serverClock.ts';
import { t } from '../strings/text.ts';
import { CountryNetwork } from './CountryNetwork.tsx';
import './room.css';
import { useRoom } from './useRoom.ts';

/** How many tables fit on the wall at once, and how long they stay before the next ones come. */
const TABLES_SHOWN = 18;
/** Up to so many tables there is room for whole names, and for larger letters. */
const FEW_TABLES = 10;
const TURN_AFTER_MS = 10_000;
const LAST_MINUTES_MS = 5 * 60_000;

/** The projector: the room as everybody may see it. Read from the back row, so little and large. */
export function RoomPage({ params }: PageProps) {
  const token = location.hash.slice(1);
  const { room, connected, error } = useRoom(params['eventId'] ?? '', token === '' ? null : token);
  if (room === null) {
    return (
      <main class="room room-empty" id="content" tabIndex={-1}>
        {error === null ? (
          <Loading />
        ) : (
          <Empty icon="warning" title={t.room.noLink} heading>
            <p>{t.room.noLinkWhat}</p>
          </Empty>
        )}
      </main>
    );
  }
  // No table is left to find: what came of the day has the place.
  const over = room.state === 'ended' || (room.runningRound === null && room.nextRound === null);
  return (
    <main class="room" id="content" tabIndex={-1}>
      <header class="room-head">
        <h1>{room.name}</h1>
        <Status room={room} />
      </header>
      {room.broadcast !== null && (
        <p class="room-broadcast" role="status">
          {room.broadcast}
        </p>
      )}
      {over ? <CameOfIt newest={room.newest} /> : <Tables room={room} />}
      <section class="room-side" aria-label={t.room.network}>
        <Counters counters={room.counters} />
        <CountryNetwork links={room.links} />
        {!over && <Newest newest={room.newest} />}
      </section>
      {!connected && token !== '' && <p class="room-line">{t.room.reconnecting}</p>}
    </main>
  );
}

/** What the room waits for: the end of the round, the begin of the next one, or nothing any more. */
function Status({ room }: { room: RoomView }) {
  const now = useServerNow();
  const { runningRound, nextRound } = room;
  if (room.state === 'paused' || room.state === 'ended' || room.state === 'cancelled') {
    return <p class="room-status">{t.room[room.state]}</p>;
  }
  if (runningRound !== null) {
    const last = new Date(runningRound.endsAt).getTime() - now <= LAST_MINUTES_MS;
    return (
      <p class={last ? 'room-status room-last' : 'room-status'}>
        <span>{t.room.round(runningRound.number, room.rounds)}</span>{' '}
        <strong class="room-time">{timeLeft(runningRound.endsAt, now)}</strong>{' '}
        <span>{last ? t.room.lastMinutes : t.room.left}</span>
      </p>
    );
  }
  if (nextRound !== null) {
    return (
      <p class="room-status">
        <span>{t.room.nextRound(nextRound.number)}</span>{' '}
        <strong class="room-time">{timeLeft(nextRound.startsAt, now)}</strong>
      </p>
    );
  }
  const doors = room.state === 'open' ? t.room.allDone : t.room.doorsSoon;
  return <p class="room-status">{doors}</p>;
}

/** Whose place is where; more than fit come in turn. */
function Tables({ room }: { room: RoomView }) {
  const pages = Math.max(1, Math.ceil(room.tables.length / TABLES_SHOWN));
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (pages === 1) return undefined;
    const timer = setInterval(() => {
      setTurn((before) => before + 1);
    }, TURN_AFTER_MS);
    return () => {
      clearInterval(timer);
    };
  }, [pages]);
  const page = turn % pages;
  const shown = room.tables.slice(page * TABLES_SHOWN, (page + 1) * TABLES_SHOWN);
  const title = room.runningRound === null ? t.room.tablesNext : t.room.tablesNow;
  return (
    <section class="room-tables" aria-label={title}>
      <h2>
        {title} {pages > 1 && <span class="fine">{t.room.page(page + 1, pages)}</span>}
      </h2>
      {room.tables.length === 0 ? (
        <p class="room-none">{t.room.noTables}</p>
      ) : (
        <ol class={shown.length <= FEW_TABLES ? 'room-few' : undefined}>
          {shown.map(({ table, a, b }) => (
            <li key={table}>
              <span class="room-table" aria-label={t.room.table(table)}>
                {table}
              </span>
              <Side {...a} />
              <Side {...b} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Side({ name, country }: { name: string; country: string }) {
  return (
    <span class="room-name">
      <span class="room-country">{country}</span> {name}
    </span>
  );
}

function Counters({ counters }: { counters: RoomView['counters'] }) {
  const shown = ['here', 'countries', 'meetings', 'wanted', 'consortia'] as const;
  return (
    <dl class="room-counters">
      {shown.map((name) => (
        <div key={name}>
          <dd>{counters[name]}</dd>
          <dt>{t.room[name]}</dt>
        </div>
      ))}
    </dl>
  );
}

/** The consortia of the day, in large letters. */
function CameOfIt({ newest }: { newest: RoomView['newest'] }) {
  return (
    <section class="room-tables" aria-label={t.room.cameOfIt}>
      <h2>{t.room.cameOfIt}</h2>
      {newest.length === 0 ? (
        <p class="room-none">{t.room.noConsortia}</p>
      ) : (
        <ul class="room-few room-formed">
          {newest.map(({ a, b, countries, at }) => (
            <li key={`${a} ${b} ${at}`}>
              <Side name={a} country={countries[0] ?? ''} />
              <Side name={b} country={countries[1] ?? ''} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Newest({ newest }: { newest: RoomView['newest'] }) {
  if (newest.length === 0) return null;
  return (
    <div class="room-newest">
      <h2>{t.room.newest}</h2>
      <ul>
        {newest.slice(0, 4).map(({ a, b, countries, at }) => (
          <li key={`${a} ${b} ${at}`}>
            {a} + {b} <span class="room-country">{countries.join(' · ')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
