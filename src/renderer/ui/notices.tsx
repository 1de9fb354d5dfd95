import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { atStart } from '../api/window-state.ts';
import { isCancelled } from '../api/failures.ts';
import { say } from '../i18n/setup.ts';
import { nextQuery } from '../stores/next-steps.ts';
import { markSeen, addNotice, settleNotices, useNotices } from '../stores/notices.ts';
import type { Fault, NoticeAction } from '../stores/notices.ts';
import { queryClient } from '../stores/queries.ts';
import { leadsToRecovery, reopenForRecovery } from '../stores/recover.ts';
import { describeError } from '../text/faults.ts';
import { Failure } from './Failure.tsx';

/** Notices about read-only records replace each other. */
export const lockedKey = 'locked';

/** The most notices on screen; the oldest moves to the list. */
const most = 3;
/** Milliseconds on screen: of answers, of results that may be seen later, of refusals. */
const time = { answer: 8000, waits: 20_000, refusal: 12_000 };

interface Notice {
  id?: string;
  title: ReactNode;
  more?: ReactNode;
  fault?: Fault;
  action?: NoticeAction;
  /** Milliseconds on screen. By default problems and ongoing work stay. */
  stays?: number;
  tone?: 'plain' | 'bad';
  /** Ongoing work: its result replaces it, also in the list. */
  passing?: boolean;
  /** Not an answer to the person's last action, so the bell counts it. Always true for problems. */
  waits?: boolean;
}

interface OnScreen {
  key: string;
  tone: 'plain' | 'bad';
  /** Only the latest answer is shown, because only that one can be undone. */
  answer: boolean;
}

let onScreen: readonly OnScreen[];
atStart(() => (onScreen = []));

/** The keys of notices to remove for a new one: the previous answer, and plain ones before problems. */
function pushedBy(next: OnScreen): string[] {
  const others = onScreen.filter(({ key }) => key !== next.key);
  const staying = others.filter(({ answer }) => !(answer && next.answer));
  const byTone = staying.toSorted((a, b) => Number(a.tone === 'bad') - Number(b.tone === 'bad'));
  const surplus = byTone.slice(0, Math.max(0, staying.length + 1 - most));
  return [...others.filter((one) => !staying.includes(one)), ...surplus].map(({ key }) => key);
}

function hide(key: string): void {
  onScreen = onScreen.filter((one) => one.key !== key);
  notifications.hide(key);
}

function NoticeButton({ action, onClick }: { action: NoticeAction; onClick: () => void }) {
  // Notices are outside of the query provider.
  const { data } = useQuery(nextQuery, queryClient);
  const { step } = action;
  const next = step !== undefined && data?.[step.direction]?.op_id === step.op;
  const [wasNext, setWasNext] = useState(next);
  if (next && !wasNext) setWasNext(true);
  if (step !== undefined && wasNext && !next) return null;
  return (
    // The focus stays with the work, because the notice disappears.
    <Button
      size="xs"
      variant="subtle"
      color="accent"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {action.label}
    </Button>
  );
}

/** Shows a notice and adds it to the list. Returns its key. */
export function notice({
  id,
  tone = 'plain',
  passing = false,
  waits = tone === 'bad',
  stays,
  title,
  more = null,
  fault,
  action,
}: Notice): string {
  const key = id ?? crypto.randomUUID();
  addNotice({ key, title, more, fault, tone, action: action ?? null, passing, waits });
  // The result of long work counts as unseen too.
  const unseen = waits || useNotices.getState().list[0]?.waits === true;
  const usual = tone === 'bad' || passing ? false : unseen ? time.waits : time.answer;
  const shown: OnScreen = { key, tone, answer: tone === 'plain' && !passing && !waits };
  notifications.hide(key);
  for (const pushed of pushedBy(shown)) hide(pushed);
  onScreen = [...onScreen.filter((one) => one.key !== key), shown];
  // A text fits behind the title if there is room, so that the notice covers less.
  const inline = tone === 'plain' && typeof more === 'string';
  const act = (): void => {
    dropNotice(key);
    action?.run();
  };
  return notifications.show({
    id: key,
    className: `notice notice-${tone}`,
    autoClose: stays ?? usual,
    withBorder: true,
    closeButtonProps: { 'aria-label': say('home:unknown.meant'), onClick: () => markSeen(key) },
    onClose: () => (onScreen = onScreen.filter((one) => one !== shown)),
    title: (
      <span className="row apart gap-12 notice-line">
        <span className="breaks">
          <span className="notice-title">{title}</span>
          {inline && <span className="regular dim breaks mt-2 notice-more"> {more}</span>}
        </span>
        {action && <NoticeButton action={action} onClick={act} />}
      </span>
    ),
    message: inline ? null : more,
  });
}

/** Removes all notices from the screen except those of ongoing work; they stay in the list. */
export function clearScreen(): void {
  const going = new Set(useNotices.getState().list.flatMap(({ key, passing }) => (passing ? [key] : [])));
  for (const { key } of onScreen) if (!going.has(key)) hide(key);
}

export function dropNotice(id: string): void {
  settleNotices(id);
  hide(id);
}

const refusal = 'failure:FORBIDDEN:';

export function dropRefusals(): void {
  for (const { key } of useNotices.getState().list)
    if (key.startsWith(refusal) || key === lockedKey) dropNotice(key);
}

async function recoverHere(): Promise<void> {
  try {
    await reopenForRecovery();
  } catch (error) {
    reportError(error);
  }
}

/** Shows an error until it is dismissed. Ignores cancellation. */
export function reportError(error: unknown, title?: string): void {
  if (isCancelled(error)) return;
  const described = describeError(error);
  const id = `failure:${described.code}:${title ?? ''}`;
  const at = new Date().toISOString();
  notice({
    id,
    tone: 'bad',
    ...(id.startsWith(refusal) ? { stays: time.refusal } : {}),
    ...(leadsToRecovery(error)
      ? { action: { label: say('faults:recover'), run: () => void recoverHere() } }
      : {}),
    title: title ?? described.title,
    more: <Failure error={error} at={at} doing={title} />,
    fault: { described, at, doing: title },
  });
}
