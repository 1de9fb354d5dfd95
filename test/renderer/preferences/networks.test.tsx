import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Networks } from '#renderer/features/preferences/Networks.tsx';
import { makeCa } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

test('a CA file is trusted until it is removed, and a file without a certificate changes nothing', async () => {
  const { workspace } = await serveCore();
  const { ca } = makeCa('Campus CA');
  const handleOf = (name: string, text: string) => {
    const path = join(testFolder(), name);
    writeFileSync(path, text);
    const grant = workspace.core.services.grants.issue(path, 'read');
    return { grant, name, bytes: text.length };
  };
  await serveShell([handleOf('empty.pem', 'nothing'), handleOf('campus.pem', ca.cert)]);
  const { hands } = draw(<Networks />);
  const choose = await screen.findByRole('button', { name: 'Choose file…' });
  await hands.click(choose);
  expect(await screen.findByText(/“empty.pem”/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
  await hands.click(choose);
  expect(await screen.findByText(/^Also trusts “Campus CA” \(until /)).toBeTruthy();
  await hands.click(screen.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText(/^Servers are trusted as on your system/)).toBeTruthy();
});
