import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { atStart } from '../api/window-state.ts';
import { isCancelled } from '../api/failures.ts';
import { say } from '../i18n/setup.ts';
import { currentAddress } from '../stores/address.ts';
import { nextStepsQuery } from '../stores/next-steps.ts';
import { markSeen, addNotice, endNotices, useNotices } from '../stores/notices.ts';
import type { Fault, NoticeAction } from '../stores/notices.ts';
import { queryClient } from '../stores/queries.ts';
import { canRecoverFrom, reopenForRecovery } from '../stores/recovery.ts';
import { useTabs } from '../stores/tabs/store.ts';
import { describeError } from '../text/faults.ts';
import type { ErrorDescription } from '../text/faults.ts';
import { Failure } from './Failure.tsx';

/** Notices about read-only records replace each other. */
export const lockedKey = 'locked';

/** Maximum number of notices on screen; the oldest moves to the list. */
const maxOnScreen = 3;
/** Milliseconds on screen. `unseen`: of notices that the person may not be looking at. */
const screenMs = { answer: 8000, unseen: 20_000, refusal: 12_000 };

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
  isOngoing?: boolean;
  /** Not an answer to the person's last action, so the bell counts it. By default true for problems. */
  needsAttention?: boolean;
}

interface ScreenNotice {
  key: string;
  tone: 'plain' | 'bad';
  /** Only the latest answer is shown, because only that one can be undone. */
  isAnswer: boolean;
}

let screenNotices: readonly ScreenNotice[];
atStart(() => (screenNotices = []));

/** The keys of notices to remove for a new one: the previous answer, and surplus notices, plain ones before problems. */
function keysToHide(newNotice: ScreenNotice): string[] {
  const others = screenNotices.filter(({ key }) => key !== newNotice.key);
  const remaining = others.filter(({ isAnswer }) => !(isAnswer && newNotice.isAnswer));
  const sortedByTone = remaining.toSorted((a, b) => Number(a.tone === 'bad') - Number(b.tone === 'bad'));
  const surplus = sortedByTone.slice(0, Math.max(0, remaining.length + 1 - maxOnScreen));
  return [...others.filter((one) => !remaining.includes(one)), ...surplus].map(({ key }) => key);
}

function hide(key: string): void {
  screenNotices = screenNotices.filter((one) => one.key !== key);
  notifications.hide(key);
}

/** The button of a notice. An undo button disappears once its step is no longer the next one. */
function NoticeButton({ action, onClick }: { action: NoticeAction; onClick: () => void }) {
  // Notices are outside of the query provider.
  const { data } = useQuery(nextStepsQuery, queryClient);
  const { step } = action;
  const isNext = step !== undefined && data?.[step.direction]?.op_id === step.op;
  const [wasNext, setWasNext] = useState(isNext);
  if (isNext && !wasNext) setWasNext(true);
  if (step !== undefined && wasNext && !isNext) return null;
  return (
    // The button takes no focus, because the notice disappears.
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
  isOngoing = false,
  needsAttention = tone === 'bad',
  stays,
  title,
  more = null,
  fault,
  action,
}: Notice): string {
  const key = id ?? crypto.randomUUID();
  addNotice({ key, title, more, fault, tone, action: action ?? null, isOngoing, needsAttention });
  // The result of long work counts as unseen too.
  const isUnseen = needsAttention || useNotices.getState().list[0]?.needsAttention === true;
  const defaultMs = tone === 'bad' || isOngoing ? false : isUnseen ? screenMs.unseen : screenMs.answer;
  const screenNotice: ScreenNotice = {
    key,
    tone,
    isAnswer: tone === 'plain' && !isOngoing && !needsAttention,
  };
  notifications.hide(key);
  for (const displacedKey of keysToHide(screenNotice)) hide(displacedKey);
  screenNotices = [...screenNotices.filter((one) => one.key !== key), screenNotice];
  // A text fits behind the title if there is room, so that the notice covers less.
  const isInline = tone === 'plain' && typeof more === 'string';
  const runAction = (): void => {
    dropNotice(key);
    action?.run();
  };
  return notifications.show({
    id: key,
    className: `notice notice-${tone}`,
    autoClose: stays ?? defaultMs,
    withBorder: true,
    closeButtonProps: { 'aria-label': say('home:unknown.meant'), onClick: () => markSeen(key) },
    onClose: () => (screenNotices = screenNotices.filter((one) => one !== screenNotice)),
    title: (
      <span className="row apart gap-12 notice-line">
        <span className="breaks">
          <span className="notice-title">{title}</span>
          {isInline && <span className="regular dim breaks mt-2 notice-more"> {more}</span>}
        </span>
        {action && <NoticeButton action={action} onClick={runAction} />}
      </span>
    ),
    message: isInline ? null : more,
  });
}

/** Removes all notices from the screen except those of ongoing work; they stay in the list. */
export function hidePopups(): void {
  const ongoingKeys = new Set(
    useNotices.getState().list.flatMap(({ key, isOngoing }) => (isOngoing ? [key] : [])),
  );
  for (const { key } of screenNotices) if (!ongoingKeys.has(key)) hide(key);
}

const shownPage = (): string => {
  const { view } = currentAddress();
  return view.kind === 'list' ? `list ${view.type}` : view.kind;
};

/** Moves problems from the screen to the list whenever another page is shown. They belong to the page that was left. */
export function leaveProblemsBehind(): () => void {
  let page = shownPage();
  return useTabs.subscribe(() => {
    if (shownPage() === page) return;
    page = shownPage();
    for (const { key, tone } of screenNotices) if (tone === 'bad') hide(key);
  });
}

export function dropNotice(id: string): void {
  endNotices(id);
  hide(id);
}

const isRefusal = (description: ErrorDescription | undefined): boolean => description?.code === 'FORBIDDEN';

export function dropRefusals(): void {
  for (const { key, fault } of useNotices.getState().list)
    if (isRefusal(fault?.description) || key === lockedKey) dropNotice(key);
}

/**
 * Shows an error until it is dismissed or another page is shown. Ignores cancellation. `work` is the id of the work that failed: its later
 * success replaces the error by a notice with this id, or removes it by `dropNotice`.
 */
export function reportError(error: unknown, title?: string, work?: string): void {
  if (isCancelled(error)) return;
  const description = describeError(error);
  const id = work ?? `failure:${description.code}:${title ?? ''}`;
  const occurredAt = new Date().toISOString();
  notice({
    id,
    tone: 'bad',
    ...(isRefusal(description) ? { stays: screenMs.refusal } : {}),
    ...(canRecoverFrom(error)
      ? { action: { label: say('faults:recover'), run: () => void reportErrors(reopenForRecovery) } }
      : {}),
    title: title ?? description.title,
    more: <Failure error={error} occurredAt={occurredAt} activity={title} />,
    fault: { description, occurredAt, activity: title },
  });
}

/** Runs the work and reports its error. */
export async function reportErrors(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    reportError(error);
  }
}
