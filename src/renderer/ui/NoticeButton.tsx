import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NoticeAction } from '../stores/notices.ts';
import { nextQuery } from '../stores/own-steps.ts';
import { queries } from '../stores/queries.ts';

/**
 * Whether what a notice offers is over: undo and redo take one step after the other, and its step was the next one and is not any more.
 * As long as that is not read yet it is offered.
 */
function useOver({ step }: NoticeAction): boolean {
  // Notices stand beside the window, not in it.
  const { data } = useQuery(nextQuery, queries);
  const next = step !== undefined && data?.[step.direction]?.op_id === step.op;
  const [wasNext, setWasNext] = useState(next);
  if (next && !wasNext) setWasNext(true);
  return step !== undefined && wasNext && !next;
}

/** The button of a notice on the screen, as long as what it does can be done. */
export function NoticeButton({ action, onClick }: { action: NoticeAction; onClick: () => void }) {
  if (useOver(action)) return null;
  return (
    // The focus stays where the person works: the notice is gone after this.
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
