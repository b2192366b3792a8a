import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import { loadCountryLists } from './calls.ts';
import {
  callChoiceSchema,
  callPageSchema,
  callQuerySchema,
  callSchema,
  countryListsSchema,
  newCallSchema,
  rulesChangeSchema,
  rulesVersionPageSchema,
  rulesVersionQuerySchema,
  stateChangeSchema,
} from './schema.ts';
import type { CallService } from './service.ts';

const callPath = z.strictObject({ callId: idSchema });
const tag = 'Calls';

/** Calls: everybody signed in reads those that were opened, staff prepare, change, open and close them. */
export function callRoutes(calls: CallService): Route[] {
  return [...readingRoutes(calls), ...staffRoutes(calls)];
}

function readingRoutes(calls: CallService): Route[] {
  const countryLists = loadCountryLists();
  return [
    defineRoute({
      method: 'get',
      path: '/call',
      id: 'getCallInForce',
      tag,
      summary: 'The call in force, with its dated rules',
      access: 'signed-in',
      reply: callSchema,
      handle: () => calls.current(),
    }),
    defineRoute({
      method: 'get',
      path: '/calls',
      id: 'listCalls',
      tag,
      summary: 'Calls by their opening day; drafts for staff only',
      access: 'signed-in',
      query: callQuerySchema,
      reply: callPageSchema,
      handle: ({ viewer, query }) => calls.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/calls/:callId',
      id: 'getCall',
      tag,
      summary: 'One call with its newest rules',
      access: 'signed-in',
      params: callPath,
      reply: callSchema,
      problems: [404],
      handle: ({ viewer, params }) => calls.get(viewer, params.callId),
    }),
    defineRoute({
      method: 'get',
      path: '/calls/:callId/versions',
      id: 'listCallVersions',
      tag,
      summary: 'Every version of the rules of a call: who published it, when and why',
      access: 'signed-in',
      params: callPath,
      query: rulesVersionQuerySchema,
      reply: rulesVersionPageSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => calls.versions(viewer, params.callId, query),
    }),
    defineRoute({
      method: 'get',
      path: '/country-lists',
      id: 'listCountryLists',
      tag,
      summary: 'Dated lists of countries with their sources, from which the rules of a call can start',
      access: 'signed-in',
      reply: countryListsSchema,
      handle: () => ({ items: countryLists }),
    }),
  ];
}

function staffRoutes(calls: CallService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/calls',
      id: 'addCall',
      tag,
      summary: 'Prepare a call, as a draft',
      access: ['staff'],
      body: newCallSchema,
      reply: callSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => calls.create(viewer, body.id, body.rules),
    }),
    defineRoute({
      method: 'put',
      path: '/calls/:callId/rules',
      id: 'publishCallRules',
      tag,
      summary: 'Publish new rules, as the next version; matching follows where the call is in force',
      access: ['staff'],
      params: callPath,
      body: rulesChangeSchema,
      reply: callSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => calls.change(viewer, params.callId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/calls/:callId/state',
      id: 'setCallState',
      tag,
      summary: 'Open, close or decide a call',
      access: ['staff'],
      params: callPath,
      body: stateChangeSchema,
      reply: callSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => calls.setState(viewer, params.callId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/calls/:callId/in-force',
      id: 'putCallInForce',
      tag,
      summary: 'Put a call in force: matching, events and consortia work on it from now on',
      access: ['staff'],
      params: callPath,
      body: callChoiceSchema,
      reply: callSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => calls.choose(viewer, params.callId, body),
    }),
  ];
}
