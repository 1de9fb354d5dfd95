import { serverText } from '#shared/texts/server-text.ts';
import type { ServerCause } from '#shared/texts/server-text.ts';

type CodeOf<Rule> = Rule extends `sign_in_${infer Code}` ? Code : never;
/** Why a sign-in through a university failed: a cause of FORBIDDEN. */
export type SignInProblemCode = CodeOf<ServerCause<'FORBIDDEN'>>;

export class SignInProblem extends Error {
  readonly code: SignInProblemCode;

  constructor(code: SignInProblemCode, options?: ErrorOptions) {
    super(serverText('FORBIDDEN', { rule: `sign_in_${code}` }), options);
    this.name = 'SignInProblem';
    this.code = code;
  }
}
