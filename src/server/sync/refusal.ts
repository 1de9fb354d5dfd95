/**
 * Why an operation is not taken over. `forbidden:…` names the rule of permissions; the others say what is wrong with a record: it is missing, of
 * another type, invalid, too large, of a university that does not exist, or holds text that Postgres cannot keep. `taken`: the id of the operation
 * is that of another one. `erased`: the record is of a person who was erased.
 */
export type RefusalCode =
  | `forbidden:${string}`
  | 'missing'
  | 'other_type'
  | 'invalid'
  | 'no_university'
  | 'unstorable'
  | 'too_large'
  | 'people'
  | 'taken'
  | 'erased';

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly record: { type: string; id: string } | null;

  constructor(code: RefusalCode, message: string, record: { type: string; id: string } | null) {
    super(message);
    this.code = code;
    this.record = record;
  }
}
