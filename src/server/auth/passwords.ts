import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes and one lane: the minimum of OWASP's Password Storage Cheat Sheet. */
export const defaultCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let currentCost = defaultCost;

/** Sets the cost of new hashes. Only for tests that create many users. */
export function setPasswordCost(cost: typeof defaultCost): void {
  currentCost = cost;
}

export const hashPassword = (password: string): Promise<string> => hash(password, currentCost);

/** Verified for unknown emails, so that they take as long as a wrong password. */
let dummyHash: Promise<string> | undefined;

/** Whether the password matches the hash. A null hash (unknown user or no password) never matches. */
export async function isPassword(storedHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword('nobody has this password');
  const matches = await verify(storedHash ?? (await dummyHash), password);
  return storedHash !== null && matches;
}
