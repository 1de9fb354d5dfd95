import { describe, expect, it } from 'vitest';
import { bytesText } from '#renderer/text/bytes.ts';

describe('a size in bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [5922, '5.92 kB'],
    [36_600_000, '36.6 MB'],
    [2_000_000_000, '2 GB'],
    [4_000_000_000_000, '4,000 GB'],
  ])('%i is %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
