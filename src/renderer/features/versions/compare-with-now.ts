import type { SideKind } from '#shared/domain/points-in-time.ts';
import { navigate } from '../../stores/address.ts';

export const compareWithNow = (kind: SideKind, id: string | number): void =>
  navigate({ kind: 'moments', from: `${kind}:${id}`, to: 'now' });
