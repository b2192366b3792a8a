import type { CommandStartedEvent } from 'mongodb';
import type { Connection } from 'mongoose';
import { Counter, type Registry } from 'prom-client';

/**
 * Counts what is asked of the database, by command and collection, so that a page that asks too much shows. Answers with how to end it: the
 * connection may outlive the server that is measured.
 */
export function measureDatabase(connection: Connection, registry: Registry): () => void {
  const commands = new Counter({
    name: 'database_commands_total',
    help: 'Commands sent to the database since the server started, by command and collection.',
    labelNames: ['command', 'collection'],
    registers: [registry],
  });
  const count = ({ commandName, command }: CommandStartedEvent): void => {
    const of: unknown = command[commandName === 'getMore' ? 'collection' : commandName];
    commands.inc({ command: commandName, collection: typeof of === 'string' ? of : 'none' });
  };
  const client = connection.getClient();
  client.on('commandStarted', count);
  return () => {
    client.off('commandStarted', count);
  };
}
