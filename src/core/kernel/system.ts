import { randomFillSync } from 'node:crypto';

/** `now` is milliseconds since 1970; `elapsed` is monotonic milliseconds, for measuring. */
export interface Clock {
  now(): number;
  elapsed(): number;
}

/** Cryptographically secure bytes in production; a seeded stream in tests. */
export interface Random {
  fill(bytes: Uint8Array): void;
}

export interface Ids {
  /** A version 7 UUID; later ids sort after earlier ones. */
  uuid(): string;
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };
export const systemRandom: Random = { fill: (bytes) => void randomFillSync(bytes) };

const hexByByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Makes version 7 UUIDs (RFC 9562). Ids of one source increase even when the clock is set back. */
export function createIds(clock: Clock, random: Random): Ids {
  const fill = (bytes: Uint8Array): void => random.fill(bytes);
  const pool = new Uint8Array(8 * 256);
  let usedBytes = pool.length;
  let lastTime = 0;
  let counter = 0;
  return {
    uuid() {
      const now = clock.now();
      if (now > lastTime) {
        lastTime = now;
        counter = 0;
      } else if (++counter > 0xfff) {
        lastTime += 1;
        counter = 0;
      }
      if (usedBytes === pool.length) {
        fill(pool);
        usedBytes = 0;
      }
      const offset = usedBytes;
      usedBytes += 8;
      const time = lastTime.toString(16).padStart(12, '0');
      const hexAt = (index: number): string => hexByByte[pool[offset + index] as number] as string;
      const variant = hexByByte[((pool[offset] as number) & 0x3f) | 0x80] as string;
      const sequence = counter.toString(16).padStart(3, '0');
      const tail = `${hexAt(2)}${hexAt(3)}${hexAt(4)}${hexAt(5)}${hexAt(6)}${hexAt(7)}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${hexAt(1)}-${tail}`;
    },
  };
}

export const systemServices = () => ({
  clock: systemClock,
  ids: createIds(systemClock, systemRandom),
  random: systemRandom,
});

/** Returns 16-byte salts as hex. Random bytes are drawn in blocks, because one call per salt costs three times as much. */
export function createSalts(random: Random): () => string {
  const pool = Buffer.alloc(16 * 256);
  let poolHex = '';
  let position = 0;
  return () => {
    if (position === poolHex.length) {
      random.fill(pool);
      poolHex = pool.toString('hex');
      position = 0;
    }
    position += 32;
    return poolHex.slice(position - 32, position);
  };
}

/** The day in the local time zone, as YYYY-MM-DD. */
export const localDay = (milliseconds: number): string =>
  isoTime(milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000).slice(0, 10);

/** ISO 8601 in UTC with milliseconds. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
