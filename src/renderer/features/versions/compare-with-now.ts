import type { SideKind } from '#shared/domain/moments.ts';
import { go } from '../../stores/address.ts';

export const compareWithNow = (kind: SideKind, id: string | number): void =>
  go({ kind: 'moments', from: `${kind}:${id}`, to: 'now' });
