import { generateKeyPairSync } from 'node:crypto';
import type { SigningKey } from '#scripts/lib/packaging/signing.ts';
import type { Manifest } from '#shared/updates/manifest.ts';

export const keyNamed = (id: string): SigningKey => ({
  id,
  privateKey: generateKeyPairSync('ed25519').privateKey,
});

export const publishedFile = {
  url: 'FRAMES-0.2.0-x64.AppImage',
  sha512: `${'A'.repeat(86)}==`,
  size: 1000,
};

/** What is published of a version 0.2.0, on 26 November 2026 and for 90 days. */
export const publishedManifest: Manifest = {
  version: '0.2.0',
  channel: 'stable',
  platform: 'linux',
  arch: 'x64',
  releaseDate: '2026-11-26T08:00:00.000Z',
  expires: '2027-02-24T08:00:00.000Z',
  releaseNotes: 'Faster.',
  files: [publishedFile],
};
