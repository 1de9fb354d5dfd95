import type { CopyKind } from '#shared/domain/moments.ts';
import { go } from '../../stores/address.ts';

/** Shows what is different now beside a version or a sandbox, by its id or number. */
export const compareWithNow = (copy: CopyKind, id: string | number): void =>
  go({ kind: 'moments', from: `${copy}:${id}`, to: 'now' });
