const block = 512;

/** The largest file size in bytes that the format can express. */
export const largestInTar = 8 ** 11 - 1;

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** The header of a file in a tar archive (POSIX ustar). `made` is in milliseconds; the name is at most 100 bytes. */
export function tarHeader(name: string, bytes: number, made: number): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write(octal(0o600, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(bytes, 12), 124);
  header.write(octal(Math.max(0, Math.floor(made / 1000)), 12), 136);
  // The checksum is computed with spaces in its field.
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** Pads a file to a whole block. */
export const tarPadding = (bytes: number): Buffer => Buffer.alloc((block - (bytes % block)) % block);

export const tarEnd = (): Buffer => Buffer.alloc(block * 2);
