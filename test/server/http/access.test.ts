import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { ROLES } from '../../../server/accounts/schema.ts';
import type { Route } from '../../../server/http/route.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

const FILE = new URL('../../../docs/access.md', import.meta.url);
const READERS = ['visitor', ...ROLES] as const;
type Reader = (typeof READERS)[number];

const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;
const mayCall = ({ access }: Route, reader: Reader): boolean =>
  access === 'public' || (reader !== 'visitor' && (access === 'signed-in' || access.includes(reader)));

function rowOf(route: Route): string {
  const cells = READERS.map((reader) => (mayCall(route, reader) ? 'yes' : 'no'));
  return `| ${route.tag} | ${nameOf(route)} | ${cells.join(' | ')} |`;
}

/** Rows of the matrix in docs/access.md: who may call which route. */
async function documented(): Promise<Map<string, readonly string[]>> {
  const text = await readFile(FILE, 'utf8');
  const rows = text.split('\n').filter((line) => /\| (GET|POST|PUT|PATCH|DELETE) \//.test(line));
  return new Map(
    rows.map((line) => {
      const [, , name = '', ...cells] = line.split('|').map((cell) => cell.trim());
      return [name, cells.slice(0, READERS.length)];
    }),
  );
}

describe('the access matrix', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
    if (process.env['UPDATE_ACCESS'] !== '1') return;
    const head = (await readFile(FILE, 'utf8')).split('| area | route')[0] ?? '';
    const rows = app.tandem.routes.map(rowOf).toSorted();
    const columns = `| area | route | ${READERS.join(' | ')} |\n| --- | --- |${' --- |'.repeat(READERS.length)}`;
    await writeFile(FILE, `${head}${columns}\n${rows.join('\n')}\n`);
  });
  after(() => app.stop());

  it('has a row for each route, and no other', async () => {
    const rows = [...(await documented()).keys()].toSorted();
    const help = 'decide who may call it, then run UPDATE_ACCESS=1 npx mocha test/server/http/access.test.ts';
    expect(rows, help).to.deep.equal(app.tandem.routes.map(nameOf).toSorted());
  });

  for (const reader of READERS) {
    it(`is what the API does for a ${reader}, route by route`, async () => {
      const rows = await documented();
      const agent = reader === 'visitor' ? app.agent() : (await app.signInAs(reader)).agent;
      for (const route of app.tandem.routes) {
        // Ends the session that the others need; it has a test of its own.
        if (route.id === 'signOut') continue;
        const allowed = rows.get(nameOf(route))?.[READERS.indexOf(reader)];
        const path = `/api/v1${route.path.replace(/:[a-zA-Z]+/g, 'none')}`;
        const refused = async (): Promise<boolean> => {
          if (allowed === 'yes') return !mayCall(route, reader);
          const { status } = await agent[route.method](path).send();
          return status === (reader === 'visitor' ? 401 : 403);
        };
        expect(await refused(), `${reader}: ${nameOf(route)}`).to.equal(allowed === 'no');
      }
    });
  }
});
