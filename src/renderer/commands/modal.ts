import { isDialogOpen } from '../ui/dialog.tsx';

/** What stands over the whole window and tells of something that is under way. */
const over = '[role="alertdialog"][aria-modal="true"]';

/** Commands that change nothing but how large the window is drawn. */
const harmless = /^view\.zoom/;

/** Whether a command has to wait until what is in front is answered: what is behind a dialog must not change by a key or a menu. */
export const mustWait = (id: string): boolean =>
  !harmless.test(id) && (isDialogOpen() || document.querySelector(over) !== null);
