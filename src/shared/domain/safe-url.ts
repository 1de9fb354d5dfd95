/** Whether what is sent to an address cannot be read on the way: it is encrypted, or does not leave this computer. */
export const isSafeUrl = ({ protocol, hostname }: { protocol: string; hostname: string }): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname));
