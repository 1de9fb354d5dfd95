import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { at } from '../contract/moments.ts';
import { shellEvent } from './events.ts';
import { program } from './program.ts';
import { fileContent, fileHandle, saveHandle } from './files.ts';
import { MAX_LINK_LENGTH } from './openings.ts';
import { menuModel } from './menu.ts';
import { refusedCall } from './refused-call.ts';
import { seat, seatPatch } from './seat.ts';
import { updateSettings } from './updates.ts';
import { workspaceChoice } from './workspace.ts';

const filePurpose = z.enum(['import', 'document', 'certificates']);
export type FilePurpose = z.infer<typeof filePurpose>;

const emptyObject = z.object({});
/** The actor (profile id) of a recovery; null if the profiles are unknown. */
const recoveryInput = z.object({ actor: z.string().max(200).nullable() });

/**
 * Operations of the shell: dialogs, the native menu, seat settings, external links. They have a port of their own, beyond the data port.
 * Paths never cross that port: the shell converts a choice to a grant.
 */
export const shellContract = {
  /** Asks for a file to read. Null if cancelled; throws BAD_FILE if it is missing or not a regular file. */
  chooseFile: oc.input(z.object({ purpose: filePurpose })).output(fileHandle.nullable()),

  /** Asks where to write a file with the extension of `suggested`, which is a file name without a folder. Null if cancelled. */
  chooseSaveFile: oc
    .input(z.object({ purpose: z.enum(['export']), suggested: z.string().min(1).max(200) }))
    .output(saveHandle.nullable()),

  /**
   * Writes content made by the window (a picture, a page) to the location of a save grant, which is used up. False if the grant is unknown
   * or writing failed; an existing file is then unchanged.
   */
  saveFile: oc
    .input(z.object({ grant: z.string().min(1).max(100), content: fileContent }))
    .output(z.boolean()),

  /** Opens the system's print dialog for the current view. `noPrinter` if the system has none; `cancelled` also if the printer failed. */
  print: oc.input(emptyObject).output(z.enum(['printed', 'cancelled', 'noPrinter'])),

  /** Shows the file of a grant of this session in the system's file manager. False if the grant is unknown. */
  revealFile: oc.input(z.object({ grant: z.string().min(1).max(100) })).output(z.boolean()),

  /** Where the data process writes the copy of a document that `openDocument` opens. Null for an unknown media type. */
  documentCopy: oc
    .input(z.object({ name: z.string().max(300), mediaType: z.string().max(300) }))
    .output(saveHandle.nullable()),

  /** Opens a written copy of `documentCopy`, made read-only, in the system's program for it. */
  openDocument: oc
    .input(z.object({ grant: z.string().min(1).max(100) }))
    .output(z.enum(['opened', 'refused'])),

  openWindow: oc.input(z.object({ place: z.string().max(MAX_LINK_LENGTH) })).output(emptyObject),

  setMenu: oc.input(menuModel).output(emptyObject),

  about: oc.input(emptyObject).output(program),

  /** The support text: facts and log lines with redacted names. */
  support: oc.input(emptyObject).output(z.string()),

  /** Pastes the clipboard into the focused element, like the system's command. */
  paste: oc.input(emptyObject).output(emptyObject),

  /** Opens an https address in the system's browser, once for each action of the user. False if it is rejected. */
  openExternal: oc.input(z.object({ url: z.string().max(2000) })).output(z.boolean()),

  /** Settings of one seat: theme, panel widths, drafts, last views. Neither audited nor shared. */
  seat: {
    get: oc.input(emptyObject).output(seat),
    set: oc.input(seatPatch).output(seat),
  },

  workspace: {
    /**
     * Creates a workspace in an empty folder, opens an existing one, or returns to the sample. The page reloads and then gets `file`, the
     * grant of an earlier chosen file, like a file opened from outside. Returns only the folder's own name.
     */
    choose: oc
      .input(
        z.object({
          which: z.enum(['new', 'existing', 'sample']),
          file: z.string().min(1).max(100).optional(),
        }),
      )
      .output(workspaceChoice),
    /** Asks for the folder of a new workspace. Null if cancelled. */
    chooseFolder: oc.input(emptyObject).output(saveHandle.nullable()),
    /** Asks for the folder of a git repository, for reading. Null if cancelled. */
    chooseRepository: oc.input(emptyObject).output(saveHandle.nullable()),
    /** Opens the workspace in the folder of a grant of `chooseFolder`; cancelled if the grant is unknown or the folder has no workspace. */
    openMade: oc.input(z.object({ grant: z.string().min(1).max(100) })).output(workspaceChoice),
    /** Opens a recent workspace by its id; rejected as `gone` if it no longer exists. */
    openRecent: oc.input(z.object({ id: z.string().max(100) })).output(workspaceChoice),
    /**
     * Opens a sandbox of the workspace, or live with null. The page reloads and then gets `link` like a link opened from outside. `at`
     * opens a read-only point in time, as in `moments.resolve`. False if `sandbox` is not a sandbox id.
     */
    turn: oc
      .input(
        z.object({
          sandbox: z.string().max(100).nullable(),
          at: at.optional(),
          link: z.string().max(MAX_LINK_LENGTH).optional(),
        }),
      )
      .output(z.boolean()),
    /**
     * Restores a backup over records that cannot be opened, then opens them in a reloaded page. Progress comes as events. `actor` is a
     * profile id, or null if the profiles are unknown. `place` is the key of the backup's folder, null for the current one. Throws BUSY if
     * other work is in progress or the records are open after all.
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
      .output(emptyObject),
    /** Asks for another folder with backups, and adds it to the options for recovery. False if cancelled. */
    pointToBackups: oc.input(emptyObject).output(z.boolean()),
    /** Like `restore`, with the records salvaged from a corrupt file. */
    salvage: oc.input(recoveryInput).output(emptyObject),
    /** Like `restore`, but keeps the file as it is, although recorded changes are missing. */
    accept: oc.input(recoveryInput).output(emptyObject),
    /** Like `restore`, but vacuums the file. */
    vacuum: oc.input(z.object({ actor: z.string().max(200) })).output(emptyObject),
    /** Asks for the folder of future backups, or resets it to the workspace's own folder (`usual`). Runs like `restore`. False if cancelled. */
    placeBackups: oc.input(z.object({ usual: z.boolean(), actor: z.string().max(200) })).output(z.boolean()),
    cancelRestore: oc.input(emptyObject).output(emptyObject),
    /** Writes the files of a damaged workspace to a file for support. `path` is null if cancelled; `problem` says why writing failed. */
    supportCopy: oc
      .input(z.object({ suggested: z.string().max(200) }))
      .output(z.object({ path: z.string().nullable(), problem: refusedCall.nullable() })),
    /** Removes an entry from the recent workspaces; the workspace stays. */
    forgetRecent: oc.input(z.object({ id: z.string().max(100) })).output(emptyObject),
    /** Shows the folder of the workspace in the system's file manager. */
    reveal: oc.input(emptyObject).output(emptyObject),
    /** Shows the folder of the workspace's backups. False if there is none or it cannot be shown. */
    revealBackups: oc.input(emptyObject).output(z.boolean()),
  },

  updates: {
    check: oc.input(emptyObject).output(emptyObject),
    download: oc.input(emptyObject).output(emptyObject),
    cancel: oc.input(emptyObject).output(emptyObject),
    /** Quits, installs the downloaded update and restarts. */
    restart: oc.input(emptyObject).output(emptyObject),
    set: oc.input(updateSettings).output(emptyObject),
    /**
     * Restores the backup made before the update, then starts the previous version. With null the records stay. Progress comes as events.
     * Throws BUSY if it cannot start.
     */
    goBack: oc
      .input(z.object({ backup: z.string().max(200).nullable(), actor: z.string().max(200) }))
      .output(emptyObject),
  },

  data: {
    /** Restarts the data process after the shell gave up on it, or when it hangs. */
    restart: oc.input(emptyObject).output(emptyObject),
  },

  /** Shell events, starting with the current state of the theme and the data process. */
  events: oc.input(emptyObject).output(eventIterator(shellEvent)),
};

export type ShellContract = typeof shellContract;
