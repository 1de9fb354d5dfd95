import { describe, expect, it } from 'vitest';
import { NONCE_MARK, contentPolicy, withNonce } from '#main/policy.ts';

const directives = (nonce: string): Map<string, string> =>
  new Map(
    contentPolicy(nonce)
      .split('; ')
      .map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
  );

describe('the content security policy', () => {
  it('allows nothing but what it names', () => {
    expect(directives('n').get('default-src')).toBe("'none'");
    expect(directives('n').get('script-src')).toBe("'self'");
    expect(directives('n').get('style-src')).toBe("'self' 'nonce-n'");
  });

  it('has no unsafe source and no other host', () => {
    expect(contentPolicy('n')).not.toMatch(/unsafe|\*|https?:/);
  });

  it('puts the nonce wherever the page asks for it', () => {
    const page = `<meta nonce="${NONCE_MARK}"><style nonce="${NONCE_MARK}"></style>`;
    expect(withNonce(page, 'abc')).toBe('<meta nonce="abc"><style nonce="abc"></style>');
  });
});
