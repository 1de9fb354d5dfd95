const magic = Buffer.from('age-encryption.org/v1\n');
export const ageMagicBytes = magic.length;
export const hasAgeMagic = (bytes: Buffer): boolean => bytes.subarray(0, ageMagicBytes).equals(magic);
