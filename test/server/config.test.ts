import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, readConfig, settingsSchema } from '../../server/config.ts';

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('config', () => {
  it('works with nothing set: this machine only, embedded database, no default secret', () => {
    const config = readConfig({});
    expect(config).to.include({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: null,
      https: false,
      trustProxy: false,
    });
    expect(config).to.include({ mongodbUri: null, sessionSecrets: null, smtpUrl: null, metricsToken: null });
    expect(config).to.include({ matchingHangSeconds: 60, matchingLimitSeconds: 30 });
    expect(config).to.include({ csvMaxBytes: 5 * 1024 * 1024, csvMaxRows: 20_000 });
    expect(config.dataDir).to.match(/[\\/]data$/);
  });

  it('lists all faults at once, each with its setting and what is allowed', () => {
    const faults = faultsOf({
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      SESSION_SECRETS: 'short',
      MONGODB_URI: 'http://x',
    });
    expect(faults).to.have.length(4);
    expect(faults.join('\n')).to.match(/PORT: must be a whole number from 0 to 65535/);
    expect(faults.join('\n')).to.match(/SESSION_SECRETS.*at least 32 characters/);
    expect(faults.join('\n')).to.match(/MONGODB_URI: must be a URL that starts with mongodb:\/\//);
  });

  it('takes an empty value as unset', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' })).to.include({ port: 3000, smtpUrl: null });
  });

  it('refuses http for an address of other machines, unless that is allowed in so many words', () => {
    expect(faultsOf({ PUBLIC_URL: 'http://tandem.example.eu' })).to.have.length(1);
    expect(faultsOf({ PUBLIC_URL: 'http://tandem.example.eu', ALLOW_INSECURE_HTTP: 'true' })).to.deep.equal(
      [],
    );
    expect(faultsOf({ PUBLIC_URL: 'http://localhost:8080' })).to.deep.equal([]);
  });

  it('asks for the proxy where people come by https, since the server itself speaks http', () => {
    expect(faultsOf({ PUBLIC_URL: 'https://tandem.example.eu' })[0]).to.match(/^TRUST_PROXY/);
    const config = readConfig({
      PUBLIC_URL: 'https://tandem.example.eu/',
      TRUST_PROXY: 'loopback,10.0.0.0/8',
    });
    expect(config).to.deep.include({
      https: true,
      publicUrl: 'https://tandem.example.eu',
      trustProxy: ['loopback', '10.0.0.0/8'],
    });
  });

  it('asks for the public address where other machines are let in', () => {
    expect(faultsOf({ HOST: '0.0.0.0' })[0]).to.match(/^PUBLIC_URL: must be set/);
  });

  it('does not offer to trust every proxy', () => {
    for (const value of ['true', '*', 'all', '10.0.0.0/99']) {
      expect(faultsOf({ TRUST_PROXY: value })[0], value).to.match(/^TRUST_PROXY: must be off/);
    }
    expect(readConfig({ TRUST_PROXY: '2' }).trustProxy).to.equal(2);
  });

  it('reads a setting from the file that NAME_FILE names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tandem-config-'));
    try {
      const file = join(folder, 'secret');
      writeFileSync(file, `${'a'.repeat(40)},${'b'.repeat(40)}\n`);
      expect(readConfig({ SESSION_SECRETS_FILE: file }).sessionSecrets).to.deep.equal([
        'a'.repeat(40),
        'b'.repeat(40),
      ]);
      expect(faultsOf({ SESSION_SECRETS_FILE: join(folder, 'none') })[0]).to.match(
        /SESSION_SECRETS_FILE: cannot be read/,
      );
      expect(faultsOf({ SESSION_SECRETS_FILE: file, SESSION_SECRETS: 'c'.repeat(40) })[0]).to.match(
        /set twice/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('.env.example', () => {
    const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const lines = [...text.matchAll(/^# ([A-Z_]+)=(.*)$/gm)].map(
      (match) => [match[1] ?? '', match[2] ?? ''] as const,
    );

    it('names every setting, and no other', () => {
      expect(lines.map(([name]) => name).sort()).to.deep.equal(Object.keys(settingsSchema.shape).sort());
    });

    it('shows the default of each setting that has one', () => {
      const defaults = readConfig({});
      const examples: ReadonlySet<string> = new Set(['PUBLIC_URL', 'MONGODB_URI', 'SMTP_URL']);
      const shown = Object.fromEntries(lines.filter(([name]) => !examples.has(name)));
      expect(readConfig(shown)).to.deep.equal(defaults);
    });

    it('gives examples that are allowed', () => {
      expect(faultsOf({ ...Object.fromEntries(lines), TRUST_PROXY: '1' })).to.deep.equal([]);
    });
  });
});
