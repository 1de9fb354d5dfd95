import type { RequestContext } from '../../context.ts';
import { recordAuthEvent } from '../events.ts';
import { resolveUser } from './people.ts';
import { SignInProblem } from './problem.ts';
import { confirmSignIn, identifySignIn, refuseSignIn, consumeSignIn } from './sign-ins.ts';

export interface Page {
  status: number;
  html: string;
}

const expiredPage = (): Page => renderPage(400, 'This sign-in is over', 'Go back to FRAMES and begin again.');

/** Handles the redirect. The user must confirm the sign-in, because an attacker can have begun it and sent the link (RFC 8628, 5.4). */
export async function answerCallback(context: RequestContext, query: string): Promise<Page> {
  const { services } = context;
  const { database, oidc, now, log } = services;
  const state = new URLSearchParams(query).get('state') ?? '';
  const signIn = oidc && isSecret(state) ? await consumeSignIn(database, now(), state) : null;
  if (!oidc || !signIn) return expiredPage();
  try {
    const user = await resolveUser(context, oidc.config, await oidc.fetchClaims(query, signIn));
    const confirmation = await identifySignIn(database, state, user.id);
    const device = signIn.device === '' ? 'A device without a name' : `The device “${signIn.device}”`;
    return renderPage(
      200,
      'Sign in to FRAMES?',
      `${device} asks to be signed in as ${user.name} (${user.email}). Go on only if you have just begun this in FRAMES yourself.`,
      { action: `confirm?confirmation=${confirmation}`, yes: 'Sign in', no: 'It was not me' },
    );
  } catch (error) {
    await refuseSignIn(database, state, error instanceof SignInProblem ? error.code : 'invalid');
    await recordAuthEvent(context, { event: 'oidc_refused', user: null });
    if (!(error instanceof SignInProblem)) throw error;
    log.warn({ problem: error.code, err: error.cause }, 'a sign-in by a university was refused');
    return renderPage(403, 'You are not signed in', error.message);
  }
}

/** Handles the answer to the page of `answerCallback`, once. */
export async function answerConfirmation(context: RequestContext, query: string): Promise<Page> {
  const { database, now } = context.services;
  const params = new URLSearchParams(query);
  const confirmation = params.get('confirmation') ?? '';
  const isMine = params.get('mine') === 'yes';
  const signIn = isSecret(confirmation)
    ? await confirmSignIn(database, now(), { confirmation, isMine })
    : null;
  if (!signIn) return expiredPage();
  if (isMine) return renderPage(200, 'You are signed in, go back to FRAMES', 'You can close this page.');
  await recordAuthEvent(context, { event: 'oidc_refused', user: signIn.user_id });
  return renderPage(
    200,
    'Nobody was signed in',
    'You can close this page. Tell an admin of the server who sent you here.',
  );
}

const isSecret = (text: string): boolean => /^[\w-]{1,100}$/.test(text);

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => htmlEntities[character] ?? character);

interface Question {
  action: string;
  yes: string;
  no: string;
}

const formHtml = ({ action, yes, no }: Question): string =>
  `<form method="post" action="${escapeHtml(`${action}&mine=yes`)}"><button>${escapeHtml(yes)}</button></form>
<form method="post" action="${escapeHtml(`${action}&mine=no`)}"><button>${escapeHtml(no)}</button></form>`;

const renderPage = (status: number, title: string, text: string, question?: Question): Page => ({
  status,
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${question ? formHtml(question) : ''}</main></body></html>`,
});
