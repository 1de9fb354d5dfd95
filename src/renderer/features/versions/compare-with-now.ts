import type { CopyKind } from '#shared/domain/moments.ts';
import { go } from '../../stores/address.ts';

/** Opens the comparison of a version or sandbox with now. */
export const compareWithNow = (copy: CopyKind, id: string | number): void =>
  go({ kind: 'moments', from: `${copy}:${id}`, to: 'now' });
