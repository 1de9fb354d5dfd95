/** How the file of the workspace is: what was looked at, what takes up room, where backups lie. */
export default {
  title: 'Health',
  what: 'How the file that holds your records is, and what can be done for it. Everything here only looks, until you ask for more.',
  check: 'Check everything now',
  packCommand: 'Compact the file…',
  placeCommand: 'Choose where backups lie…',
  looking: 'Looking at the file',
  checking: 'Checking everything',
  again: 'Look again',
  state: {
    good: 'Everything is in order.',
    warn_one: '{{count}} thing is worth a look.',
    warn_other: '{{count}} things are worth a look.',
    bad_one: '{{count}} thing is wrong. Before anything else, see that there is a backup that is whole.',
    bad_other: '{{count}} things are wrong. Before anything else, see that there is a backup that is whole.',
  },
  word: { good: 'In order', warn: 'Look', bad: 'Wrong' },
  findings: 'What was looked at',
  lastFull: 'Every page and index was checked {{when}}.',
  checkDone: 'The file was checked and is whole',
  checkDoneMore: 'Every page and index of the file was read, and every entry of the history was followed.',
  checkFound: 'The check found something',
  /** What the window says unasked, under the code of what was found. */
  warn: {
    label: 'Warning about the workspace',
    open: 'Open Health',
    more_one: '{{count}} more',
    more_other: '{{count}} more',
    noted: {
      closed: 'The file of the workspace is damaged: nothing is written to it until it is recovered.',
    },
    disk: {
      full: 'The disk is as good as full: {{free}} are free. Make room, or nothing more can be saved.',
      low: 'Only {{free}} are free on the disk; a backup and a restore may need {{needed}}. Make room.',
    },
    access: {
      read_only:
        'This workspace can only be read: nothing can be saved. Allow FRAMES to write to its folder and file.',
    },
    synced: {
      by: '{{client}} seems to sync this workspace, and may copy or replace its file while it is being written. Keep it in a folder that is not synced.',
    },
    clock: {
      behind:
        'The clock of this computer is behind: the newest entry is of {{newest}}. The history keeps its order, but new entries and backups carry too early a time. Set the clock.',
    },
    place: {
      missing:
        'The place of backups is not there: nothing is backed up. Connect its drive, or choose another place.',
    },
    daily: {
      failed:
        'The daily backup was not made. It will be tried again; look whether there is a newer one. {{why}}',
    },
    others: {
      open: 'This workspace is open in another window too. What is saved in one appears in the other; restoring, resetting and compacting wait until one is closed.',
    },
  },
  finding: {
    file: 'File',
    size: 'Size',
    disk: 'Free space',
    access: 'Access',
    synced: 'Synced folder',
    integrity: 'Integrity',
    noted: 'Noted damage',
    chain: 'Audit chain',
    head: 'Kept end of the audit',
    clock: 'Clock',
    place: 'Place of backups',
    backup: 'Last backup',
    daily: 'Daily backup',
    others: 'Other windows',
    verified: 'Verification of backups',
    sandboxes: 'Sandboxes',
  },
  says: {
    file: {
      ours: 'A workspace of this version of FRAMES.',
      older: 'Of an older version; opening it brings it forward.',
      newer: 'Written by a newer version of FRAMES.',
      missing: 'The file is missing.',
      empty: 'The file is empty.',
      foreign: 'The file is not one of FRAMES, or its beginning is damaged.',
      damaged: 'The file is damaged.',
      strange_log:
        'The log beside the file is of another file. Close and open the workspace to set it aside.',
      unreadable: 'The system refuses access to the file.',
      full: 'The disk is full: the file cannot be opened. Make room and try again.',
      read_only_folder: 'The folder of the file can only be read, so that it cannot be opened.',
    },
    size: { is: '{{bytes}}, and {{wal}} of new entries beside it.' },
    disk: {
      free: '{{free}} are free on the disk.',
      low: 'Only {{free}} are free; a backup and a restore may need {{needed}}.',
      full: 'The disk is as good as full: {{free}} are free. Make room, or nothing more can be saved.',
      unknown: 'How much is free on the disk cannot be told ({{error}}).',
    },
    access: {
      writable: 'The folder and the file can be written.',
      read_only: 'They can only be read ({{error}}): nothing can be saved.',
    },
    synced: {
      none: 'No cloud program seems to sync the folder.',
      by: '{{client}} seems to sync {{folder}}. It may copy the file while it is being written: keep the workspace elsewhere.',
    },
    integrity: {
      whole: 'The file is whole.',
      damaged: 'The file is damaged: not all of its pages are as they should be.',
      unreadable: 'Not all of the file can be read ({{error}}).',
    },
    noted: {
      closed: 'Damage was met in this workspace: nothing is written to it until it is recovered.',
      damaged:
        'Damage was met in this workspace, and is still there. Recover it from a backup, or by what can be read of it.',
      whole: 'Damage was met in this workspace. Every page is whole now, and the next start forgets it.',
      unknown: 'Damage was met in this workspace. Whether it is still there cannot be looked at now.',
    },
    chain: {
      whole: 'Unbroken: {{transactions}} changes, in which records were written {{rows}} times.',
      broken: 'Broken: {{problem}}',
      differs: 'Unbroken, but replaying it does not give the records that are here: {{problem}}',
      unreadable: 'It cannot be read ({{error}}).',
    },
    head: {
      kept: 'The newest entry that was written down is in the history.',
      missing:
        'It was not written down: entries cut off before now would not be noticed. The next change writes it.',
      cut: 'The newest entry that was written down is not in the history: its end was cut off.',
      another:
        'The newest entry that was written down is not in the history: the file is of another workspace.',
      unreadable: 'It cannot be compared ({{error}}).',
    },
    clock: {
      right: 'It is not behind the newest entry.',
      behind:
        'It is behind: the newest entry is of {{newest}}. The history keeps its order, but new entries and backups carry too early a time: set the clock of this computer.',
    },
    place: {
      usual: 'In the folder of the workspace.',
      chosen: '{{folder}}',
      missing:
        '{{folder}} is not there. Connect its drive, or choose another place: nothing is backed up meanwhile.',
    },
    backup: {
      none: 'There is none yet.',
      nothing: 'There is nothing to back up yet.',
      there: 'There is one that can be used.',
      current: 'Made {{when}}; nothing was written since.',
      recent: 'Made {{when}}; something was written since.',
      replaced:
        'Made on {{when}}, of records that were replaced since. What is here now is in the one made on {{since}}.',
      apart:
        'Made on {{when}}, of records that were replaced since. What is here now goes on from the one made on {{since}}, and something was written since.',
      other: 'Made {{when}}, of records that were replaced since. There is none of what is here now.',
      old: 'Made {{when}}, and something was written since.',
    },
    daily: { failed: 'The last one was not made: {{why}}' },
    others: { open: 'Open in {{who}} too. What is saved in one appears in the other.' },
    verified: {
      never: 'Each was checked when it was made, none since.',
      whole: 'One was found whole {{when}}.',
      damaged_one: '{{count}} backup cannot be used, or was found damaged.',
      damaged_other: '{{count}} backups cannot be used, or were found damaged.',
    },
    sandboxes: {
      fine_one: '{{count}} sandbox, which can be opened.',
      fine_other: '{{count}} sandboxes; all can be opened.',
      none: 'There are none.',
      problems_one: '{{count}} sandbox cannot be opened: {{problem}}',
      problems_other: '{{count}} sandboxes cannot be opened, for example: {{problem}}',
    },
  },
  deed: { backups: 'Open Backups', play: 'Open Play' },
  size: {
    title: 'Size',
    file: 'File',
    wal: 'New entries beside it',
    free: 'Free within the file',
    freeHint: 'Compacting gives it back to the disk.',
    entries: 'Changes in the history',
    changes: 'Records written in them',
  },
  pack: {
    title: 'Compact the file?',
    what: 'The file takes {{bytes}}; {{free}} of it are free and would be given back.',
    little: 'There is little to gain: next to nothing of it is free.',
    safe: 'A verified backup is made first; until then it can be cancelled. The window begins anew afterwards.',
    yes: 'Compact',
    running: 'Compacting the file',
    done: 'The file is compacted',
    doneMore: '{{before}} before, {{after}} now. A backup was made first.',
  },
  place: {
    title: 'Place of backups',
    usual:
      'In the folder of this workspace, on the same drive as the records. Another drive keeps them when this one fails.',
    chosen: 'In {{folder}}.',
    missing:
      '{{folder}} is not there. Nothing is backed up until its drive is connected, or another place is chosen.',
    choose: 'Choose another place…',
    back: 'Back to the usual place',
    hint: 'A folder of their own is made for them there. Backups that are there already stay where they are. The window begins anew.',
    running: 'Changing where backups lie',
    done: 'Backups lie in the new place from now on',
    doneUsual: 'Backups lie in the folder of the workspace again',
    doneMore: 'Those that were made before stay where they are.',
  },
  tables: {
    title: 'What takes up room',
    name: 'Table',
    rows: 'Rows',
    bytes: 'Size',
    indexes: 'Its indexes',
    unused: 'Unused',
    audit_transactions: 'History: changes',
    audit_logs: 'History: changed records',
    workspaces: 'Workspace and its upkeep',
    sqlite_schema: 'Description of the tables',
    other: 'Other: {{name}}',
  },
} as const;
