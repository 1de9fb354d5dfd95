import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import SyncHost from '#renderer/features/sync/SyncHost.tsx';
import SyncView from '#renderer/features/sync/SyncView.tsx';
import { useSync } from '#renderer/features/sync/state.ts';
import { openView } from '#renderer/stores/address.ts';
import { makeCa } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { serveShell } from '../support/shell.ts';
import { notShared, serveSync, sharedStatus } from '../support/sync.ts';

function show() {
  return draw(
    <>
      <SyncHost />
      <SyncView />
    </>,
  );
}

beforeEach(() => {
  layOut();
  openView({ kind: 'sync' });
  useSync.setState({ status: null, work: null, comparison: null, failure: null });
});

test('checks the connection step by step, leads to a CA file where the issuer is unknown, and checks again', async () => {
  const problem = (reason: 'unknown_issuer' | 'connection_refused') => ({
    reason: 'unreachable' as const,
    network: { reason, host: 'frames.example.org', proxy: null, what: null },
  });
  const okay = (step: 'address' | 'encryption', code: string) =>
    ({ step, state: 'ok', finding: { code }, problem: null }) as const;
  const skipped = { step: 'server', state: 'skipped', finding: null, problem: null } as const;
  const failing = (step: 'connection' | 'encryption', reason: Parameters<typeof problem>[0]) => ({
    ok: false,
    steps: [
      okay('address', 'connection.encrypted'),
      { step, state: 'failed' as const, finding: null, problem: problem(reason) },
      skipped,
    ],
  });
  const { asked, tell, served } = await serveSync(notShared, {
    check: failing('encryption', 'unknown_issuer'),
  });
  const { caFile } = served.workspace.core.services.http;
  onTestFinished(() => rmSync(caFile, { force: true }));
  const ca = join(testFolder(), 'ca.pem');
  writeFileSync(ca, makeCa().ca.cert);
  const grant = served.workspace.core.services.grants.issue(ca, 'read');
  await serveShell([null, { grant, name: 'ca.pem', bytes: 1 }]);
  const { hands } = show();
  const check = await screen.findByRole('button', { name: 'Check connection' });
  expect(check).toHaveProperty('disabled', true);
  await hands.type(screen.getByLabelText('Server address'), 'frames.example.org');
  await hands.click(check);
  expect(await screen.findByText('The connection fails at “Encryption”.')).toBeTruthy();
  expect(asked).toEqual(['check {"url":"https://frames.example.org"}']);
  const [address, encryption, server] = within(screen.getByRole('list', { name: /^Steps/ })).getAllByRole(
    'listitem',
  );
  expect(address?.textContent).toBe('Address: The address is encrypted.');
  expect(encryption?.textContent).toMatch(/^Encryption: This computer does not trust the issuer/);
  expect(encryption?.textContent).toContain('Preferences → Networks');
  expect(server?.textContent).toBe('Server: Not checked.');

  // Cancelled, nothing changes.
  await hands.click(screen.getByRole('button', { name: 'Choose CA file…' }));
  expect(asked).toHaveLength(1);
  tell(notShared, { check: { ok: true, steps: [okay('encryption', 'connection.server')] } });
  await hands.click(screen.getByRole('button', { name: 'Choose CA file…' }));
  expect(await screen.findByText('The connection works.')).toBeTruthy();
  expect(asked).toHaveLength(2);

  // The result belongs to its address.
  await hands.type(screen.getByLabelText('Server address'), ':1');
  expect(screen.queryByRole('list', { name: /^Steps/ })).toBeNull();
  tell(notShared, { check: failing('connection', 'connection_refused') });
  await hands.click(check);
  expect(await screen.findByText('The connection fails at “Connection”.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Choose CA file…' })).toBeNull();
});

test('checks the connection to its server while that is not reached', async () => {
  const { asked } = await serveSync(sharedStatus({ state: 'offline', problem: 'unreachable' }));
  const { hands } = show();
  await hands.click(await screen.findByRole('button', { name: 'Check connection' }));
  expect(await screen.findByText('The connection works.')).toBeTruthy();
  expect(asked).toEqual(['check {}']);
});
