import type { Connection, Model, Schema } from 'mongoose';

/**
 * The model of a collection on one connection, made once: compiling one takes as long as a question to the database. A name belongs to one
 * schema, whose records are of the type named here.
 */
export function modelOn<T>(connection: Connection, name: string, schema: Schema<T>): Model<T> {
  // mongoose keeps models by name, without their type.
  const made = connection.models[name] as Model<T> | undefined;
  return made ?? connection.model<T>(name, schema);
}
