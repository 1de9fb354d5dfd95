import findings from '#shared/texts/en/findings.ts';

export default {
  title: 'Health',
  packCommand: 'Compact file…',
  placeCommand: 'Choose backup folder…',
  checking: 'Verifying workspace',
  again: 'Refresh',
  state: {
    good: 'Everything is in order.',
    warn_one: '{{count}} warning.',
    warn_other: '{{count}} warnings.',
    bad_one: '{{count}} problem. First make sure that you have an intact backup.',
    bad_other: '{{count}} problems. First make sure that you have an intact backup.',
  },
  word: { good: 'OK', warn: 'Warning', bad: 'Problem' },
  findings: 'Checks',
  lastFull: 'Last full check: {{when}}.',
  checkDone: 'The file is intact',
  checkFound: 'The check found problems',
  /** Warnings of the window, by the code of the finding. */
  warn: {
    label: 'Workspace warning',
    open: 'Open Health',
    noted: {
      closed: 'The workspace file is corrupt and read-only. Recover it to go on.',
    },
    disk: {
      full: 'The disk is almost full ({{free}} free). Free up space, or nothing can be saved.',
      low: 'Only {{free}} free on the disk; a backup or restore may need {{needed}}. Free up space.',
    },
    access: {
      read_only: 'This workspace is read-only. Give FRAMES write access to its folder and file.',
    },
    synced: {
      by: '{{client}} syncs this folder and may replace the file while FRAMES writes it. Move the workspace to a folder that is not synced.',
    },
    clock: {
      behind:
        'This computer’s clock is behind: the newest entry is from {{newest}}. Set the clock, or new entries get an earlier time.',
    },
    place: {
      missing:
        'The backup folder is not available, so no backups are made. Connect its drive, or choose another folder.',
    },
    daily: {
      failed: 'The daily backup failed. FRAMES tries again. {{why}}',
    },
    others: {
      open: 'This workspace is open in another window. Restoring, resetting and compacting wait until you close one.',
    },
  },
  finding: findings.names,
  says: findings.texts,
  deed: { backups: 'Open Versions', play: 'Open Play' },
  size: {
    wal: 'WAL',
    free: 'Free in the file',
    freeHint: 'Compact the file to free this space.',
    entries: 'Changes in the history',
    changes: 'Changed records in the history',
  },
  pack: {
    title: 'Compact the file?',
    what: 'The file takes {{bytes}}; compacting frees {{free}}.',
    little: 'The file takes {{bytes}}; compacting would free almost nothing.',
    safe: 'FRAMES makes a backup first; until then you can cancel. The window then reloads.',
    yes: 'Compact',
    running: 'Compacting file',
    done: 'File compacted',
    doneMore: '{{before}} before, {{after}} now.',
  },
  place: {
    usual: 'In the workspace folder. Choose another drive to keep backups if this one fails.',
    chosen: 'In {{folder}}.',
    choose: 'Choose another folder…',
    back: 'Use default folder',
    hint: 'FRAMES creates a subfolder there; existing backups are not moved. The window then reloads.',
    running: 'Changing the backup folder',
    done: 'Backup folder changed',
    doneUsual: 'Default backup folder in use',
    doneMore: 'Existing backups were not moved.',
  },
  search: {
    title: 'Search index',
    notBuilt: 'The index is not built. The next search builds it.',
    words: 'Words: {{records, number}} records, {{passages, number}} texts, {{size}}.',
    off: 'Search by meaning (English) is off.',
    partial:
      'Search by meaning (English) is off: {{trained, number}} of {{texts, number}} texts are trained.',
    training:
      'Search by meaning (English): {{trained, number}} of {{texts, number}} texts are trained so far.',
    ready:
      'Search by meaning (English) is on: {{trained, number}} of {{texts, number}} texts, model {{model}}.',
    problem:
      'Search by meaning is not available: the model {{model}} cannot be loaded ({{problem}}). Search in words works.',
    hint: 'Training computes what English texts mean, on this computer; nothing is sent. It takes up to some minutes and 300 MB of memory. Later changes are trained by themselves.',
    train: 'Train',
    continue: 'Continue training',
    clear: 'Delete index',
    running: 'Training search by meaning',
    done: 'Search by meaning is on',
    stopped: 'Training cancelled. It continues where it was.',
  },
  tables: {
    title: 'Disk usage',
    name: 'Table',
    rows: 'Rows',
    bytes: 'Size',
    indexes: 'Indexes',
    unused: 'Unused',
    audit_transactions: 'History: changes',
    audit_logs: 'History: changed records',
    workspaces: 'Workspace and maintenance',
    workspace: 'Facts about the file',
    jobs: 'Jobs',
    conversations: 'Questions and answers',
    subscribers: 'Event subscribers',
    sync_conflicts: 'Sync: conflicts',
    sync_heads: 'Sync: latest entries',
    sync_operations: 'Sync: operations',
    sync_quarantine: 'Sync: rejected changes',
    sync_state: 'Sync: state',
    sqlite_schema: 'Schema',
    other: 'Other: {{name}}',
  },
} as const;
