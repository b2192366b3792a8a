import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Claim {
  rule: string;
  /** Test files of the row, as they are written, with the names of tests that follow each. */
  tests: { file: string; names: string[] }[];
}

function claims(): Claim[] {
  const text = readFileSync(`${ROOT}/docs/security.md`, 'utf8');
  const [, table = ''] = text.split('## What is held, where, and by which test');
  const rows = (table.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [, rule = '', , proof = ''] = row.split('|');
    const tests = [...proof.matchAll(/`([\w./-]+\.test\.ts)`([^`]*)/g)].map((match) => ({
      file: match[1] ?? '',
      names: [...(match[2] ?? '').matchAll(/"([^"]+)"/g)].map((name) => name[1] ?? ''),
    }));
    return { rule: rule.trim(), tests };
  });
}

/** `accounts.test.ts` or `http/fuzz.test.ts`, wherever below `test/server` it is. */
function testFile(file: string): string {
  const folders = ['', 'accounts/', 'http/', 'mail/', 'live/', 'imports/', 'smes/'];
  const found = folders
    .map((folder) => `${ROOT}/test/server/${folder}${file}`)
    .find((path) => existsSync(path));
  if (found === undefined) throw new Error(`docs/security.md names ${file}, which is not there`);
  return readFileSync(found, 'utf8');
}

describe('docs/security.md', () => {
  it('names a test for every rule, and each test is there', () => {
    const all = claims();
    expect(all.length).to.be.greaterThan(20);
    for (const { rule, tests } of all) {
      expect(tests, rule).not.to.deep.equal([]);
      for (const { file, names } of tests) {
        const text = testFile(file);
        for (const name of names) expect(text, `${file}: ${name}`).to.include(name.replace(/ …$/, ''));
      }
    }
  });
});
