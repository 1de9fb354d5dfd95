/** Findings of a health check, by id and code. Placeholders are their params, and `when` for a time. */
export default {
  names: {
    file: 'File',
    size: 'Size',
    disk: 'Free space',
    access: 'Access',
    synced: 'Synced folder',
    integrity: 'Integrity',
    noted: 'Corruption',
    chain: 'Audit chain',
    head: 'Latest audit entry',
    clock: 'Clock',
    documents: 'Files of documents',
    events: 'Event subscribers',
    place: 'Backup folder',
    backup: 'Last backup',
    daily: 'Daily backup',
    others: 'Other windows',
    verified: 'Backup checks',
    sandboxes: 'Sandboxes',
    log: 'Program log',
  },
  texts: {
    file: {
      ours: 'Created by FRAMES, up to date.',
      older: 'Written by an older version; opening it updates it.',
      newer: 'Written by a newer version of FRAMES.',
      missing: 'The file is missing.',
      strange_log: 'The log belongs to another file. Close and reopen the workspace to quarantine it.',
      unreadable: 'The system denies access to the file.',
      full: 'The disk is full, so the file cannot be opened. Free up space and try again.',
      read_only_folder: 'The folder is read-only, so the file cannot be opened.',
    },
    size: { is: '{{bytes}}, plus {{wal}} in the WAL.' },
    disk: {
      free: '{{free}} free.',
      unknown: 'Free space is unknown ({{error}}).',
    },
    access: {
      writable: 'FRAMES can write to the folder and the file.',
      read_only: 'Folder and file are read-only ({{error}}).',
    },
    synced: {
      none: 'No cloud program syncs the folder.',
      by: '{{client}} syncs {{folder}} and may copy the file while FRAMES writes it. Move the workspace.',
    },
    integrity: {
      whole: 'The file is intact.',
      damaged: 'The file is corrupt: some pages are wrong.',
      unreadable: 'Part of the file cannot be read ({{error}}).',
    },
    noted: {
      damaged: 'The file is corrupt. Recover it from a backup, or salvage what is readable.',
      whole: 'The file was corrupt and is intact again.',
      unknown: 'The file was corrupt; its state cannot be checked now.',
    },
    chain: {
      whole: 'Complete. Changes: {{transactions}}; changed records: {{rows}}.',
      broken: 'Broken: {{problem}}',
      differs: 'Complete, but replaying it does not give the current records: {{problem}}',
      unreadable: 'Cannot be read ({{error}}).',
    },
    head: {
      kept: 'Audit log complete: latest entry matches.',
      missing: 'No latest entry is stored, so a cut-off log would not be noticed. The next change stores it.',
      altered: 'The file of the latest entry (head.json) was altered. The next change writes it again.',
      cut: 'The latest entry is missing: the end of the audit log was cut off.',
      another: 'The latest entry is missing: this is the file of another workspace.',
      unreadable: 'Cannot be compared ({{error}}).',
    },
    clock: {
      right: 'The clock is right.',
    },
    documents: {
      whole_one: '{{count}} file, read and intact.',
      whole_other: '{{count}} files, all read and intact.',
      present_one: '{{count}} file is there. “Verify workspace” reads it.',
      present_other: '{{count}} files are there. “Verify workspace” reads them.',
      elsewhere_one:
        'The file of {{count}} document was never on this computer: {{documents}}. Open the document to fetch it.',
      elsewhere_other:
        'The files of {{count}} documents were never on this computer: {{documents}}. Open a document to fetch its file.',
      unattached_one:
        'The file of {{count}} document was never on this computer: {{documents}}. Attach it to the document if you have it.',
      unattached_other:
        'The files of {{count}} documents were never on this computer: {{documents}}. Attach the ones that you have.',
      damaged_one: '{{count}} file cannot be used: {{documents}}.',
      damaged_other: '{{count}} files cannot be used: {{documents}}.',
      unreadable: 'Cannot be compared ({{error}}).',
    },
    events: {
      read: '{{name}}: unread changes: {{behind}}.',
      failing: '{{name}}: unread changes: {{behind}}. Last error: {{error}}',
      unreadable: 'Cannot be read ({{error}}).',
    },
    place: {
      usual: 'In the workspace folder.',
      chosen: '{{folder}}',
      missing:
        '{{folder}} is not available, so no backups are made. Connect its drive, or choose another folder.',
    },
    backup: {
      none: 'No backup yet.',
      nothing: 'No records to back up yet.',
      there: 'A usable backup exists.',
      current: 'Made {{when}}, with no changes since.',
      recent: 'Made {{when}}, with changes since.',
      lacking_one:
        'Made {{when}} without the file of {{count}} document, which was missing or damaged. Repair it, then back up again.',
      lacking_other:
        'Made {{when}} without the files of {{count}} documents, which were missing or damaged. Repair them, then back up again.',
      replaced: 'The backup of {{when}} holds replaced records. The one of {{since}} holds the current ones.',
      apart:
        'The backup of {{when}} holds replaced records. The current ones continue the backup of {{since}}, with changes since.',
      other: 'Made {{when}}, before the records were replaced. No backup of the current data.',
    },
    others: { open: 'Also open in {{who}}.' },
    verified: {
      never: 'All were checked when made, none again since.',
      whole: 'Last intact check: {{when}}.',
      damaged_one: '{{count}} backup is corrupt or cannot be used.',
      damaged_other: '{{count}} backups are corrupt or cannot be used.',
    },
    sandboxes: {
      fine_one: '{{count}} sandbox, intact.',
      fine_other: '{{count}} sandboxes, all intact.',
      none: 'No sandboxes.',
      problems_one: '{{count}} sandbox cannot be opened: {{problem}}',
      problems_other: '{{count}} sandboxes cannot be opened, for example: {{problem}}',
    },
    log: {
      complete: 'No entry was lost in the last {{days}} days.',
      lost_one:
        '{{count}} entry of the last {{days}} days could not be written, as on a full disk. Records do not depend on it.',
      lost_other:
        '{{count}} entries of the last {{days}} days could not be written, as on a full disk. Records do not depend on them.',
      unreadable: 'Cannot be read ({{error}}).',
    },
  },
} as const;
