import { readFileSync, writeFileSync } from 'node:fs';

/** Changes one bit of a file, in its place from 0 (the beginning) to 1 (the end). */
export function flipBit(file: string, where: number): void {
  const bytes = readFileSync(file);
  const at = Math.min(bytes.length - 1, Math.floor(bytes.length * where));
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(file, bytes);
}
