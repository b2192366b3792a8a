import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { ROLES } from '../../../server/accounts/schema.ts';
import { problemSchema } from '../../../server/http/schema.ts';
import type { Route } from '../../../server/http/route.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { StaffDesk } from '../../support/event.ts';
import { nearlyBodies } from '../../support/shapes.ts';
import { staff as staffViewer } from '../smes/support.ts';

/**
 * Throws shapes at every route, as every role: nothing that comes from outside may end in a 5xx, and every refusal is problem details.
 * Routes are taken from the running app, so new ones are covered by themselves.
 */
const RUNS_PER_ROUTE = 30;
/** For all routes together; once it is over, which it is on a slow machine, each route that is left gets a few shots only. */
const TIME_MS = 60_000;
const RUNS_WHEN_LATE = 3;
/** For one route: enough for a shot on a slow machine, the sign-in included. */
const ROUTE_MS = 10_000;

const nasty = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  '../../etc/passwd',
  '%',
  '%00',
  '%E0%A4%A',
  "' OR 1=1 --",
  '{"$gt":""}',
  '$where',
  '__proto__',
  'constructor',
  'NaN',
  '-1',
  '1e309',
  '999999999999999999999',
  '\u202E',
  '\uD800',
  '💥'.repeat(50),
  'a'.repeat(5_000),
  '(((((a+)+)+)+)+$',
  '[',
  '*',
  '2026-02-30T25:61:61Z',
  'null',
  'undefined',
  '[object Object]',
);
/** What stands in paths: real ids of this run (put in at the shot), and anything else. */
const REAL_SME = 'real-sme';
const REAL_CLUSTER = 'real-cluster';
const REAL_EVENT = 'real-event';
const id = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(REAL_SME, REAL_CLUSTER, REAL_EVENT) },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/) },
  { weight: 2, arbitrary: nasty },
  fc.string({ unit: 'binary', maxLength: 80 }),
);

/** Names that some route knows, so that values land where they are read. */
const knownName = fc.constantFrom(
  ...[
    'email',
    'password',
    'name',
    'token',
    'role',
    'clusterId',
    'smeId',
    'organisation',
    'profile',
    'country',
    'website',
  ],
  ...[
    'currentPassword',
    'newPassword',
    'version',
    'values',
    'reason',
    'partnerId',
    'kind',
    'region',
    'solutions',
    'needs',
  ],
  ...[
    'declaration',
    'languages',
    'conflicts',
    'mergeRows',
    'baseVersion',
    'weights',
    'note',
    'since',
    'limit',
    'cursor',
  ],
);
const key = fc.oneof(knownName, nasty, fc.string({ maxLength: 12 }));
const leaf = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('staff', 'sme', 'cluster', 'demand', 'FR', 'a@example.eu', 'x'.repeat(43)),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('json'), { maxLength: 5 }),
    fc
      .uniqueArray(fc.tuple(key, tie('json')), { maxLength: 6, selector: ([name]) => name })
      .map(Object.fromEntries),
  ),
}));

const query = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom('limit', 'cursor', 'q', 'sort', 'country', 'state', 'role', 'clusterId', 'since'),
      key,
    ),
    fc.oneof(nasty, fc.string({ maxLength: 30 })),
  ),
  { maxLength: 5 },
);
const contentType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'text/csv',
      'text/csv; charset=utf-16',
      'application/json; charset=utf-7',
      'multipart/form-data',
      'text/plain',
      ';;;',
    ),
  },
);
const oddHeaders = fc.record(
  {
    'If-Match': fc.constantFrom('"1"', '1', '*', 'W/"1"', '"', '"99999999999999999999"', '"-1"', 'x'),
    Accept: fc.constantFrom('text/html', '*/*', 'application/xml', ';', 'a/b;q=x'),
    'Content-Encoding': fc.constantFrom('gzip', 'br', 'identity', 'rot13'),
    Cookie: fc.constantFrom('sid=', 'sid=s%3Ax.y', 'sid=%', '__Host-sid=a; sid=b'),
    'If-None-Match': fc.constantFrom('*', 'W/"x"', '"'),
    'Accept-Language': fc.constantFrom('*', 'x'.repeat(500)),
    Range: fc.constantFrom('bytes=0-0', 'bytes=9-1', 'x'),
  },
  { requiredKeys: [] },
);
// mostly plain ones, or the body would hardly ever be looked at
const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ 'If-Match': '"1"' }) },
  { weight: 1, arbitrary: oddHeaders },
);
const anyBody = fc.oneof(
  { weight: 4, arbitrary: json.map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200 }).map((text) => Buffer.from(text)) },
);

function bodyOf(route: Route): fc.Arbitrary<Buffer> {
  if (route.body === undefined) return anyBody;
  // `undefined` (no body at all) is a shape too
  const nearly = nearlyBodies(route.body, json).map((value) =>
    Buffer.from(value === undefined ? '' : JSON.stringify(value)),
  );
  return fc.oneof({ weight: 3, arbitrary: nearly }, { weight: 1, arbitrary: anyBody });
}

interface Shot {
  ids: string[];
  query: [string, string][];
  headers: Record<string, string | undefined>;
  contentType: string;
  body: Buffer;
}

function encoded(text: string): string {
  // lone surrogates cannot be encoded: they are sent as the text that a sloppy client would make of them
  return /%[^0-9a-f]|%$|%.[^0-9a-f]|%.$/i.test(text)
    ? text.replaceAll('/', '')
    : encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''));
}

/** `ids` stand in the path one after the other, encoded. */
function urlOf(base: string, route: Route, shot: Shot): string {
  let position = 0;
  const path = route.path.replace(/:\w+/g, () => encoded(shot.ids[position++] ?? 'x') || 'x');
  const search = shot.query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  return `${base}/api/v1${path}${search === '' ? '' : `?${search}`}`;
}

describe('every route', function () {
  this.timeout(400_000);
  let app: TestApp;
  const cookies = new Map<string, string>();

  let real: { smeId: string; clusterId: string; eventId: string };

  async function cookieFor(role: (typeof ROLES)[number]): Promise<string> {
    const person =
      role === 'cluster' ? { clusterId: real.clusterId } : role === 'sme' ? { smeId: real.smeId } : {};
    const { agent } = await app.signInAs(role, person);
    const { headers: reply } = await agent.get('/api/v1/session');
    return String([reply['set-cookie']].flat()[0]).split(';')[0] ?? '';
  }

  before(async () => {
    app = await startTestApp();
    const input = { country: 'FR', region: null, website: null, kind: 'ambassador' as const };
    const { id: clusterId } = await app.tandem.services.clusters.create(staffViewer, {
      ...input,
      name: 'Cluster of Provence',
    });
    const staff = await app.signInAs('staff');
    const body: unknown = (
      await staff.agent
        .post('/api/v1/smes')
        .send({ clusterId, profile: { name: 'Sensors of Provence', country: 'FR' } })
        .expect(201)
    ).body;
    const { id: eventId } = await StaffDesk.open(app, staff);
    real = { clusterId, eventId, smeId: z.object({ id: z.string() }).parse(body).id };
  });
  after(() => app.stop());

  async function shoot(route: Route, role: (typeof ROLES)[number] | null, shot: Shot): Promise<void> {
    if (role !== null && !cookies.has(role)) cookies.set(role, await cookieFor(role));
    const sent: Record<string, string> = { Origin: app.url, 'Content-Type': shot.contentType };
    const cookie = role === null ? undefined : cookies.get(role);
    if (cookie !== undefined) sent['Cookie'] = cookie;
    for (const [name, value] of Object.entries(shot.headers)) {
      if (value !== undefined && !(name === 'Cookie' && role !== null)) sent[name] = value;
    }
    const takesBody = route.method !== 'get';
    const ids = shot.ids.map((word) =>
      word === REAL_SME
        ? real.smeId
        : word === REAL_CLUSTER
          ? real.clusterId
          : word === REAL_EVENT
            ? real.eventId
            : word,
    );
    const response = await fetch(urlOf(app.url, route, { ...shot, ids }), {
      method: route.method.toUpperCase(),
      headers: sent,
      redirect: 'manual',
      ...(takesBody ? { body: new Uint8Array(shot.body) } : {}),
    });
    const text = await response.text();
    const what = `${role ?? 'nobody'}: ${route.id} answered ${String(response.status)} ${text.slice(0, 300)}`;
    if (response.status === 401 && role !== null) cookies.delete(role);
    expect(response.status, what).to.be.below(500);
    if (response.status >= 400) {
      expect(response.headers.get('content-type'), what).to.equal('application/problem+json; charset=utf-8');
      expect(problemSchema.parse(JSON.parse(text)).status, what).to.equal(response.status);
    }
  }

  it('refuses whatever is thrown at it with a clear problem, never with a 5xx', async () => {
    const seed = Number(process.env['FUZZ_SEED'] ?? randomBytes(4).readInt32BE());
    const role = fc.constantFrom(null, ...ROLES);
    const ids = fc.array(id, { minLength: 3, maxLength: 3 });
    const end = performance.now() + TIME_MS;
    for (const route of app.tandem.routes) {
      const shot = fc.record({ ids, query, headers, contentType, body: bodyOf(route) });
      await fc.assert(
        fc.asyncProperty(role, shot, (who, what) => shoot(route, who, what)),
        {
          seed,
          numRuns: performance.now() < end ? RUNS_PER_ROUTE : RUNS_WHEN_LATE,
          interruptAfterTimeLimit: ROUTE_MS,
        },
      );
    }
  });
});
