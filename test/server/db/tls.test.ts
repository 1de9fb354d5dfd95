import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '#server/db/database.ts';
import { toStartProblem } from '#server/start-problem.ts';
import { makeCa, makeCertificate } from '#test/support/certificates.ts';
import type { TestCertificate } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { listen } from '#test/support/tls-front.ts';

const { ca, server: good } = makeCa('Campus CA');

/** Ends TLS in front of the Postgres of the tests, as Postgres negotiates it. Gives the URL of its main database there. */
async function tlsPostgres({ cert, keyPem }: TestCertificate = good): Promise<string> {
  const url = new URL(inject('postgres'));
  const folder = url.searchParams.get('host');
  const port = url.port || '5432';
  const toPostgres = () =>
    folder === null ? connect(Number(port), url.hostname) : connect(join(folder, `.s.PGSQL.${port}`));
  const front = await listen(
    createServer((socket) =>
      socket.once('data', () => {
        socket.write('S');
        const encrypted = new TLSSocket(socket, { isServer: true, cert, key: keyPem });
        const back = toPostgres();
        for (const [one, other] of [
          [encrypted, back],
          [back, encrypted],
        ] as const) {
          one.pipe(other);
          one.on('error', () => other.destroy());
          one.on('close', () => other.destroy());
        }
      }),
    ),
  );
  onTestFinished(() => front.stop());
  url.searchParams.delete('host');
  url.host = `localhost:${front.port}`;
  url.searchParams.set('sslmode', 'verify-full');
  return url.href;
}

/** What an operator reads when the server cannot use the database. */
async function problemAt(url: string): Promise<string> {
  try {
    const database = openDatabase(url, 3);
    try {
      await database.get('SELECT 1');
    } finally {
      await database.close();
    }
    return 'no problem';
  } catch (error) {
    return toStartProblem(error, { databaseUrl: url }).message;
  }
}

function useCaFile(text: string): string {
  const file = join(testFolder(), 'ca.pem');
  writeFileSync(file, text);
  vi.stubEnv('FRAMES_CA_FILE', file);
  onTestFinished(() => void vi.unstubAllEnvs());
  return file;
}

test('a Postgres with a certificate of an own CA is reached with FRAMES_CA_FILE, and named without', async () => {
  const url = await tlsPostgres();
  const { host } = new URL(url);
  expect(await problemAt(url)).toBe(
    `This computer does not trust the issuer of the certificate of ${host} (DATABASE_URL). Name the file of its CA certificate in FRAMES_CA_FILE.`,
  );
  useCaFile(ca.cert);
  expect(await problemAt(url)).toBe('no problem');
});

test('each fault of a certificate of Postgres has its sentence', async () => {
  useCaFile(ca.cert);
  const expired = makeCertificate({ issuer: ca, hosts: ['localhost'], until: new Date(Date.now() - 1000) });
  expect(await problemAt(await tlsPostgres(expired))).toContain('has expired (DATABASE_URL)');
  const other = makeCertificate({ issuer: ca, hosts: ['db.test'] });
  expect(await problemAt(await tlsPostgres(other))).toContain(
    'The certificate is for db.test, not for localhost:',
  );
  expect(await problemAt(await tlsPostgres(makeCertificate({ hosts: ['localhost'] })))).toContain(
    'is self-signed (DATABASE_URL)',
  );
  const file = useCaFile('nothing');
  expect(await problemAt(await tlsPostgres())).toContain(`The CA file ${file} contains no valid certificate`);
});
