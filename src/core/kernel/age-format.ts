const magic = Buffer.from('age-encryption.org/v1\n');
export const ageBytes = magic.length;
export const beginsAsAge = (bytes: Buffer): boolean => bytes.subarray(0, ageBytes).equals(magic);
