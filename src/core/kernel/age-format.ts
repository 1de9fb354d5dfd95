const beginning = Buffer.from('age-encryption.org/v1\n');
export const ageBytes = beginning.length;
/** Whether a file that begins so is encrypted. */
export const beginsAsAge = (bytes: Buffer): boolean => bytes.subarray(0, ageBytes).equals(beginning);
