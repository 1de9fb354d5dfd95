import type { RequestContext } from '../../context.ts';
import { noteAuth } from '../events.ts';
import { userOf } from './people.ts';
import { SignInProblem } from './problem.ts';
import type { SignInProblemCode } from './problem.ts';
import { settleSignIn, takeSignIn } from './sign-ins.ts';

/** A page for the browser that came back. */
export interface Page {
  status: number;
  html: string;
}

/** Takes the answer of the provider, by the query that it sent the browser back with, and says in a page what came of it. */
export async function answerCallback(context: RequestContext, query: string): Promise<Page> {
  const { services } = context;
  const { database, oidc, now, log } = services;
  const state = new URLSearchParams(query).get('state') ?? '';
  const signIn = oidc && /^[\w-]{1,100}$/.test(state) ? await takeSignIn(database, now(), state) : null;
  if (!oidc || !signIn) return page(400, 'This sign-in is over', 'Go back to FRAMES and begin again.');
  const settle = async (user: string | null, problem: SignInProblemCode | null): Promise<void> => {
    await settleSignIn(database, state, { user, problem });
    if (problem !== null) await noteAuth(context, { event: 'oidc_refused', user });
  };
  try {
    const user = await userOf(context, oidc.config, await oidc.claimsOf(query, signIn));
    await settle(user.id, null);
    const device = signIn.device === '' ? '' : ` on the device “${signIn.device}”`;
    return page(
      200,
      'You are signed in, go back to FRAMES',
      `You are ${user.name}${device}. You can close this page. If it was not you who began this, end that session in FRAMES under your account.`,
    );
  } catch (error) {
    await settle(null, error instanceof SignInProblem ? error.code : 'invalid');
    if (!(error instanceof SignInProblem)) throw error;
    log.warn({ problem: error.code, err: error.cause }, 'a sign-in by a university was refused');
    return page(403, 'You are not signed in', error.message);
  }
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);

const page = (status: number, title: string, text: string): Page => ({
  status,
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body></html>`,
});
