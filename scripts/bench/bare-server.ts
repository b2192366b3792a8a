/** The peer of the live and start-up measurements: Express and socket.io with nothing behind them. Prints its address. */
import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';

const app = express();
const server = createServer(app);
const io = new Server(server, { serveClient: false });
app.use(express.json({ limit: '1mb' }));
app.get('/readyz', (_req, res) => {
  res.json({ ready: true });
});
/** As many bytes as are asked for. */
app.get('/bytes/:count', (req, res) => {
  res.type('json').send(JSON.stringify('x'.repeat(Math.max(0, Number(req.params.count) - 2))));
});
/** Sends an event of so many bytes to each of as many sockets as there are sizes; beyond the last socket it begins anew. */
app.post('/emit', (req: express.Request<unknown, unknown, { sizes: number[] }>, res) => {
  const { sizes } = req.body;
  const sockets = [...io.sockets.sockets.values()];
  for (const [index, bytes] of sizes.entries()) {
    sockets[index % sockets.length]?.emit('event', { text: 'x'.repeat(bytes) });
  }
  res.json({ sent: sizes.length });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.stdout.write(`ready: http://127.0.0.1:${address.port}\n`);
});
process.once('SIGTERM', () => {
  process.exit(0);
});
