/**
 * Combines a key with one more number into a new key (the mixing steps are lowbias32 by Chris Wellons, 2018).
 * Draws by key, not from a stream, keep every other draw unchanged when a person is removed.
 */
export function combineKey(key: number, value: number): number {
  let mixed = (key + Math.imul(value + 1, 0x9e3779b1)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}

/** A number in [0, 1), determined by the key and the value. */
export function drawUniform(key: number, value: number): number {
  return (combineKey(key, value) >>> 0) / 2 ** 32;
}

/** Like `drawUniform`, but quicker, for a salt that is itself a combined key. */
export function drawSalted(key: number, salt: number): number {
  const mixed = Math.imul(key ^ salt, 0x21f0aaad);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** A standard normal number made of two uniform ones: Box and Muller. */
export function toNormal(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second);
}

/** Keys that keep draws for different purposes independent. */
export const purpose = {
  warmUp: 1,
  replication: 2,
  need: 3,
  needTopic: 4,
  needLevel: 5,
  needOrder: 6,
  document: 7,
  choice: 8,
  success: 9,
  earlyLeave: 10,
  vacancy: 11,
  newcomer: 12,
  teamTie: 13,
  crossTie: 14,
  carrier: 15,
  owner: 16,
  salt: 17,
} as const;
