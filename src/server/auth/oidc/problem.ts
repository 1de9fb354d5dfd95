/** Reasons why a sign-in through a university failed, as shown to the user. */
export const signInProblems = {
  denied: 'Your university did not sign you in, or you cancelled it.',
  invalid:
    'The answer of your university’s sign-in was not right. Try again; if it stays so, tell an admin of the server.',
  unverified:
    'Your university does not confirm your email address, so it is not clear who you are here. Ask an admin of the server.',
  unknown:
    'You have no account on this server yet. Ask an admin of the server to make one with your email address.',
  inactive: 'Your access to this server has ended. Ask an admin of the server.',
  other_person: 'Your email address belongs to somebody else’s account here. Ask an admin of the server.',
} as const;
export type SignInProblemCode = keyof typeof signInProblems;

export class SignInProblem extends Error {
  readonly code: SignInProblemCode;

  constructor(code: SignInProblemCode, options?: ErrorOptions) {
    super(signInProblems[code], options);
    this.name = 'SignInProblem';
    this.code = code;
  }
}
