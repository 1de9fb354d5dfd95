import type { RequestContext } from '../../context.ts';
import { noteAuth } from '../events.ts';
import { userOf } from './people.ts';
import { SignInProblem } from './problem.ts';
import { confirmSignIn, identifySignIn, refuseSignIn, takeSignIn } from './sign-ins.ts';

/** A page for the browser that came back. */
export interface Page {
  status: number;
  html: string;
}

const isOver = (): Page => page(400, 'This sign-in is over', 'Go back to FRAMES and begin again.');

/**
 * Takes the answer of the provider, by the query that it sent the browser back with. Whom it named is asked whether it was they who began this: else a link
 * that somebody sends them would sign the sender in, since providers do not ask again who is signed in already (RFC 8628, section 5.4).
 */
export async function answerCallback(context: RequestContext, query: string): Promise<Page> {
  const { services } = context;
  const { database, oidc, now, log } = services;
  const state = new URLSearchParams(query).get('state') ?? '';
  const signIn = oidc && isSecret(state) ? await takeSignIn(database, now(), state) : null;
  if (!oidc || !signIn) return isOver();
  try {
    const user = await userOf(context, oidc.config, await oidc.claimsOf(query, signIn));
    const confirmation = await identifySignIn(database, state, user.id);
    const device = signIn.device === '' ? 'A device without a name' : `The device “${signIn.device}”`;
    return page(
      200,
      'Sign in to FRAMES?',
      `${device} asks to be signed in as ${user.name} (${user.email}). Go on only if you have just begun this in FRAMES yourself.`,
      { action: `confirm?confirmation=${confirmation}`, yes: 'Sign in', no: 'It was not me' },
    );
  } catch (error) {
    await refuseSignIn(database, state, error instanceof SignInProblem ? error.code : 'invalid');
    await noteAuth(context, { event: 'oidc_refused', user: null });
    if (!(error instanceof SignInProblem)) throw error;
    log.warn({ problem: error.code, err: error.cause }, 'a sign-in by a university was refused');
    return page(403, 'You are not signed in', error.message);
  }
}

/** Takes what somebody said on the page of `answerCallback`, once. */
export async function answerConfirmation(context: RequestContext, query: string): Promise<Page> {
  const { database, now } = context.services;
  const given = new URLSearchParams(query);
  const confirmation = given.get('confirmation') ?? '';
  const isMine = given.get('mine') === 'yes';
  const found = isSecret(confirmation)
    ? await confirmSignIn(database, now(), { confirmation, isMine })
    : null;
  if (!found) return isOver();
  if (isMine) return page(200, 'You are signed in, go back to FRAMES', 'You can close this page.');
  await noteAuth(context, { event: 'oidc_refused', user: found.user_id });
  return page(
    200,
    'Nobody was signed in',
    'You can close this page. Tell an admin of the server who sent you here.',
  );
}

const isSecret = (text: string): boolean => /^[\w-]{1,100}$/.test(text);

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);

interface Question {
  action: string;
  yes: string;
  no: string;
}

const formOf = ({ action, yes, no }: Question): string =>
  `<form method="post" action="${escaped(`${action}&mine=yes`)}"><button>${escaped(yes)}</button></form>
<form method="post" action="${escaped(`${action}&mine=no`)}"><button>${escaped(no)}</button></form>`;

const page = (status: number, title: string, text: string, question?: Question): Page => ({
  status,
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p>${question ? formOf(question) : ''}</main></body></html>`,
});
