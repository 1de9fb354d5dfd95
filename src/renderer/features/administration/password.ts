/** Signs that nobody takes for others when a password is read out or copied by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** A sign, each as likely as the others: of what the system gives, bytes beyond the last whole round are left out. */
function randomSign(): string {
  const most = 256 - (256 % signs.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) return signs.charAt(byte % signs.length);
  }
}

/** A new password that can be read out: "k7wtm-…", of some 99 bits. */
export function generatePassword(): string {
  const group = (): string => Array.from({ length: groupLength }, randomSign).join('');
  return Array.from({ length: groups }, group).join('-');
}
