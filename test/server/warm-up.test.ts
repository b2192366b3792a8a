import { once } from 'node:events';
import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import mongoose from 'mongoose';
import { createWarmUp } from '../../server/warm-up.ts';
import { startTestApp } from '../support/app.ts';
import { startTestStorage, type TestStorage } from '../support/storage.ts';

const silent = { warn: () => undefined };

/** A step that ends when it is told to. */
function heldStep(name: string, said: string[]) {
  let end: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (end = resolve));
  const warm = async (): Promise<void> => {
    said.push(`${name} begins`);
    await held;
    said.push(`${name} ends`);
  };
  return {
    step: { name, warm },
    end() {
      end();
    },
  };
}

/** Whether a command reads companies with these fields, as copies in memory do, batch by batch. */
function isReadOf(command: object, fields: readonly string[]): boolean {
  const { find, projection = {} } = command as { find?: unknown; projection?: object };
  return find === 'smes' && fields.every((field) => field in projection);
}

interface Rows {
  toArray(): Promise<unknown[]>;
}
type Find = (filter: object, options?: object) => Rows;

/** Lets reads of these fields wait until they are released, as on a slow disk. */
function holdReads(fields: readonly string[]) {
  const { prototype } = mongoose.mongo.Collection;
  const original = Object.getOwnPropertyDescriptor(prototype, 'find');
  if (!original) throw new Error('The driver has another way to read.');
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  let held = 0;
  function slowFind(this: { collectionName: string }, filter: object, options: object = {}): Rows {
    // The method as it was, on the same collection.
    const rows = Reflect.apply(original?.value as Find, this, [filter, options]);
    if (!isReadOf({ find: this.collectionName, ...options }, fields)) return rows;
    held += 1;
    const toArray = rows.toArray.bind(rows);
    rows.toArray = () => gate.then(toArray);
    return rows;
  }
  Object.defineProperty(prototype, 'find', { ...original, value: slowFind });
  return {
    held: () => held,
    release() {
      Object.defineProperty(prototype, 'find', original);
      release();
    },
  };
}

describe('Reading ahead after a start', () => {
  it('goes one step after the other, and nobody waits for it', async () => {
    const said: string[] = [];
    const [first, second] = [heldStep('names', said), heldStep('needs', said)];
    const warmUp = createWarmUp([first.step, second.step], silent);
    warmUp.start();
    said.push('answered');
    first.end();
    second.end();
    // What was begun is waited for; the second step was not.
    await warmUp.stop();
    expect(said).to.deep.equal(['names begins', 'answered', 'names ends']);
  });

  it('goes on behind a step that fails, which is told', async () => {
    const told: object[] = [];
    const later = new Promise<void>((resolve) => {
      const broken = { name: 'names', warm: () => Promise.reject(new Error('the database went away')) };
      const next = {
        name: 'needs',
        async warm() {
          await Promise.resolve();
          resolve();
        },
      };
      createWarmUp([broken, next], { warn: (fields) => told.push(fields) }).start();
    });
    await later;
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.include({ name: 'names' });
  });

  describe('of a server', () => {
    let storage: TestStorage;
    before(async () => {
      storage = await startTestStorage();
    });
    after(() => storage.stop());

    it('takes up the names of all companies before anybody asks, once', async () => {
      const client = storage.storage.connection.getClient();
      const seen = new EventTarget();
      let reads = 0;
      const listener = ({ command }: CommandStartedEvent): void => {
        if (!isReadOf(command, ['searchName', 'clusterId'])) return;
        reads += 1;
        seen.dispatchEvent(new Event('read'));
      };
      client.on('commandStarted', listener);
      const read = once(seen, 'read');
      const app = await startTestApp({ storage });
      try {
        await read;
        const staff = await app.signInAs('staff');
        await staff.agent.get('/api/v1/smes').query({ q: 'a' }).expect(200);
        await staff.agent.get('/api/v1/smes').query({ q: 'b' }).expect(200);
        expect(reads).to.equal(1);
      } finally {
        client.off('commandStarted', listener);
        await app.stop();
      }
    });

    it('holds up no question: names are found while solutions are still being read', async () => {
      const solutions = holdReads(['searchName', 'solutions']);
      const app = await startTestApp({ storage });
      try {
        const staff = await app.signInAs('staff');
        await staff.agent.get('/api/v1/smes').query({ q: 'a' }).expect(200);
        expect(solutions.held()).to.equal(1);
      } finally {
        solutions.release();
        await app.stop();
      }
    });
  });
});
