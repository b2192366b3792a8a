import { defineRoute, type Route } from '../http/route.ts';
import { presentCall, type OpenCall } from './calls.ts';
import { callSchema } from './schema.ts';

/** The open call in force. */
export function callRoutes(call: OpenCall): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/call',
      id: 'getCall',
      tag: 'Reference',
      summary: 'The open call in force, with its dated rules',
      access: 'signed-in',
      reply: callSchema,
      handle: () => presentCall(call),
    }),
  ];
}
