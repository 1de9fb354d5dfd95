/** Whether an address is of this computer. */
export const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Whether what is sent to an address cannot be read on the way: it is encrypted, or does not leave this computer. */
export const isSafeUrl = ({ protocol, hostname }: { protocol: string; hostname: string }): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
