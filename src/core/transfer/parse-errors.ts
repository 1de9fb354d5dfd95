import type { JSONScanner } from 'jsonc-parser';
import type { Fault } from '#shared/contract/faults.ts';
import { refusal } from './refuse.ts';
import { token, tokenFault } from './tokens.ts';

/** The refusal for a text that is no JSON, or that ends too early, at the scanner's present token. */
export function complain(
  scanner: JSONScanner,
  text: string,
  expected: string,
  path: string,
): Fault<'BAD_FILE'> {
  const kind = scanner.getToken() as number;
  const line = scanner.getTokenStartLine() + 1;
  const at = { line, path };
  if (kind === token.end && path === '$' && expected === 'value') {
    return refusal('empty', 'The file holds nothing but blanks.', { line });
  }
  if (kind === token.end || isCutOff(scanner, text)) {
    return refusal('truncated', `The file ends too early, in line ${line} (${path}). It looks cut off.`, at);
  }
  const where = `line ${line}, column ${scanner.getTokenStartCharacter() + 1} (${path})`;
  return refusal('not_json', `Not JSON in ${where}: ${reason(scanner, text, expected)}.`, at);
}

/** The text ends inside the token, and what there is of it could go on well. */
function isCutOff(scanner: JSONScanner, text: string): boolean {
  if (scanner.getPosition() < text.length) return false;
  const fault = scanner.getTokenError() as number;
  if (fault === tokenFault.openString || fault === tokenFault.openNumber) return true;
  const rest = text.slice(scanner.getTokenOffset());
  return (
    (scanner.getToken() as number) === token.unknown &&
    ['true', 'false', 'null', '-1'].some((word) => word.startsWith(rest))
  );
}

function reason(scanner: JSONScanner, text: string, expected: string): string {
  const found = JSON.stringify(text.slice(scanner.getTokenOffset(), scanner.getPosition()).slice(0, 30));
  switch (scanner.getTokenError() as number) {
    case tokenFault.openString:
      return 'a line break inside a text';
    case tokenFault.openNumber:
      return `${found} is no whole number`;
    case tokenFault.badUnicode:
    case tokenFault.badEscape:
      return 'an escape that JSON does not know';
    case tokenFault.badCharacter:
      return 'a control character inside a text';
    default:
      return describe(scanner.getToken(), found, expected);
  }
}

const names: Readonly<Record<string, string>> = { end: 'the end of the file' };

function describe(kind: number, found: string, expected: string): string {
  if (kind === token.lineComment || kind === token.blockComment) return 'comments are not allowed';
  const wanted = names[expected] ?? expected;
  return `${wanted} was expected and ${found} found`;
}
