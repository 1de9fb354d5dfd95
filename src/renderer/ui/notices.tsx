import { notifications } from '@mantine/notifications';
import type { ComponentType, ReactNode } from 'react';
import { isCancelled } from '../api/failures.ts';
import { say } from '../i18n/setup.ts';
import { markSeen, remember, settle, useNotices } from '../stores/notices.ts';
import type { Fault, NoticeAction, Told } from '../stores/notices.ts';
import { leadsToRecovery, recover } from '../stores/recover.ts';
import { openTarget } from '../stores/target.ts';
import { describeError } from '../text/faults.ts';
import { NoticeButton } from './NoticeButton.tsx';
import { hold, leaveAfter, release, stay } from './leaving.ts';
import { appear, isShown, sweep, vanish } from './on-screen.ts';
import { Failure, FaultWords } from './Failure.tsx';

/** Notices that something is read-only for whoever acts replace each other. */
export const lockedKey = 'locked';

interface Notice {
  /** Notices of one id replace each other. */
  id?: string;
  title: ReactNode;
  /** A second, quieter line. */
  more?: ReactNode;
  /** What went wrong, as it is kept for pages that come later. */
  fault?: Fault;
  action?: NoticeAction;
  /** Milliseconds until it leaves the screen by itself. By default 8 seconds, 20 where it waits; what went wrong stays, and what goes on. */
  stays?: number;
  tone?: 'plain' | 'bad';
  /** It tells of something that goes on: what comes of that takes its place, also in the list. */
  passing?: boolean;
  /** It is no answer to what the person has just done, so that nobody may be looking: the bell counts it. What went wrong always waits. */
  waits?: boolean;
}

/** Says what was done, with the way back beside it. It can be read again in the list of notices. */
export function notice({
  id,
  tone = 'plain',
  passing = false,
  waits = tone === 'bad',
  ...given
}: Notice): string {
  const key = id ?? crypto.randomUUID();
  const { title, more = null, fault, action = null } = given;
  remember({ key, title, more, fault, tone, action, passing, waits });
  // What came of long work waits too.
  const unseen = waits || useNotices.getState().list[0]?.waits === true;
  const { stays = tone === 'bad' || passing ? null : unseen ? 20_000 : 8000 } = given;
  const answer = tone === 'plain' && !passing && !waits;
  return putOn({ key, title, more, fault, tone, action, answer, unseen, stays });
}

interface OnScreen extends Pick<Told, 'key' | 'title' | 'more' | 'fault' | 'tone' | 'action'> {
  /** What it is of where that is not open now. */
  place?: ReactNode;
  answer: boolean;
  unseen: boolean;
  /** Milliseconds; null where it stays. */
  stays: number | null;
}

/** Puts a notice on the screen. */
function putOn({ key, title, place, more, fault, tone, action, answer, unseen, stays }: OnScreen): string {
  // A sentence stands behind the title as far as there is room: the notice covers nothing then.
  const inline = tone === 'plain' && typeof more === 'string';
  const again = (): void => {
    dropNotice(key);
    action?.run();
  };
  notifications.hide(key);
  for (const pushed of appear({ key, tone, answer })) notifications.hide(pushed);
  if (stays !== null) leaveAfter(key, stays, unseen, () => notifications.hide(key));
  return notifications.show({
    id: key,
    className: `notice notice-${tone}`,
    autoClose: false,
    // Nothing tells when the pointer is off one that fades out.
    onMouseEnter: () => isShown(key) && hold(key, 'pointer'),
    onMouseLeave: () => release(key, 'pointer'),
    onFocusCapture: () => isShown(key) && hold(key, 'focus'),
    onBlurCapture: () => release(key, 'focus'),
    withBorder: true,
    closeButtonProps: { 'aria-label': say('notices:dismiss'), onClick: () => markSeen(key) },
    onClose: () => {
      stay(key);
      vanish(key);
    },
    title: (
      <span className="notice-line">
        <span className="notice-text">
          <span className="notice-title">{title}</span>
          {place && <span className="notice-more"> · {place}</span>}
          {inline && <span className="notice-more"> {more}</span>}
        </span>
        {action && <NoticeButton action={action} onClick={again} />}
      </span>
    ),
    message: inline ? null : (more ?? (fault && <FaultWords fault={fault} />)),
  });
}

/** Puts the problems on the screen again that an earlier page of this window told, and nobody has put away or looked at; `Where` says of what they are. */
export function showAgain(Where: ComponentType<{ target: string }>): void {
  const { list } = useNotices.getState();
  for (const told of [...list].reverse())
    if (told.tone === 'bad' && told.waits && !isRefusal(told.key)) {
      const place = told.where === openTarget() ? null : <Where target={told.where} />;
      putOn({ ...told, place, answer: false, unseen: true, stays: null });
    }
}

/** Takes what has been told off the screen, but for what still goes on: it can be read in the list. */
export function clearScreen(): void {
  const going = new Set(useNotices.getState().list.flatMap(({ key, passing }) => (passing ? [key] : [])));
  for (const key of sweep(going)) notifications.hide(key);
}

/** What a notice tells is over, or what it offers is done another way. */
export function dropNotice(id: string): void {
  settle(id);
  vanish(id);
  notifications.hide(id);
}

/** What the keys of notices begin with that tell that whoever acts may not do something. */
const refusal = 'failure:FORBIDDEN:';
/** Milliseconds that such a notice stays: there is nothing to save or to copy. */
const refusalStays = 12_000;
const isRefusal = (key: string): boolean => key.startsWith(refusal) || key === lockedKey;

/** What one may not do as somebody is over when one acts as somebody else. */
export function dropRefusals(): void {
  const { list } = useNotices.getState();
  for (const { key } of list) if (isRefusal(key)) dropNotice(key);
}

async function recoverHere(): Promise<void> {
  try {
    await recover();
  } catch (error) {
    report(error);
  }
}

/** Tells of a failure in its three parts, until it is dismissed. Cancelling is no failure. */
export function report(error: unknown, title?: string): void {
  if (isCancelled(error)) return;
  const described = describeError(error);
  const id = `failure:${described.code}:${title ?? ''}`;
  const at = new Date().toISOString();
  notice({
    id,
    tone: 'bad',
    ...(id.startsWith(refusal) ? { stays: refusalStays } : {}),
    ...(leadsToRecovery(error)
      ? { action: { label: say('faults:recover'), run: () => void recoverHere() } }
      : {}),
    title: title ?? described.title,
    more: <Failure error={error} at={at} doing={title} />,
    fault: { described, at, doing: title },
  });
}
