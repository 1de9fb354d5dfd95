import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { isCancelled } from '../api/failures.ts';
import { describeError } from '../text/faults.ts';
import { CopyTrace } from './CopyTrace.tsx';

interface Notice {
  /** Notices of one id replace each other. */
  id?: string;
  title: ReactNode;
  /** A second, quieter line. */
  more?: ReactNode;
  action?: { label: string; run: () => void };
  /** Milliseconds until it goes by itself; false to stay. By default 8 seconds. */
  stays?: number | false;
  tone?: 'plain' | 'bad';
}

/** Says what was done, with the way back beside it. */
export function notice({ id, title, more, action, stays = 8000, tone = 'plain' }: Notice): string {
  const key = id ?? crypto.randomUUID();
  const again = (): void => {
    notifications.hide(key);
    action?.run();
  };
  const shown = {
    id: key,
    className: `notice notice-${tone}`,
    autoClose: stays,
    withBorder: true,
    title: (
      <span className="notice-line">
        <span className="notice-title">{title}</span>
        {action && (
          // The focus stays where the person works: the notice is gone after this.
          <Button
            size="xs"
            variant="subtle"
            color="accent"
            onMouseDown={(event) => event.preventDefault()}
            onClick={again}
          >
            {action.label}
          </Button>
        )}
      </span>
    ),
    message: more ?? null,
  };
  notifications.hide(key);
  return notifications.show(shown);
}

export function dropNotice(id: string): void {
  notifications.hide(id);
}

/** Tells of a failure in its three parts. Cancelling is no failure. */
export function report(error: unknown, title?: string): void {
  if (isCancelled(error)) return;
  const described = describeError(error);
  notice({
    id: `failure:${described.code}:${title ?? ''}`,
    tone: 'bad',
    stays: 12_000,
    title: title ?? described.title,
    more: (
      <>
        <div>
          {[title === undefined ? null : described.title, described.detail].filter(Boolean).join(': ')}
        </div>
        <div>
          {described.safe} {described.action}
        </div>
        {described.trace !== null && <CopyTrace trace={described.trace} />}
      </>
    ),
  });
}
