/**
 * Why an operation is refused. `forbidden:…` names the permission rule. `people`: the operation changes a profile. `taken`: another
 * operation has this id. `erased`: the record belongs to an erased person. The other codes describe the record or its content.
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
