import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import supertest from 'supertest';
import { problemSchema } from '../../../server/http/schema.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';

/** An answer is problem details with this status and code. */
function expectProblem(
  response: { status: number; body: unknown; headers: Record<string, unknown> },
  status: number,
  code: string,
) {
  expect(response.status).to.equal(status);
  expect(response.headers['content-type']).to.equal('application/problem+json; charset=utf-8');
  const problem = problemSchema.parse(response.body);
  expect(problem).to.include({ status, code });
  expect(problem.requestId).to.equal(response.headers['x-request-id']);
}

/** A request as no client library would send it. */
function rawGet(url: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, agent: false }, (response) => {
      response.resume();
      response.once('end', () => {
        resolve(response.statusCode ?? 0);
      });
    })
      .once('error', reject)
      .end();
  });
}

describe('the border of the server', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  describe('problems', () => {
    const post = (body: string, type = 'application/json') =>
      app.agent().post('/api/v1/session').set('Content-Type', type).send(body);

    it('are problem details for every kind of wrong request', async () => {
      expectProblem(await app.agent().get('/api/v1/nothing'), 404, 'not-found');
      expectProblem(await app.agent().get('/api/v1/accounts'), 401, 'not-signed-in');
      expectProblem(await app.agent().patch('/api/v1/session'), 405, 'method-not-allowed');
      expectProblem(await post('{"email":'), 400, 'invalid-json');
      expectProblem(
        await post('email=a', 'application/x-www-form-urlencoded'),
        415,
        'unsupported-media-type',
      );
      expectProblem(await post('{}', 'application/json; charset=klingon'), 415, 'unsupported-charset');
      expectProblem(await post(JSON.stringify({ email: 'a'.repeat(102_400) })), 413, 'too-large');
      expectProblem(await post('{}'), 400, 'invalid-request');
      expectProblem(
        await staff.agent.get('/api/v1/accounts').query({ limit: '101' }),
        400,
        'invalid-request',
      );
      expectProblem(
        await staff.agent.get('/api/v1/accounts').query({ unknown: 'x' }),
        400,
        'invalid-request',
      );
      expectProblem(await staff.agent.get('/api/v1/accounts?limit=1&limit=2'), 400, 'invalid-request');
      expectProblem(await staff.agent.delete('/api/v1/invitations/%E0%A4%A'), 400, 'invalid-url');
    });

    it('say with a 405 which methods there are', async () => {
      const { headers } = await app.agent().put('/api/v1/session').expect(405);
      expect(headers['allow']).to.equal('GET, HEAD, POST, DELETE');
      const options = await app.agent().options('/api/v1/session').expect(204);
      expect(options.headers['allow']).to.equal('GET, HEAD, POST, DELETE');
    });

    it('hide everything about a fault of our own but its number', async () => {
      const broken = await startTestApp();
      try {
        // an account whose password hash is damaged is a fault that nobody planned for
        const { email } = await broken.createAccount('demand');
        await broken.storage.storage.connection
          .collection('accounts')
          .updateOne({ email }, { $set: { passwordHash: 'damaged' } });
        const response = await broken
          .agent()
          .post('/api/v1/session')
          .send({ email, password: TEST_PASSWORD });
        expectProblem(response, 500, 'internal');
        expect(Object.keys(response.body as object).sort()).to.deep.equal([
          'code',
          'requestId',
          'status',
          'title',
          'type',
        ]);
      } finally {
        await broken.stop();
      }
    });

    it('survive addresses that are not even addresses', async () => {
      for (const path of [
        '/%',
        '/api/v1/%00',
        '//evil.example/api',
        '/api/v1/../../etc/passwd',
        '/..%2f..%2fetc%2fpasswd',
      ]) {
        expect(await rawGet(app.url, path), path)
          .to.be.within(400, 503)
          .and.not.equal(500);
      }
    });
  });

  describe('bodies', () => {
    const post = (body: string) =>
      app.agent().post('/api/v1/session').set('Content-Type', 'application/json').send(body);

    it('may hold no database operators and nothing that reaches into prototypes, at any depth', async () => {
      const bodies = {
        $gt: '{"email":{"$gt":""},"password":"x"}',
        __proto__: '{"__proto__":{"admin":true},"email":"a@b.eu","password":"x"}',
        constructor: '{"email":"a@b.eu","password":{"constructor":{"prototype":{}}}}',
        prototype: '{"list":[{"prototype":1}]}',
        $where: '[{"a":[{"$where":"1"}]}]',
      };
      for (const [key, body] of Object.entries(bodies)) {
        const response = await post(body);
        expectProblem(response, 400, 'invalid-request');
        expect((response.body as { detail: string }).detail, body).to.include(`"${key}"`);
      }
      expect(({} as Record<string, unknown>)['admin']).to.equal(undefined);
    });

    it('may not be nested without end', async () => {
      expectProblem(await post(`${'['.repeat(50_000)}${']'.repeat(50_000)}`), 400, 'invalid-request');
      expectProblem(await post(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), 400, 'invalid-request');
    });

    it('are refused with fields that nobody asked for', async () => {
      const response = await app
        .agent()
        .post('/api/v1/session')
        .send({ email: 'a@b.eu', password: 'x', role: 'staff' });
      expectProblem(response, 400, 'invalid-request');
    });

    it('are not read for those who may not call', async () => {
      const response = await app
        .agent()
        .post('/api/v1/invitations')
        .set('Content-Type', 'text/plain')
        .send('{');
      expectProblem(response, 401, 'not-signed-in');
    });
  });

  describe('changes from other sites', () => {
    const change = (headers: Record<string, string>) =>
      supertest(app.url).post('/api/v1/password-resets').set(headers).send({ email: 'nobody@example.eu' });

    it('are refused, whatever the browser tells', async () => {
      for (const site of ['cross-site', 'same-site', 'none']) {
        expectProblem(await change({ 'Sec-Fetch-Site': site }), 403, 'cross-site');
      }
      expectProblem(await change({ 'Sec-Fetch-Site': 'cross-site', Origin: app.url }), 403, 'cross-site');
      expectProblem(await change({}), 403, 'cross-site');
      for (const origin of [
        'https://evil.example',
        'null',
        `${app.url}.evil.example`,
        'http://localhost:1',
      ]) {
        expectProblem(await change({ Origin: origin }), 403, 'cross-site');
      }
    });

    it('are told from our own by Sec-Fetch-Site, or by Origin where that is missing', async () => {
      await change({ 'Sec-Fetch-Site': 'same-origin' }).expect(202);
      await change({ Origin: app.url }).expect(202);
      await change({ Origin: app.tandem.address.publicUrl() }).expect(202);
    });

    it('are not held up where they only read', async () => {
      await supertest(app.url).get('/api/v1/session').set('Sec-Fetch-Site', 'cross-site').expect(200);
    });
  });

  describe('headers', () => {
    it('allow our own files only, no frames, no sniffing, no referrer, no powered-by', async () => {
      for (const path of ['/', '/api/v1/session', '/healthz', '/api/v1/nothing']) {
        const { headers } = await app.agent().get(path);
        const policy = String(headers['content-security-policy']);
        for (const part of [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ]) {
          expect(policy, path).to.include(part);
        }
        expect(policy).not.to.include('unsafe');
        expect(headers).to.include({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
        expect(headers).not.to.have.any.keys(
          'x-powered-by',
          'strict-transport-security',
          'access-control-allow-origin',
        );
      }
    });

    it('let no cache keep what the API answers', async () => {
      for (const path of ['/api/v1/session', '/api/v1/accounts', '/api/v1/nothing']) {
        expect((await staff.agent.get(path)).headers['cache-control'], path).to.equal('no-store');
      }
    });
  });

  describe('rates', () => {
    it('are limited for each account, with the standard headers', async () => {
      const small = await startTestApp({ env: { REQUESTS_PER_MINUTE: '10' } });
      try {
        const { agent } = await small.signInAs('demand');
        let last = await agent.get('/api/v1/session');
        for (let sent = 1; sent < 12 && last.status === 200; sent += 1)
          last = await agent.get('/api/v1/session');
        expectProblem(last, 429, 'too-many-requests');
        expect(last.headers).to.include.keys('retry-after', 'ratelimit', 'ratelimit-policy');
        // another account at the same address goes on
        const other = await small.signInAs('demand');
        await other.agent.get('/api/v1/session').expect(200);
        await small.agent().get('/healthz').expect(200);
      } finally {
        await small.stop();
      }
    });

    it('do not believe an address that the visitor wrote into the request', async () => {
      const small = await startTestApp({ env: { REQUESTS_PER_MINUTE: '10' } });
      try {
        const statuses: number[] = [];
        for (let sent = 0; sent < 12; sent += 1) {
          const address = `203.0.113.${String(sent)}`;
          statuses.push((await small.agent().get('/api/v1/session').set('X-Forwarded-For', address)).status);
        }
        expect(statuses.at(-1)).to.equal(429);
      } finally {
        await small.stop();
      }
    });
  });

  describe('health and metrics', () => {
    it('say that the process lives and that it can serve', async () => {
      expect((await app.agent().get('/healthz').expect(200)).body).to.deep.equal({ status: 'ok' });
      expect((await app.agent().get('/readyz').expect(200)).body).to.deep.equal({ status: 'ready' });
    });

    it('are for this machine, or for who has the token', async () => {
      const { text } = await app.agent().get('/metrics').expect(200);
      expect(text).to.include('http_request_duration_seconds').and.include('nodejs_eventloop_lag');
      // What is asked along with others is counted under the collection of the first question.
      expect(text).to.match(/database_commands_total\{command="aggregate",collection="sessions"\} [1-9]/);
      // behind a proxy on the same machine everybody looks local
      await app.agent().get('/metrics').set('X-Forwarded-For', '127.0.0.1').expect(403);
      const token = 'a-token-of-some-length';
      const guarded = await startTestApp({ env: { METRICS_TOKEN: token } });
      try {
        await guarded.agent().get('/metrics').expect(403);
        await guarded.agent().get('/metrics').set('Authorization', 'Bearer wrong').expect(403);
        await guarded.agent().get('/metrics').set('Authorization', `Bearer ${token}`).expect(200);
      } finally {
        await guarded.stop();
      }
    });

    it('name routes by their pattern, so that ids make no new series', async () => {
      await staff.agent.get('/api/v1/smes/some-id-of-an-sme');
      const { text } = await app.agent().get('/metrics');
      expect(text).to.include('route="/api/v1/smes/:smeId"').and.not.include('some-id-of-an-sme');
    });
  });

  describe('the pages', () => {
    it('say how to build them where they are not built', async () => {
      const { text } = await app.agent().get('/partners').set('Accept', 'text/html').expect(503);
      expect(text).to.include('npm run build');
    });

    it('are served with long caching for hashed files, and for every address of the client', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'tandem-client-'));
      mkdirSync(join(folder, 'assets'));
      writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tandem</title>');
      writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'export {};');
      const built = await startTestApp({ clientFolder: folder });
      try {
        const page = (path: string) => built.agent().get(path).set('Accept', 'text/html');
        for (const path of ['/', '/partners', '/api/docs', '/invitation']) {
          const { text, headers } = await page(path).expect(200);
          expect(text, path).to.include('<title>Tandem</title>');
          expect(headers['cache-control']).to.equal('no-cache');
        }
        const script = await built.agent().get('/assets/main-abc123.js').expect(200);
        expect(script.headers['cache-control']).to.equal('public, max-age=31536000, immutable');
        expectProblem(await page('/assets/missing.js'), 404, 'not-found');
        expectProblem(await built.agent().post('/partners'), 404, 'not-found');
        expectProblem(await page('/.env'), 404, 'not-found');
      } finally {
        await built.stop();
        rmSync(folder, { recursive: true });
      }
    });
  });
});
