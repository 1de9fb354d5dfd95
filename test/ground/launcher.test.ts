import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capture } from '#scripts/lib/capture.ts';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';

/** Electron removes NODE_EXTRA_CA_CERTS from the environment of a package before any code of ours runs. */
test.runIf(process.platform === 'linux')(
  'the launcher passes NODE_EXTRA_CA_CERTS on, unless FRAMES_CA_FILE is set',
  async () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'bin'));
    copyFileSync(join(root, 'resources/linux/launcher.sh'), join(folder, 'bin/frames'));
    writeFileSync(join(folder, 'frames'), '#!/bin/sh\necho "${FRAMES_CA_FILE:-none}"\n', { mode: 0o755 });
    const caFileWith = async (more: Record<string, string>): Promise<string> => {
      const env = { PATH: process.env['PATH'] ?? '', ...more };
      const { stdout } = await capture('env', [
        '-i',
        ...Object.entries(env).map((pair) => pair.join('=')),
        'sh',
        join(folder, 'bin/frames'),
      ]);
      return stdout.trim();
    };
    expect(await caFileWith({})).toBe('none');
    expect(await caFileWith({ NODE_EXTRA_CA_CERTS: '/campus.pem' })).toBe('/campus.pem');
    expect(await caFileWith({ NODE_EXTRA_CA_CERTS: '/campus.pem', FRAMES_CA_FILE: '' })).toBe('/campus.pem');
    expect(await caFileWith({ NODE_EXTRA_CA_CERTS: '/campus.pem', FRAMES_CA_FILE: '/own.pem' })).toBe(
      '/own.pem',
    );
  },
);
