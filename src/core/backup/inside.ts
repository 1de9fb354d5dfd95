import type { BackupInside } from '#shared/contract/backups.ts';
import { isSandboxId } from '#shared/domain/target.ts';

interface Content {
  name: string;
  bytes: number;
  about?: Pick<BackupInside, 'title' | 'counts'> | undefined;
}

/** What the files of a backup are called in its manifest. */
export const sandboxContent = (id: string): string => `sandbox-${id}`;
export const goldenContent = (version: number): string => `golden-${version}`;
export const manifestContent = (version: number): string => `golden-${version}-manifest`;

export type Inside = { kind: 'sandbox'; id: string } | { kind: 'golden'; version: number };

/** What a file of a backup is besides live, by its name; null for live, for what goes with another, and for what it was made for. */
export function insideOf(name: string): Inside | null {
  const [, id] = /^sandbox-(.+)$/.exec(name) ?? [];
  if (id !== undefined && isSandboxId(id)) return { kind: 'sandbox', id };
  const [, version] = /^golden-([1-9]\d{0,5})$/.exec(name) ?? [];
  return version === undefined ? null : { kind: 'golden', version: Number(version) };
}

/** Whether a file of a backup may be called so. What it was made for keeps the name that it had in its folder. */
export function isContentName(name: string): boolean {
  if (name === 'live' || /^source-[^/\0]+$/.test(name)) return true;
  return insideOf(name.replace(/^(golden-\d+)-manifest$/, '$1')) !== null;
}

/** What a backup holds besides live, for people. */
export function insidesOf({ contents }: { contents: readonly Content[] }): BackupInside[] {
  return contents.flatMap(({ name, bytes, about }) => {
    const inside = insideOf(name);
    if (!inside || !about) return [];
    return { name, kind: inside.kind, title: about.title, bytes, counts: about.counts };
  });
}
