import { hash } from 'node:crypto';
import { create } from './push.ts';
import type { TestUser } from './server.ts';

/** The change that creates a document with a file. */
export const describing = (id: string, bytes: Buffer, university_id: string | null) =>
  create('document', id, {
    name: id,
    university_id,
    file: { sha256: hash('sha256', bytes), name: `${id}.txt`, bytes: bytes.length, media_type: 'text/plain' },
  });

/** Stores a file in parts of some length. */
export async function store(
  { api }: Pick<TestUser, 'api'>,
  bytes: Buffer,
  id = hash('sha256', bytes),
  length = 4,
) {
  const count = Math.max(1, Math.ceil(bytes.length / length));
  let last = { status: 0, body: {} as unknown };
  for (let part = 0; part < count; part++) {
    const data = bytes.subarray(part * length, (part + 1) * length).toString('base64');
    last = await api.post(`sync/files/${id}/parts`, { part, count, data });
  }
  return last;
}

export const read = async ({ api }: Pick<TestUser, 'api'>, bytes: Buffer, part = 0) =>
  api.get<{ count: number; bytes: number; data: string }>(
    `sync/files/${hash('sha256', bytes)}/parts/${part}`,
  );

export const missing = async ({ api }: Pick<TestUser, 'api'>, ...files: Buffer[]) =>
  (
    await api.post<{ missing: string[] }>('sync/files/missing', {
      hashes: files.map((one) => hash('sha256', one)),
    })
  ).body.missing;
