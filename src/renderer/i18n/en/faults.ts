/** Every declared error in three parts: what happened, what is safe, what to do now. */
export default {
  /** What is safe, where nothing else is said of it. */
  unchanged: 'Nothing was changed.',
  NOT_FOUND: {
    title: 'This record is not there any more',
    action: 'It may have been deleted elsewhere: look in History, or show deleted records.',
  },
  noMoment: {
    title: 'There is no such moment',
    action: 'Nothing was there yet then, or the history does not have it: choose a later one.',
  },
  noSandbox: {
    title: 'This sandbox is not there any more',
    action: 'It may have been discarded: look in the trash of Play.',
  },
  INVALID: {
    title: 'Some values cannot be saved as they are',
    safe: 'Nothing was changed, and what you typed is still here.',
    action: 'Correct the fields that are marked.',
  },
  FORBIDDEN: {
    title: 'You may not change this',
    action:
      'Ask somebody with the right to do it, or, in a workspace without a server, switch to another profile.',
  },
  DUPLICATE_ID: {
    title: 'There already is a record with this id',
    action: 'Open the record that is there, or choose another id.',
  },
  IN_USE: {
    title: 'This university still has records',
    action: 'Look at what would go with it, then decide.',
  },
  ALREADY: {
    title: 'This has been done already',
    action: 'Look at the record again: somebody else was faster.',
  },
  BUSY: {
    title: 'The workspace is busy',
    safe: 'Nothing was changed, and what you typed is still here.',
    action: 'Wait a moment and try again.',
  },
  NOTHING_TO_UNDO: {
    title: 'There is nothing to take back',
    action: 'Only your own changes are undone here; History shows everybody’s.',
  },
  UNDO_CHANGED: {
    title: 'Can’t undo: another change was made since',
    action: 'The Edit menu shows the newest one. Undo that first, or open History.',
  },
  UNDO_CONFLICT: {
    title: 'Somebody has changed this since',
    action: 'Decide whether to leave or to overwrite what was changed since.',
  },
  MOVED_ON: {
    title: 'This was changed since you looked at it',
    action: 'Compare again, then go on.',
  },
  UNDECIDED: {
    title: 'Both sides changed the same',
    action: 'Say for each conflict whether Play or live counts.',
  },
  BAD_FILE: {
    title: 'This file cannot be read',
    action: 'Mend the file, or choose another.',
  },
  /** A file that was to be written. */
  target: {
    title: 'The file cannot be written',
    action: 'Choose another folder or name.',
  },
  ownFile: {
    title: 'This file belongs to the workspace',
    action: 'Choose another file or folder.',
  },
  NOT_EMPTY: {
    title: 'The workspace already has records',
    action: 'Allow records with the same id to be changed, then import again.',
  },
  UNKNOWN_ACTOR: {
    title: 'This profile does not exist',
    action: 'Choose another profile.',
  },
  GRANT_EXPIRED: {
    title: 'The file has to be chosen again',
    action: 'Choose the file once more.',
  },
  BACKUP: {
    title: 'The backup cannot be used',
    action: 'Choose another backup, or check this one.',
  },
  GOLDEN: {
    title: 'The golden copy cannot be used',
    version: 'Golden version {{version}} cannot be used',
    action: 'Choose another version, or check the golden versions.',
  },
  WORKSPACE: {
    title: 'The workspace cannot be opened',
    safe: 'Its files were not touched.',
    action: 'Look at the details, then start FRAMES again.',
  },
  recover: 'Close and recover…',
  /** A workspace that is open and cannot be written, by the reason. */
  unwritten: {
    damaged: {
      title: 'The file of the workspace is damaged',
      action: 'Close it and recover: restore a backup, or salvage what can be read.',
      notWritten: 'Nothing is written to it until it is recovered.',
    },
    sandbox_damaged: {
      title: 'The file of a sandbox is damaged',
      safe: 'Nothing was changed. The live data are another file.',
      action: 'Take what is needed out of it as far as it can be read, then discard it.',
    },
    full: {
      title: 'The disk is full',
      safe: 'Nothing was changed, and what you typed is still here.',
      action: 'Make room on the disk, then save again.',
    },
    read_only: {
      title: 'The workspace can only be read',
      safe: 'Nothing was changed, and what you typed is still here.',
      action: 'Allow FRAMES to write to the folder and the file, then save again.',
    },
    no_backups_place: {
      title: 'The place of backups is not there',
      action: 'Connect its drive, or choose another place in Health.',
    },
  },
  SYNC: {
    title: 'Syncing did not work',
    action: 'Look at the Sync page, then try again.',
  },
  /** Why sync with a server does not go on, by the reason. */
  sync: {
    unreachable: {
      title: 'The server cannot be reached',
      action: 'Check the address and the network, then try again.',
    },
    internal: {
      title: 'Something went wrong in FRAMES itself',
      action: 'Sync now to try again. If it stays, report it: the log of FRAMES says more.',
    },
    not_encrypted: {
      title: 'This address is not encrypted',
      action: 'Use the https address of the server: passwords are not sent in the clear.',
    },
    credentials: {
      title: 'Email or password is not right',
      action: 'Type both again, or ask an admin of the server for a new password.',
    },
    signed_out: {
      title: 'Nobody is signed in',
      safe: 'Your changes are kept and sent after the next sign-in.',
      action: 'Sign in on the Sync page.',
    },
    locked: {
      title: 'Signing in is locked for a while',
      action: 'Try again in {{minutes}} min, or ask an admin of the server for a new password.',
    },
    limited: {
      title: 'The server asks to wait',
      safe: 'Your changes are kept and sent later.',
      action: 'Try again in a few minutes.',
    },
    forbidden: {
      title: 'The server does not allow this',
      action: 'Ask an admin of the server for the right to do it.',
    },
    not_yours: {
      title: 'You may not share all of this workspace',
      action: 'Join with a new workspace, or share your own university only.',
    },
    unknown_university: {
      title: 'The server has no such university',
      action: 'Check its name, or ask an admin of the server.',
    },
    not_joined: {
      title: 'This workspace shares with no server',
      action: 'Join a server on the Sync page first.',
    },
    joined_already: {
      title: 'This workspace shares with a server already',
      action: 'Leave that server first, then join another.',
    },
    not_live: {
      title: 'Only live is shared with a server',
      action: 'Leave Play or the past, then try again.',
    },
    no_server: {
      title: 'There is no FRAMES server at this address',
      action: 'Check the address, then try again.',
    },
    older_server: {
      title: 'The server is older than this FRAMES',
      safe: 'Your changes are kept and sent when it is new enough.',
      action: 'Ask an admin of the server to update it.',
    },
    other_history: {
      title: 'The server has another history than before',
      safe: 'Your records and unsent changes are as they were.',
      action: 'Compare, then repair on the Sync page.',
    },
    unsent: {
      title: 'Some changes were not sent yet',
      action: 'Sync now, or leave and keep them here only.',
    },
    no_keyring: {
      title: 'The sign-in cannot be kept on this computer',
      safe: 'Your records are safe.',
      action: 'Sign in again at the next start, or set up a keyring.',
    },
    last_admin: {
      title: 'The server needs an admin who can sign in',
      action: 'Make somebody else an admin first.',
    },
    no_user: {
      title: 'This person is not on the server any more',
      action: 'Look at the list of people again.',
    },
    no_backup: {
      title: 'This backup is not on the server any more',
      action: 'Choose another backup.',
    },
    makes_no_backups: {
      title: 'The server makes no backups at the moment',
      action: 'Set FRAMES_BACKUP_DIR on the server. If it is set, the server is busy: try again later.',
    },
    server_error: {
      title: 'Something went wrong on the server',
      safe: 'Your changes are kept and sent later.',
      action: 'Try again later. If it happens again, tell an admin of the server.',
    },
  },
  CANCELLED: {
    title: 'Cancelled',
    action: 'Start again whenever you like.',
  },
  INTERNAL: {
    title: 'Something went wrong inside FRAMES',
    safe: 'Your records are as they were before this step.',
    action: 'Try again. If it happens again, report the trace id.',
  },
  DISCONNECTED: {
    title: 'The connection to your data was lost for a moment',
    safe: 'Everything saved so far is safe, and what you typed is still here.',
    action: 'It comes back by itself; then try again.',
  },
  /** Nothing comes back by itself: a window in front says why. */
  unreached: {
    title: 'Not connected',
    safe: 'What you typed is still here.',
    action: 'The window in front says what can be done.',
  },
  SHELL: {
    title: 'Something went wrong in this window',
    safe: 'Everything that was saved is safe.',
    action: 'Look whether it was done; if not, try again.',
  },
  rule: {
    out_of_sight:
      'You see one university at the server, and write no record of others that you would not see.',
    viewers_read_only: 'A viewer reads everything and changes no record.',
    people_on_server: 'This workspace is shared with a server: its admins change people there.',
    profiles_need_admin: 'Profiles are changed by an admin.',
    own_university_only:
      'An editor changes what belongs to their own university; a link when one of its ends does.',
    shared_project_needs_researcher: 'Shared projects are changed by researchers.',
    university_needs_researcher: 'Universities as such are added and deleted by researchers.',
    unassigned_needs_researcher: 'Records of no university are changed by researchers.',
    own_view_only: 'A saved view is changed by whoever made it, by researchers and admins.',
    own_sandbox_only:
      'A sandbox is renamed, archived, discarded or recovered by whoever made it, or by admins.',
    backups_need_admin: 'Backups are removed by admins, who also say where they lie and which ones stay.',
    live_only: 'That is done in live, not in a sandbox.',
    golden_needs_admin: 'Golden versions are published, and reset to, by admins.',
    vacuum_needs_admin: 'Compacting the file is for admins.',
    own_forecast_only: 'A forecast is removed by whoever saved it, or by admins.',
    own_checkpoint_only: 'A checkpoint is renamed or removed by whoever named it, or by admins.',
    moment_needs_admin: 'Making all records what they were is for admins.',
    moment_read_only: 'This is how it was at a moment: it is only read.',
    damaged_read_only:
      'The file of the workspace is damaged: nothing is written to it until it is recovered.',
    restore_needs_admin: 'Restoring in the place of the records is for admins.',
    workspace_needs_researcher: 'The workspace is renamed by researchers and admins.',
  },
  busyHolder: 'Held by {{holder}}.',
  fileAt: 'Line {{line}}.',
  filePath: 'At {{path}}.',
  issue: {
    inRow: 'row {{row, number}}, {{field}}: {{problem}}',
    required: 'must be filled in',
    oneLine: 'must be one line of plain text',
    number: 'must be a number',
    noSuchDay: 'must be a day of the calendar',
    numberWritten: 'must be a number, written as {{example}}',
    whole: 'must be a whole number',
    atLeast: 'must be at least {{min, number}}',
    atMost: 'must be at most {{max, number}}',
    tooLong: 'is too long ({{max, number}} characters at most)',
    boolean: 'must be yes or no',
    json: 'is not valid JSON: {{message}}',
    sameEnds: 'must be another record than the other end',
    missingReference: 'names a record that does not exist',
    invalid: 'cannot be saved as it is',
  },
  named: '{{field}} {{problem}}',
  inUse_one:
    '“{{title}}” still has {{count, number}} record: {{names}}. Move it to another university first, or delete it too.',
  inUse_other:
    '“{{title}}” still has {{count, number}} records: {{names}}. Move them to another university first, or delete them too.',
  inUseName: '“{{title}}” ({{kind}})',
  inUseMore: '{{names}} and {{count, number}} more',
  moved: 'Changed meanwhile: {{names}}. What would be overwritten now is newer.',
  movedMore:
    'Changed meanwhile: {{names}} and {{count, number}} more. What would be overwritten now is newer.',
  ofChange: 'Record {{place, number}}: {{problem}}',
  conflict: {
    changedAsWhole: 'was changed since',
    changed_since: '{{field}} was changed since',
    deleted_since: 'was deleted since',
    in_use: 'is in use since',
    end_missing: 'one end is not there any more',
    last_admin: 'is needed: no other profile is an admin',
  },
} as const;
