import { maxDocumentBytes } from '../collection.ts';
import type { Command } from './context.ts';

/** Says 7.0. 25 (8.0) would make drivers use the `bulkWrite` command, which is not served. */
const maxWireVersion = 21;

const hello: Command = {
  // what a driver says of itself in its greeting changes nothing here
  fields: [
    'helloOk',
    'client',
    'compression',
    'backpressure',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'topologyVersion',
    'maxAwaitTimeMS',
  ],
  run: (request, { connectionId }) => ({
    // a standalone: no set name, so no transaction numbers; no topologyVersion, so the driver polls
    ...(request.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    helloOk: true,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  }),
};

const ping: Command = { fields: [], run: () => ({}) };

const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: '7.0.0',
    versionArray: [7, 0, 0, 0],
    modules: ['tandem-embedded'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: maxDocumentBytes,
  }),
};

const endSessions: Command = { fields: [], run: () => ({}) };

export const greetingCommands: Readonly<Record<string, Command>> = {
  hello,
  ismaster: hello,
  isMaster: hello,
  ping,
  buildInfo,
  buildinfo: buildInfo,
  endSessions,
};
