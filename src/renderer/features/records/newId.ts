import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';

/**
 * An id for a record that is being typed: a prefixed UUIDv7. It is drawn here so that creating may safely be tried again when nobody
 * knows whether the first try arrived.
 */
export function newId(type: EntityType): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  const now = Date.now();
  view.setUint32(0, Math.floor(now / 65_536));
  view.setUint16(4, now % 65_536);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `${idPrefix[type]}_${parts.join('-')}`;
}
