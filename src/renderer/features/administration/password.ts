/** Characters that cannot be confused when read aloud or copied by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** A random character, uniformly distributed: bytes beyond the last full multiple are rejected. */
function randomSign(): string {
  const most = 256 - (256 % signs.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) return signs.charAt(byte % signs.length);
  }
}

/** A new readable password such as "k7wtm-…" with about 99 bits. */
export function generatePassword(): string {
  const group = (): string => Array.from({ length: groupLength }, randomSign).join('');
  return Array.from({ length: groups }, group).join('-');
}
