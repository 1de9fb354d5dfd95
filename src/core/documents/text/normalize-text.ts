/** Well-formed text with no control characters except line breaks, and at most one empty line in a row. */
export function normalizeText(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      // Control characters except line breaks.
      .replaceAll(/[^\P{Cc}\n]/gu, ' ')
      .replaceAll(/[ \u00a0]+\n/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .toWellFormed()
  );
}

export class RefusedDocument extends Error {
  readonly code: 'MACROS' | 'SWELLS' | 'WRONG_FORMAT';

  constructor(code: RefusedDocument['code']) {
    super(code);
    this.code = code;
  }
}
