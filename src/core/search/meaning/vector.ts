/** A vector with 16 bits a number; an original number is `scale` times the stored one. */
export interface QuantisedVector {
  scale: number;
  values: Int16Array;
}

const maxInt16 = 32_767;

export function quantiseVector(vector: Float32Array): QuantisedVector {
  let maxValue = 0;
  for (const value of vector) maxValue = Math.max(maxValue, Math.abs(value));
  const scale = maxValue / maxInt16 || 1;
  return { scale, values: Int16Array.from(vector, (value) => Math.round(value / scale)) };
}

export function dotProduct(vector: Float32Array, { scale, values }: QuantisedVector): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1)
    sum += (vector[index] as number) * (values[index] as number);
  return sum * scale;
}

export const restoreVector = ({ scale, values }: QuantisedVector): Float32Array =>
  Float32Array.from(values, (value) => value * scale);

export const toBytes = ({ values }: QuantisedVector): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

export const fromBytes = (bytes: Uint8Array): Int16Array => new Int16Array(Uint8Array.from(bytes).buffer);
