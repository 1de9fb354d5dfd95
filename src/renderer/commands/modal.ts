import { isDialogOpen } from '../ui/dialog.tsx';

/** What stands over the whole window and tells of something that is under way. */
const over = '[role="alertdialog"][aria-modal="true"]';

/** Commands that change nothing but how large the window is drawn. */
const harmless = /^view\.zoom/;

/** Commands that lead to another workspace: the way out where this one cannot be reached. */
const elsewhere = /^workspace\.(?!rename)/;

/** Whether a command has to wait until what is in front is answered: what is behind a dialog must not change by a key or a menu. */
export function mustWait(id: string): boolean {
  if (harmless.test(id)) return false;
  if (isDialogOpen()) return true;
  const infront = [...document.querySelectorAll(over)];
  return infront.length > 0 && !(elsewhere.test(id) && infront.every((one) => one.matches('.gone')));
}
