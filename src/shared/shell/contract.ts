import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { shellEvent } from './events.ts';
import { fileHandle, saveHandle } from './files.ts';
import { menuModel } from './menu.ts';
import { seat, seatPatch } from './seat.ts';
import { workspaceChoice } from './workspace.ts';

const nothing = z.object({});

/**
 * What only the shell can do: dialogs, the native menu, what belongs to one seat, links to the outside. It has a port of its
 * own beside the data port. A path never crosses it in either direction: the shell turns a choice into a grant.
 */
export const shellContract = {
  /** Asks for a file to read. Null when the person cancels, or chose what is no regular file. */
  chooseFile: oc.input(z.object({ purpose: z.enum(['import']) })).output(fileHandle.nullable()),

  /** Asks where to write a file. `suggested` is a file name without a folder. Null when the person cancels. */
  chooseSaveFile: oc
    .input(z.object({ purpose: z.enum(['export']), suggested: z.string().min(1).max(200) }))
    .output(saveHandle.nullable()),

  /** Shows the file behind a grant of this session in the system's file manager. False when the grant is not known. */
  revealFile: oc.input(z.object({ grant: z.string().min(1).max(100) })).output(z.boolean()),

  /** Publishes the window's commands; the native menu is built from them. */
  setMenu: oc.input(menuModel).output(nothing),

  /** Opens an https address in the system's browser. False when the address is refused. */
  openExternal: oc.input(z.object({ url: z.string().max(2000) })).output(z.boolean()),

  /** What belongs to one seat: theme, panel widths, drafts, last views. Not audited, not shared. */
  seat: {
    get: oc.input(nothing).output(seat),
    set: oc.input(seatPatch).output(seat),
  },

  workspace: {
    /**
     * Makes a workspace in an empty folder that the person chooses, opens one that is there, or goes back to the sample. The
     * page is loaded anew when it is open. Only the folder's own name is told.
     */
    choose: oc.input(z.object({ which: z.enum(['new', 'existing', 'sample']) })).output(workspaceChoice),
    /** Shows the folder of the workspace in the system's file manager. */
    reveal: oc.input(nothing).output(nothing),
  },

  data: {
    /** Starts the data process again after the shell gave up on it, or when it hangs. */
    restart: oc.input(nothing).output(nothing),
  },

  /** What happens in the shell, beginning with how things stand: the theme and the data process's state. */
  events: oc.input(nothing).output(eventIterator(shellEvent)),
};

export type ShellContract = typeof shellContract;
