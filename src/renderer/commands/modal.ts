import { isDialogOpen } from '../ui/dialog.tsx';

/** What stands over the whole window and tells of something that is under way. */
const over = '[role="alertdialog"][aria-modal="true"]';

/** What tells that this workspace cannot be reached; whatever dialog is open beneath it, one may go elsewhere. */
const leavable = '.gone[data-leavable]';

/** Commands that change nothing but how large the window is drawn. */
const harmless = /^view\.zoom/;

/** Commands that lead to another workspace: the way out where this one cannot be reached. */
const elsewhere = /^workspace\.(?!rename)/;

/** Whether a command has to wait until what is in front is answered: what is behind a dialog must not change by a key or a menu. */
export function mustWait(id: string): boolean {
  if (harmless.test(id)) return false;
  const infront = [...document.querySelectorAll(over)];
  if (infront.length > 0) return !(elsewhere.test(id) && infront.every((one) => one.matches(leavable)));
  return isDialogOpen();
}
