import { maxDocumentBytes } from '../collection.ts';
import type { Command } from './call.ts';

const limits = {
  maxBsonObjectSize: maxDocumentBytes,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
};

const hello: Command = {
  // what a driver says of itself changes nothing here
  fields: ['helloOk', 'client', 'compression', 'backpressure', 'loadBalanced', 'saslSupportedMechs'],
  run: ({ name, context }) => ({
    // a standalone: no set name, so no transaction numbers; no topologyVersion, so the driver polls
    [name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    helloOk: true,
    ...limits,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: context.connectionId,
    minWireVersion: 0,
    // 7.0; with 25 (8.0) drivers would use the `bulkWrite` command, which is not served
    maxWireVersion: 21,
    readOnly: false,
  }),
};

const buildInfo: Command = {
  fields: [],
  run: () => ({ version: '7.0.0', modules: ['tandem-embedded'] }),
};

const nothing: Command = { fields: [], run: () => ({}) };

export const greetingCommands = {
  hello,
  ismaster: hello,
  ping: nothing,
  endSessions: nothing,
  buildInfo,
};
