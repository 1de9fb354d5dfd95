export type Payload = Record<string, unknown>;

/**
 * What one side of a row of the log holds, nothing where it is empty; null where it is no JSON object. A file with such a row must
 * come forward all the same: verifying names the row.
 */
export function payloadOf(text: string | null): Payload | null {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Payload) : null;
  } catch {
    return null;
  }
}
