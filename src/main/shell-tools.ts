import { implement } from '@orpc/server';
import type { BrowserWindow } from 'electron';
import { shellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import type { Order } from '#shared/shell/process.ts';
import type { Seat, SeatPatch } from '#shared/shell/seat.ts';
import type { DataWatch } from './data-watch.ts';
import type { ShellGrants } from './grants.ts';
import type { WorkspaceTools } from './workspace-tools.ts';

/** What the shell's operations work with. */
export interface ShellTools {
  window: () => BrowserWindow | null;
  grants: ShellGrants;
  seat: () => Seat;
  /** `of` is the id of the workspace whose page asks for it. */
  changeSeat: (patch: SeatPatch, of: string) => Seat;
  setMenu: (model: Menus) => void;
  restartData: () => void;
  /** The folder in which backups lie; null while no workspace is open. */
  backups: () => string | null;
  workspace: WorkspaceTools;
  /** Has something done with the file while nobody has it open, as a restore (false where it is not begun), and gives that up. */
  restore: (order: Order, of: string) => boolean;
  /** Opens the workspace again, and looks in that folder too for backups where it cannot be. */
  pointToBackups: (folder: string) => void;
  cancelRestore: () => void;
  /** Has something done for a workspace that could not be opened. */
  errand: DataWatch<unknown>['errand'];
  /** Hands a file to the next page, once its workspace can take it. */
  bringAlong: (path: string) => void;
  /** How things stand, told to each new listener first. */
  standing: () => ShellEvent[];
  /** Somebody listens who has heard how things stand. */
  onListening: () => void;
}

/** A page as long as it is the one in the window. */
export interface Page {
  /** Id of the workspace that it is of. */
  workspace: string;
  isThere: () => boolean;
}

/** The shell's contract, to be answered to a page. */
export const shellOperations = implement(shellContract).$context<Page>();
