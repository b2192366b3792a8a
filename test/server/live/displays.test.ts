import { expect } from 'chai';
import { io } from 'socket.io-client';
import type { RoomView } from '../../../server/events/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive, type ClientSocket } from '../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';
import { until } from '../../support/until.ts';

describe('displays', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];

  /** A projector: nobody is signed in at it. */
  function project(token: string): {
    socket: ClientSocket;
    rooms: RoomView[];
    heard: string[];
    ended: Promise<string>;
  } {
    const socket: ClientSocket = io(app.url, {
      transports: ['websocket'],
      auth: { display: token },
      extraHeaders: { origin: app.url },
      reconnection: false,
      forceNew: true,
    });
    const rooms: RoomView[] = [];
    const heard: string[] = [];
    socket.on('room', (room) => rooms.push(room));
    socket.onAny((name: string) => heard.push(name));
    const ended = new Promise<string>((resolve) => {
      socket.once('disconnect', resolve);
    });
    return { socket, rooms, heard, ended };
  }
  const link = async (desk: StaffDesk): Promise<{ id: string; token: string }> => {
    const reply = await staff.agent.post(`${desk.path}/displays`).send({ label: 'Hall' }).expect(201);
    const { id, url } = reply.body as { id: string; url: string };
    return { id, token: url.split('#')[1] ?? '' };
  };

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 2);
  });
  after(() => app.stop());

  it('show the room as it is, then as it changes, and hear nothing else', async () => {
    const desk = await StaffDesk.open(app, staff);
    const display = project((await link(desk)).token);
    await until(() => Promise.resolve(display.rooms.length > 0));
    expect(display.rooms[0]?.counters.here).to.equal(0);
    await desk.checkIn(people[0] as Company);
    await staff.agent.post(`${desk.path}/broadcast`).send({ text: 'Welcome' }).expect(200);
    await until(() =>
      Promise.resolve(
        display.rooms.at(-1)?.counters.here === 1 && display.rooms.at(-1)?.broadcast === 'Welcome',
      ),
    );
    expect(new Set(display.heard)).to.deep.equal(new Set(['room']));
    display.socket.disconnect();
  });

  it('go dark at once when their link is withdrawn, and do not come back', async () => {
    const desk = await StaffDesk.open(app, staff);
    const { id, token } = await link(desk);
    const display = project(token);
    await until(() => Promise.resolve(display.rooms.length > 0));
    await staff.agent.delete(`${desk.path}/displays/${id}`).expect(204);
    await display.ended;
    const again = project(token);
    await again.ended;
    expect(again.rooms).to.deep.equal([]);
  });

  it('see their own event only', async () => {
    const [one, other] = [await StaffDesk.open(app, staff), await StaffDesk.open(app, staff)];
    const display = project((await link(one)).token);
    await until(() => Promise.resolve(display.rooms.length > 0));
    await other.checkIn(people[0] as Company);
    await one.checkIn(people[1] as Company);
    await until(() => Promise.resolve(display.rooms.at(-1)?.counters.here === 1));
    expect(display.rooms.every(({ eventId }) => eventId === one.id)).to.equal(true);
    display.socket.disconnect();
  });

  it('may ask for the time and for nothing else', async () => {
    const desk = await StaffDesk.open(app, staff);
    const display = project((await link(desk)).token);
    await until(() => Promise.resolve(display.rooms.length > 0));
    const now = await new Promise<number>((resolve) => display.socket.emit('time', resolve));
    expect(now).to.equal(app.clock().getTime());
    const refused: unknown = await new Promise((resolve) => {
      display.socket.emit('catch-up', { since: 0 }, resolve);
    });
    expect(refused).to.have.property('error');
    display.socket.disconnect();
  });

  it('measure the same time as every signed-in window', async () => {
    const client = await connectLive(app, staff);
    const now = await new Promise<number>((resolve) => client.socket.emit('time', resolve));
    expect(now).to.equal(app.clock().getTime());
    client.close();
  });
});
