/** The peer of the live and start-up measurements: Express and socket.io with nothing behind them. Prints its address. */
import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';

const app = express();
const server = createServer(app);
const io = new Server(server, { serveClient: false });
app.use(express.json());
app.get('/readyz', (_req, res) => {
  res.json({ ready: true });
});
/** Sends an event of so many bytes to so many sockets. */
app.post('/emit', (req: express.Request<unknown, unknown, { sockets: number; bytes: number }>, res) => {
  const { sockets, bytes } = req.body;
  const payload = { text: 'x'.repeat(bytes) };
  for (const socket of [...io.sockets.sockets.values()].slice(0, sockets)) socket.emit('event', payload);
  res.json({ sent: sockets });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.stdout.write(`ready: http://127.0.0.1:${address.port}\n`);
});
process.once('SIGTERM', () => {
  process.exit(0);
});
