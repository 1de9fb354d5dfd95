import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { at } from '../contract/moments.ts';
import { shellEvent } from './events.ts';
import { program } from './program.ts';
import { fileContent, fileHandle, saveHandle } from './files.ts';
import { LONGEST_LINK } from './openings.ts';
import { menuModel } from './menu.ts';
import { refused } from './refused.ts';
import { seat, seatPatch } from './seat.ts';
import { updateSettings } from './updates.ts';
import { workspaceChoice } from './workspace.ts';

const nothing = z.object({});
/** In whose name (a profile's id) records are recovered that cannot be opened; null where nobody can tell who there is. */
const recovering = z.object({ actor: z.string().max(200).nullable() });

/**
 * What only the shell can do: dialogs, the native menu, what belongs to one seat, links to the outside. It has a port of its
 * own beside the data port. A path never crosses it in either direction: the shell turns a choice into a grant.
 */
export const shellContract = {
  /** Asks for a file to read. Null when the person cancels; throws BAD_FILE for what is no regular file, or gone since. */
  chooseFile: oc.input(z.object({ purpose: z.enum(['import', 'document']) })).output(fileHandle.nullable()),

  /** Asks where to write a file, of the kind that `suggested` ends in: a file name without a folder. Null when the person cancels. */
  chooseSaveFile: oc
    .input(z.object({ purpose: z.enum(['export']), suggested: z.string().min(1).max(200) }))
    .output(saveHandle.nullable()),

  /**
   * Writes what the window itself has made (a picture, a page) to the place behind a grant to save, which is used up. False when the grant is
   * not known, or it could not be written; what stood there is then untouched.
   */
  saveFile: oc
    .input(z.object({ grant: z.string().min(1).max(100), content: fileContent }))
    .output(z.boolean()),

  /** Opens the system's print dialog for the view in front. `noPrinter` if the system has none; `cancelled` also if the printer refused. */
  print: oc.input(nothing).output(z.enum(['printed', 'cancelled', 'noPrinter'])),

  /** Shows the file behind a grant of this session in the system's file manager. False when the grant is not known. */
  revealFile: oc.input(z.object({ grant: z.string().min(1).max(100) })).output(z.boolean()),

  /** Opens a read-only copy of a stored document in the system's program for it. `missing`: its file is not on this computer. */
  openDocument: oc
    .input(
      z.object({
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        name: z.string().max(300),
        mediaType: z.string().max(300),
      }),
    )
    .output(z.enum(['opened', 'missing', 'refused'])),

  /** Opens another window on the workspace that is open, at that address. */
  openWindow: oc.input(z.object({ place: z.string().max(LONGEST_LINK) })).output(nothing),

  /** Publishes the window's commands; the native menu is built from them. */
  setMenu: oc.input(menuModel).output(nothing),

  /** Which program this is, for About and for the details of an error. */
  about: oc.input(nothing).output(program),

  /** The text for support: facts and log lines, with names redacted. */
  support: oc.input(nothing).output(z.string()),

  /** Pastes the clipboard into what has the focus, as the system's own command does. */
  paste: oc.input(nothing).output(nothing),

  /** Opens a web address (http, https) in the system's browser. False when the address is refused. */
  openExternal: oc.input(z.object({ url: z.string().max(2000) })).output(z.boolean()),

  /** What belongs to one seat: theme, panel widths, drafts, last views. Not audited, not shared. */
  seat: {
    get: oc.input(nothing).output(seat),
    set: oc.input(seatPatch).output(seat),
  },

  workspace: {
    /**
     * Makes a workspace in an empty folder that the person chooses, opens one that is there, or goes back to the sample. The
     * page is loaded anew when it is open, and then told of `file`, the ticket of one that was chosen before, as of one that is
     * opened from outside. Only the folder's own name is told.
     */
    choose: oc
      .input(
        z.object({
          which: z.enum(['new', 'existing', 'sample']),
          file: z.string().min(1).max(100).optional(),
        }),
      )
      .output(workspaceChoice),
    /** Lets the person choose the folder of a workspace that is to be made. Null when they cancel. */
    chooseFolder: oc.input(nothing).output(saveHandle.nullable()),
    /** Opens the workspace that was made in the folder behind such a grant; cancelled where there is none. */
    openMade: oc.input(z.object({ grant: z.string().min(1).max(100) })).output(workspaceChoice),
    /** Opens one of the recent workspaces by its id; refused as `gone` when it is not there any more. */
    openRecent: oc.input(z.object({ id: z.string().max(100) })).output(workspaceChoice),
    /**
     * Turns to a sandbox of the workspace that is open, or with null to its records. The page is loaded anew, and then told of `link` as
     * of one that is opened from outside. With `at` it is what that was at a moment, as `moments.resolve` takes it, which is only read.
     * False for what is no sandbox's id.
     */
    turn: oc
      .input(
        z.object({
          sandbox: z.string().max(100).nullable(),
          at: at.optional(),
          link: z.string().max(LONGEST_LINK).optional(),
        }),
      )
      .output(z.boolean()),
    /**
     * Puts a backup in the place of records that cannot be opened, which are opened afterwards in a page that begins anew. How it goes is told
     * by events. `actor` is the profile in whose name, null where nobody can be asked for. `place` is the key of where it lies, null for the place
     * of today. BUSY where it is not begun: something else is under way, or the records are open after all.
     */
    restore: oc
      .input(
        z.object({
          id: z.string().max(200),
          actor: z.string().max(200).nullable(),
          another: z.boolean().default(false),
          place: z.string().max(100).nullable().default(null),
        }),
      )
      .output(nothing),
    /**
     * Lets the person point to a folder in which backups lie, and looks there too for what the workspace can be recovered with. False when the
     * person cancels.
     */
    pointToBackups: oc.input(nothing).output(z.boolean()),
    /** As `restore`, with what can be salvaged of a damaged file in the place of the records. */
    salvage: oc.input(recovering).output(nothing),
    /** Takes the file as it is, in the same way, although changes are missing in it that were written down. */
    accept: oc.input(recovering).output(nothing),
    /** Moves the log of another file that lies beside the records' aside, in the same way. */
    setLogAside: oc.input(recovering).output(nothing),
    /** Packs the file, in the same way. */
    vacuum: oc.input(z.object({ actor: z.string().max(200) })).output(nothing),
    /**
     * Lets the person choose where backups lie from now on, or says with `usual` that it is the workspace's own folder, in the same way.
     * False when the person cancels.
     */
    placeBackups: oc.input(z.object({ usual: z.boolean(), actor: z.string().max(200) })).output(z.boolean()),
    /** Gives any of these up, as long as nothing was replaced. */
    cancelRestore: oc.input(nothing).output(nothing),
    /**
     * Writes what a damaged workspace consists of to a file that the person chooses, for who helps. `path` is null where none was chosen;
     * `problem` says why it was not written.
     */
    supportCopy: oc
      .input(z.object({ suggested: z.string().max(200) }))
      .output(z.object({ path: z.string().nullable(), problem: refused.nullable() })),
    /**
     * Takes a sandbox of what can be salvaged of a damaged workspace and turns to it, in a page that begins anew. Says why that could not be
     * done, or null.
     */
    lookAtSalvage: oc
      .input(z.object({ name: z.string().min(1).max(100) }))
      .output(z.object({ problem: refused.nullable() })),
    /** Takes one off the recent workspaces. It stays where it is. */
    forgetRecent: oc.input(z.object({ id: z.string().max(100) })).output(nothing),
    /** Shows the folder of the workspace in the system's file manager. */
    reveal: oc.input(nothing).output(nothing),
    /** Shows the folder of its backups. False when there is none, or it cannot be shown. */
    revealBackups: oc.input(nothing).output(z.boolean()),
  },

  /** How they stand is told by events. */
  updates: {
    check: oc.input(nothing).output(nothing),
    download: oc.input(nothing).output(nothing),
    cancel: oc.input(nothing).output(nothing),
    /** Ends the program, which installs what is ready, and starts it again. */
    restart: oc.input(nothing).output(nothing),
    set: oc.input(updateSettings).output(nothing),
    /**
     * Restores the backup with that id, made before the update, for the previous version, and starts that. With null the records stay. How it
     * goes is told by events. BUSY where it is not begun.
     */
    goBack: oc
      .input(z.object({ backup: z.string().max(200).nullable(), actor: z.string().max(200) }))
      .output(nothing),
  },

  data: {
    /** Starts the data process again after the shell gave up on it, or when it hangs. */
    restart: oc.input(nothing).output(nothing),
  },

  /** What happens in the shell, beginning with how things stand: the theme and the data process's state. */
  events: oc.input(nothing).output(eventIterator(shellEvent)),
};

export type ShellContract = typeof shellContract;
