import network from './network.ts';
import rule from './rules.ts';
import issue from './issues.ts';
export default {
  unchanged: 'Nothing was changed.',
  inputKept: 'Nothing was changed, and your input is still here.',
  NOT_FOUND: {
    title: 'This record no longer exists',
    action: 'It may have been deleted. Check History or show deleted records.',
  },
  noMoment: {
    title: 'This point in time does not exist',
    action: 'The history begins later. Choose a later time.',
  },
  noSandbox: {
    title: 'This sandbox no longer exists',
    action: 'It may have been discarded. Check the trash in Play.',
  },
  noPerson: {
    title: 'No person has this full name or id',
    action: 'Check the spelling, or enter the id of the record.',
  },
  noModel: {
    title: 'This language model no longer exists',
    action: 'It may have been removed in another window.',
  },
  INVALID: {
    title: 'Some values cannot be saved',
    action: 'Correct the marked fields.',
  },
  FORBIDDEN: {
    title: 'You do not have permission to change this',
    action: 'Ask an admin, or, without a server, switch to another profile.',
  },
  DUPLICATE_ID: {
    title: 'A record with this id already exists',
    action: 'Open that record, or choose another id.',
  },
  IN_USE: {
    title: 'This university still has records',
    action: 'Move or delete its records first.',
  },
  ALREADY: {
    title: 'Already done',
    action: 'Someone else made this change first. Open the record to check.',
  },
  jobState: {
    title: 'The job’s state no longer allows this',
    action: 'Check its state under Jobs.',
  },
  busy: {
    workspace: { title: 'The workspace is in use', action: 'Wait a moment, then try again.' },
    sandbox: { title: 'The sandbox is open elsewhere', action: 'Close it there first.' },
    versions: {
      title: 'A backup or golden version is being made or checked',
      action: 'Try again when it is done.',
    },
    records: { title: 'Others keep changing records', action: 'Wait a moment, then try again.' },
  },
  NOTHING_TO_UNDO: {
    title: 'Nothing to undo',
    action: 'Undo covers your own changes. See all changes in History.',
  },
  UNDO_CHANGED: {
    title: 'Can’t undo: another change was made since',
    action: 'The Edit menu shows the newest one. Undo that first, or open History.',
  },
  UNDO_CONFLICT: {
    title: 'The record has changed since',
    action: 'Keep the later changes, or overwrite them.',
  },
  MOVED_ON: {
    title: 'The data has changed since you compared it',
    action: 'Compare again.',
  },
  UNDECIDED: {
    title: 'Some conflicts are not resolved',
    action: 'Choose the sandbox or live value for each conflict.',
  },
  BAD_FILE: {
    title: 'This file cannot be read',
    action: 'Repair the file, or choose another.',
  },
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
    action: 'Allow changes to records with the same id, then import again.',
  },
  UNKNOWN_ACTOR: {
    title: 'This profile does not exist',
    action: 'Choose another profile.',
  },
  GRANT_EXPIRED: {
    title: 'Choose the file again',
    action: 'FRAMES no longer has access to it.',
  },
  BACKUP: {
    title: 'The backup cannot be used',
    action: 'Choose another backup, or check this one.',
  },
  GOLDEN: {
    title: 'The golden version cannot be used',
    action: 'Choose another version, or check the golden versions.',
  },
  goldenVersion: {
    title: 'Golden version {{version}} cannot be used',
    action: 'Choose another version, or check the golden versions.',
  },
  SQL: {
    title: 'The statement was not run',
    action: 'Change it, and run it again.',
  },
  REPOSITORY: {
    title: 'The repository was not read',
    action: 'Earlier maps are unchanged.',
  },
  WORKSPACE: {
    title: 'The workspace cannot be opened',
    safe: 'Its files are unchanged.',
    action: 'Check the details, then restart FRAMES.',
  },
  recover: 'Close and recover…',
  writeFailed: {
    damaged: {
      title: 'The workspace file is corrupt',
      action: 'Close and recover it: restore a backup, or salvage what is readable.',
    },
    sandbox_damaged: {
      title: 'The sandbox file is corrupt',
      safe: 'Live is unchanged.',
      action: 'Copy what is readable, then discard the sandbox.',
    },
    full: {
      title: 'The disk is full',
      action: 'Free up space, then save again.',
    },
    read_only: {
      title: 'The workspace is read-only',
      action: 'Give FRAMES write access to the folder and file, then save again.',
    },
    no_backups_place: {
      title: 'The backup folder is not available',
      action: 'Connect its drive, or choose another folder in Health.',
    },
  },
  SYNC: {
    title: 'Sync failed',
    action: 'Open the Sync page for details, then try again.',
  },
  sync: {
    unreachable: {
      title: 'The server cannot be reached',
      action: 'Check the address and the network, then try again.',
    },
    unconfirmed: {
      title: 'The server did not answer',
      safe: 'The server may have made the change.',
      action: 'Sync, then try again.',
    },
    not_erased: {
      title: 'The person was not erased',
      action: 'The server cannot be reached. Try again when it can.',
    },
    internal: {
      title: 'Something went wrong in FRAMES',
      action: 'Sync again. If it persists, report it with the FRAMES log.',
    },
    not_encrypted: {
      title: 'This address is not encrypted',
      action: 'Use the https address of the server.',
    },
    credentials: {
      title: 'Wrong email or password',
      action: 'Try again, or ask a server admin for a new password.',
    },
    other_person: {
      title: 'This workspace is shared by another person',
      action: 'Sign in as that person, or leave the server first.',
    },
    signed_out: {
      title: 'You are not signed in',
      safe: 'Your changes are sent after you sign in.',
      action: 'Sign in on the Sync page.',
    },
    locked: {
      title: 'Sign-in is locked',
      action: 'Try again in {{minutes}} min, or ask a server admin for a new password.',
    },
    limited: {
      title: 'The server is busy',
      safe: 'Your changes are sent later.',
      action: 'Try again in a few minutes.',
    },
    forbidden: {
      title: 'The server does not allow this',
      action: 'Ask a server admin for permission.',
    },
    not_yours: {
      title: 'You cannot share the whole workspace',
      action: 'Join with a new workspace, or share only your university.',
    },
    unknown_university: {
      title: 'The server has no such university',
      action: 'Check its name, or ask a server admin.',
    },
    not_joined: {
      title: 'This workspace is not on a server',
      action: 'Join a server on the Sync page first.',
    },
    joined_already: {
      title: 'This workspace is already on a server',
      action: 'Leave that server first, then join another.',
    },
    shared: {
      title: 'This workspace is shared with a server',
      action: 'The server and other workspaces keep deleted records, so nothing was purged.',
    },
    not_live: {
      title: 'Only live syncs with a server',
      action: 'Go back to live, then try again.',
    },
    no_server: {
      title: 'No FRAMES server found at this address',
      action: 'Check the address, then try again.',
    },
    older_client: {
      title: 'This FRAMES is older than the server',
      safe: 'Your changes are sent after the update.',
      action: 'Update FRAMES on this computer.',
    },
    older_server: {
      title: 'The server is older than this FRAMES',
      safe: 'Your changes are sent after the update.',
      action: 'Ask a server admin to update it.',
    },
    other_history: {
      title: 'The server’s history has changed',
      safe: 'Your records and unsent changes are safe.',
      action: 'Compare and repair on the Sync page.',
    },
    unsent: {
      title: 'Some changes are not sent yet',
      action: 'Sync now, or leave and keep them only here.',
    },
    no_keyring: {
      title: 'This computer cannot store the sign-in',
      safe: 'Your records are safe.',
      action: 'Sign in after each start, or set up a keyring.',
    },
    last_admin: {
      title: 'The server needs an admin who can sign in',
      action: 'Make someone else an admin first.',
    },
    no_user: {
      title: 'This person is no longer on the server',
      action: 'Refresh the list of people.',
    },
    file_away: {
      title: 'The file is on the server, which cannot be reached',
      action: 'Try again when you are online.',
    },
    no_file: {
      title: 'The file is neither on this computer nor on the server',
      action: 'Someone who has the file must sync first.',
    },
    no_backup: {
      title: 'This backup is no longer on the server',
      action: 'Choose another backup.',
    },
    makes_no_backups: {
      title: 'The server cannot make backups',
      action: 'Set FRAMES_BACKUP_DIR on the server, or try again later.',
    },
    server_error: {
      title: 'Something went wrong on the server',
      safe: 'Your changes are sent later.',
      action: 'Try again later. If it persists, tell a server admin.',
    },
  },
  network,
  model: {
    off: {
      title: 'No language model is in use',
      action: 'Choose a model and what may be sent under Language models.',
    },
    level: {
      title: 'Values of records may not be sent to the language model',
      action: 'Allow rows under Language models.',
    },
    unfit: {
      title: 'The model’s answer is not a new wording of these texts',
      action: 'Try again, or choose another model.',
    },
    unreachable: {
      title: 'The language model cannot be reached',
      action: 'Check that its server is running, and its address.',
    },
    refused: {
      title: 'The model’s server refused the request',
      action: 'Check the key and the address under Language models.',
    },
    rateLimited: {
      title: 'The model’s server takes no more requests for now',
      action: 'Try again in a few minutes.',
    },
    unknownModel: {
      title: 'The server does not have this model',
      action: 'Check the model and the address under Language models.',
    },
    badAnswer: {
      title: 'The model’s answer cannot be used',
      action: 'Check that the address is of an OpenAI-compatible server.',
    },
    cutOff: {
      title: 'The model’s answer was cut off at its limit',
      action: 'Ask a shorter question, or choose another model.',
    },
    failed: {
      title: 'Something went wrong on the model’s server',
      action: 'Try again later, or choose another model.',
    },
    timeout: {
      title: 'The language model did not answer in time',
      action: 'Try again, or choose a faster model.',
    },
    open: {
      title: 'The language model failed several times',
      action: 'Try again in {{seconds}} s, or choose another model.',
    },
  },
  MODEL: {
    title: 'The language model gave no answer',
    action: 'Check it under Language models, then try again.',
  },
  CANCELLED: {
    title: 'Cancelled',
    action: 'Start again at any time.',
  },
  INTERNAL: {
    title: 'Something went wrong in FRAMES',
    safe: 'Your records are unchanged.',
    action: 'Try again. If it persists, report the trace id.',
  },
  DISCONNECTED: {
    title: 'Connection to your data lost',
    safe: 'Saved changes are safe, and your input is still here.',
    action: 'FRAMES reconnects by itself. Then try again.',
  },
  unreached: {
    title: 'Not connected',
    safe: 'Your input is still here.',
    action: 'See the message in front.',
  },
  SHELL: {
    title: 'Something went wrong in this window',
    safe: 'Saved changes are safe.',
    action: 'Check the result, then try again if needed.',
  },
  rule,
  busyHolder: 'Held by {{holder}}.',
  fileAt: 'Line {{line}}.',
  filePath: 'At {{path}}.',
  issue,
  named: '{{field}} {{problem}}',
  inUse_one: '“{{title}}” still has {{count, number}} record: {{names}}. Move or delete it first.',
  inUse_other: '“{{title}}” still has {{count, number}} records: {{names}}. Move or delete them first.',
  inUseName: '“{{title}}” ({{kind}})',
  inUseMore: '{{names}} and {{count, number}} more',
  moved: 'Changed since the comparison: {{names}}.',
  movedMore: 'Changed since the comparison: {{names}} and {{count, number}} more.',
  ofChange: 'Record {{place, number}}: {{problem}}',
  conflict: {
    changedAsWhole: 'was changed since',
    changed_since: '{{field}} was changed since',
    deleted_since: 'was deleted since',
    erased: 'was erased',
    in_use: 'is in use now',
    end_missing: 'one end no longer exists',
    last_admin: 'is the only admin',
  },
} as const;
