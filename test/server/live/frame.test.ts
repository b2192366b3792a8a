import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { textFrame } from '../../../server/live/frame.ts';

describe('a message as a frame', () => {
  const server = new Server({ transports: ['websocket'] });
  let client: Socket;
  before(async () => {
    const http = createServer();
    server.attach(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address with one.
    const { port } = http.address() as AddressInfo;
    client = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
    });
  });
  after(async () => {
    client.disconnect();
    await server.close();
  });

  it('is read by a client as it was written, whatever its length', async () => {
    // Lengths of the whole message around those at which the head of a frame grows, and one of many bytes a letter.
    const around = [125, 126, 127, 65_535, 65_536].map((length) =>
      'x'.repeat(length - '42["event",""]'.length),
    );
    const texts = ['', ...around, 'é…'.repeat(50_000)];
    const received: string[] = [];
    await new Promise<void>((resolve, reject) => {
      client.on('event', (text: string) => {
        received.push(text);
        if (received.length === texts.length) resolve();
      });
      client.on('disconnect', (reason) => {
        reject(new Error(`The client was cut off: ${reason}.`));
      });
      server.on('connection', ({ conn }) => {
        try {
          for (const text of texts) {
            const parts = ['42["event",', JSON.stringify(text), ']'].map((part) => Buffer.from(part));
            const options: { compress?: boolean; wsPreEncodedFrame: Buffer[] } = {
              wsPreEncodedFrame: [textFrame(parts)],
            };
            conn.write('', options);
          }
        } catch (error) {
          reject(new Error('A frame could not be written.', { cause: error }));
        }
      });
      client.connect();
    });
    expect(received).to.deep.equal(texts);
  });
});
