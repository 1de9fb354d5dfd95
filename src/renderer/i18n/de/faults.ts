import type en from '../en/faults.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Jeder erklärte Fehler in drei Teilen: was geschehen ist, was sicher ist, was jetzt zu tun ist. */
export default {
  /** What is safe, where nothing else is said of it. */
  unchanged: 'Nichts wurde geändert.',
  inputKept: 'Nichts wurde geändert, und Ihre Eingaben sind noch da.',
  NOT_FOUND: {
    title: 'Diesen Datensatz gibt es nicht mehr',
    action: 'Vielleicht wurde er gelöscht. Im Verlauf oder unter den gelöschten Datensätzen nachsehen.',
  },
  noMoment: {
    title: 'Diesen Zeitpunkt gibt es nicht',
    action: 'Der Verlauf beginnt später. Bitte eine spätere Zeit wählen.',
  },
  noSandbox: {
    title: 'Diese Spielwiese gibt es nicht mehr',
    action: 'Vielleicht wurde sie verworfen. Im Papierkorb der Spielwiesen nachsehen.',
  },
  INVALID: {
    title: 'Einige Werte lassen sich nicht speichern',
    action: 'Die markierten Felder korrigieren.',
  },
  FORBIDDEN: {
    title: 'Ihnen fehlt die Berechtigung, dies zu ändern',
    action: 'Einen Admin fragen oder, ohne Server, zu einem anderen Profil wechseln.',
  },
  DUPLICATE_ID: {
    title: 'Ein Datensatz mit dieser ID existiert bereits',
    action: 'Den vorhandenen Datensatz öffnen oder eine andere ID wählen.',
  },
  IN_USE: {
    title: 'Zu dieser Universität gehören noch Datensätze',
    action: 'Zuerst ihre Datensätze verschieben oder löschen.',
  },
  ALREADY: {
    title: 'Bereits geschehen',
    action: 'Jemand anderes hat diese Änderung zuerst gemacht. Bitte den Datensatz ansehen.',
  },
  BUSY: {
    title: 'Der Arbeitsbereich ist beschäftigt',
    action: 'Einen Moment warten, dann erneut versuchen.',
  },
  NOTHING_TO_UNDO: {
    title: 'Nichts rückgängig zu machen',
    action: 'Rückgängig gilt nur für eigene Änderungen. Der Verlauf zeigt alle.',
  },
  UNDO_CHANGED: {
    title: 'Nicht rückgängig zu machen: Seither gab es eine weitere Änderung',
    action: 'Zuerst diese rückgängig machen (Menü „Bearbeiten“) oder den Verlauf öffnen.',
  },
  UNDO_CONFLICT: {
    title: 'Der Datensatz wurde seither geändert',
    action: 'Die späteren Änderungen behalten oder überschreiben.',
  },
  MOVED_ON: {
    title: 'Die Daten haben sich seit dem Vergleich geändert',
    action: 'Erneut vergleichen.',
  },
  UNDECIDED: {
    title: 'Einige Konflikte sind nicht gelöst',
    action: 'Für jeden Konflikt den Wert der Spielwiese oder von Live wählen.',
  },
  BAD_FILE: {
    title: 'Diese Datei lässt sich nicht lesen',
    action: 'Die Datei reparieren oder eine andere wählen.',
  },
  /** A file that was to be written. */
  target: {
    title: 'Die Datei lässt sich nicht schreiben',
    action: 'Einen anderen Ordner oder Namen wählen.',
  },
  ownFile: {
    title: 'Diese Datei gehört zum Arbeitsbereich',
    action: 'Eine andere Datei oder einen anderen Ordner wählen.',
  },
  NOT_EMPTY: {
    title: 'Der Arbeitsbereich enthält schon Datensätze',
    action: 'Änderungen an Datensätzen mit derselben ID erlauben, dann erneut importieren.',
  },
  UNKNOWN_ACTOR: {
    title: 'Dieses Profil gibt es nicht',
    action: 'Ein anderes Profil wählen.',
  },
  GRANT_EXPIRED: {
    title: 'Bitte die Datei erneut wählen',
    action: 'FRAMES hat keinen Zugriff mehr darauf.',
  },
  BACKUP: {
    title: 'Die Sicherung ist nicht verwendbar',
    action: 'Eine andere Sicherung wählen oder diese prüfen.',
  },
  GOLDEN: {
    title: 'Die goldene Version ist nicht verwendbar',
    version: 'Goldene Version {{version}} ist nicht verwendbar',
    action: 'Eine andere Version wählen oder die goldene Kopie prüfen.',
  },
  WORKSPACE: {
    title: 'Der Arbeitsbereich lässt sich nicht öffnen',
    safe: 'Seine Dateien sind unverändert.',
    action: 'Die Einzelheiten prüfen, dann FRAMES neu starten.',
  },
  recover: 'Schließen und retten…',
  unwritten: {
    damaged: {
      title: 'Die Arbeitsbereichsdatei ist beschädigt',
      action: 'Schließen und retten: eine Sicherung wiederherstellen oder retten, was lesbar ist.',
      notWritten: 'Die Datei ist nur lesbar, bis sie gerettet ist.',
    },
    sandbox_damaged: {
      title: 'Die Datei der Spielwiese ist beschädigt',
      safe: 'Live ist unverändert.',
      action: 'Kopieren, was lesbar ist, dann die Spielwiese verwerfen.',
    },
    full: {
      title: 'Das Laufwerk ist voll',
      action: 'Platz schaffen, dann erneut speichern.',
    },
    read_only: {
      title: 'Der Arbeitsbereich ist nur lesbar',
      action: 'FRAMES Schreibzugriff auf Ordner und Datei geben, dann erneut speichern.',
    },
    no_backups_place: {
      title: 'Der Sicherungsordner ist nicht verfügbar',
      action: 'Das Laufwerk anschließen oder unter „Zustand“ einen anderen Ordner wählen.',
    },
  },
  SYNC: {
    title: 'Abgleich fehlgeschlagen',
    action: 'Einzelheiten auf der Seite „Abgleich“ ansehen, dann erneut versuchen.',
  },
  sync: {
    unreachable: {
      title: 'Der Server ist nicht erreichbar',
      action: 'Adresse und Netz prüfen, dann erneut versuchen.',
    },
    internal: {
      title: 'In FRAMES ist etwas schiefgegangen',
      action: 'Erneut abgleichen. Bleibt der Fehler, mit dem Protokoll von FRAMES melden.',
    },
    not_encrypted: {
      title: 'Diese Adresse ist nicht verschlüsselt',
      action: 'Die https-Adresse des Servers verwenden.',
    },
    credentials: {
      title: 'Falsche E-Mail oder falsches Passwort',
      action: 'Erneut versuchen oder einen Admin des Servers um ein neues Passwort bitten.',
    },
    signed_out: {
      title: 'Sie sind nicht angemeldet',
      safe: 'Ihre Änderungen werden nach der Anmeldung gesendet.',
      action: 'Auf der Seite „Abgleich“ anmelden.',
    },
    locked: {
      title: 'Die Anmeldung ist gesperrt',
      action:
        'In {{minutes}} Min. erneut versuchen oder einen Admin des Servers um ein neues Passwort bitten.',
    },
    limited: {
      title: 'Der Server ist ausgelastet',
      safe: 'Ihre Änderungen werden später gesendet.',
      action: 'In einigen Minuten erneut versuchen.',
    },
    forbidden: {
      title: 'Der Server erlaubt das nicht',
      action: 'Einen Admin des Servers um die Berechtigung bitten.',
    },
    not_yours: {
      title: 'Sie dürfen nicht den ganzen Arbeitsbereich teilen',
      action: 'Mit einem neuen Arbeitsbereich beitreten oder nur die eigene Universität teilen.',
    },
    unknown_university: {
      title: 'Der Server kennt diese Universität nicht',
      action: 'Den Namen prüfen oder einen Admin des Servers fragen.',
    },
    not_joined: {
      title: 'Dieser Arbeitsbereich ist auf keinem Server',
      action: 'Zuerst auf der Seite „Abgleich“ einem Server beitreten.',
    },
    joined_already: {
      title: 'Dieser Arbeitsbereich ist schon auf einem Server',
      action: 'Zuerst diesen Server verlassen, dann einem anderen beitreten.',
    },
    not_live: {
      title: 'Nur Live wird mit einem Server abgeglichen',
      action: 'Zurück zu Live gehen, dann erneut versuchen.',
    },
    no_server: {
      title: 'Unter dieser Adresse ist kein FRAMES-Server',
      action: 'Die Adresse prüfen, dann erneut versuchen.',
    },
    older_server: {
      title: 'Der Server ist älter als dieses FRAMES',
      safe: 'Ihre Änderungen werden nach der Aktualisierung gesendet.',
      action: 'Einen Admin des Servers um die Aktualisierung bitten.',
    },
    other_history: {
      title: 'Der Verlauf des Servers hat sich geändert',
      safe: 'Ihre Datensätze und ungesendeten Änderungen sind sicher.',
      action: 'Auf der Seite „Abgleich“ vergleichen und reparieren.',
    },
    unsent: {
      title: 'Einige Änderungen sind noch nicht gesendet',
      action: 'Jetzt abgleichen oder verlassen und sie nur hier behalten.',
    },
    no_keyring: {
      title: 'Dieser Computer kann die Anmeldung nicht speichern',
      safe: 'Alle Datensätze sind sicher.',
      action: 'Nach jedem Start anmelden oder einen Schlüsselbund einrichten.',
    },
    last_admin: {
      title: 'Der Server braucht einen Admin, der sich anmelden kann',
      action: 'Zuerst jemand anderen zum Admin machen.',
    },
    no_user: {
      title: 'Diese Person ist nicht mehr auf dem Server',
      action: 'Die Liste der Personen aktualisieren.',
    },
    no_backup: {
      title: 'Diese Sicherung ist nicht mehr auf dem Server',
      action: 'Eine andere Sicherung wählen.',
    },
    makes_no_backups: {
      title: 'Der Server legt gerade keine Sicherungen an',
      action: 'FRAMES_BACKUP_DIR auf dem Server setzen oder später erneut versuchen.',
    },
    server_error: {
      title: 'Auf dem Server ist etwas schiefgegangen',
      safe: 'Ihre Änderungen werden später gesendet.',
      action: 'Später erneut versuchen. Bleibt der Fehler, einen Admin des Servers informieren.',
    },
  },
  CANCELLED: {
    title: 'Abgebrochen',
    action: 'Sie können jederzeit neu beginnen.',
  },
  INTERNAL: {
    title: 'In FRAMES ist etwas schiefgegangen',
    safe: 'Ihre Datensätze sind unverändert.',
    action: 'Erneut versuchen. Bleibt der Fehler, die Trace-ID melden.',
  },
  DISCONNECTED: {
    title: 'Verbindung zu den Daten verloren',
    safe: 'Gespeicherte Änderungen sind sicher, und Ihre Eingaben sind noch da.',
    action: 'FRAMES verbindet sich von selbst neu. Dann erneut versuchen.',
  },
  unreached: {
    title: 'Nicht verbunden',
    safe: 'Ihre Eingaben sind noch da.',
    action: 'Siehe die Meldung im Vordergrund.',
  },
  SHELL: {
    title: 'In diesem Fenster ist etwas schiefgegangen',
    safe: 'Gespeicherte Änderungen sind sicher.',
    action: 'Das Ergebnis prüfen und bei Bedarf erneut versuchen.',
  },
  rule: {
    out_of_sight: 'Sie sehen eine Universität des Servers und können Datensätze anderer nicht ändern.',
    viewers_read_only: 'Die Rolle „Nur Lesen“ ändert keine Datensätze.',
    people_on_server: 'Admins des Servers verwalten die Personen dieses Arbeitsbereichs.',
    profiles_need_admin: 'Nur Admins ändern Profile.',
    own_university_only:
      'Die Rolle „Bearbeitung“ ändert Datensätze der eigenen Universität und Verbindungen mit einem Ende dort.',
    shared_project_needs_researcher: 'Nur „Forschung“ und „Admin“ ändern gemeinsame Projekte.',
    university_needs_researcher: 'Nur „Forschung“ und „Admin“ fügen Universitäten hinzu oder löschen sie.',
    unassigned_needs_researcher: 'Nur „Forschung“ und „Admin“ ändern Datensätze ohne Universität.',
    own_view_only: 'Nur Urheber, „Forschung“ und „Admin“ ändern eine gespeicherte Ansicht.',
    own_sandbox_only:
      'Nur Urheber und Admins können eine Spielwiese umbenennen, archivieren, verwerfen oder wiederherstellen.',
    backups_need_admin: 'Nur Admins verwalten Sicherungen und ihren Ordner.',
    live_only: 'Zuerst zu Live gehen; in einer Spielwiese geht das nicht.',
    golden_needs_admin: 'Nur Admins veröffentlichen goldene Versionen und setzen darauf zurück.',
    vacuum_needs_admin: 'Nur Admins verdichten die Datei.',
    own_forecast_only: 'Nur Urheber und Admins löschen eine Prognose.',
    own_checkpoint_only: 'Nur Urheber und Admins können eine Zeitmarke umbenennen oder entfernen.',
    moment_needs_admin: 'Nur Admins setzen alle Datensätze auf einen Zeitpunkt zurück.',
    moment_read_only: 'Ein Zeitpunkt lässt sich nur lesen.',
    damaged_read_only: 'Die Arbeitsbereichsdatei ist beschädigt und nur lesbar, bis sie gerettet ist.',
    restore_needs_admin: 'Nur Admins ersetzen alle Datensätze durch eine Sicherung.',
    workspace_needs_researcher: 'Nur „Forschung“ und „Admin“ benennen den Arbeitsbereich um.',
  },
  busyHolder: 'Belegt durch {{holder}}.',
  fileAt: 'Zeile {{line}}.',
  filePath: 'Bei {{path}}.',
  issue: {
    inRow: 'Zeile {{row, number}}, {{field}}: {{problem}}',
    required: 'muss ausgefüllt sein',
    oneLine: 'muss eine Zeile einfacher Text sein',
    number: 'muss eine Zahl sein',
    noSuchDay: 'muss ein Tag sein, den es im Kalender gibt',
    numberWritten: 'muss eine Zahl sein, geschrieben wie {{example}}',
    whole: 'muss eine ganze Zahl sein',
    atLeast: 'muss mindestens {{min, number}} sein',
    atMost: 'darf höchstens {{max, number}} sein',
    tooLong: 'ist zu lang (höchstens {{max, number}} Zeichen)',
    boolean: 'muss Ja oder Nein sein',
    json: 'ist kein gültiges JSON: {{message}}',
    sameEnds: 'muss sich vom anderen Ende unterscheiden',
    missingReference: 'verweist auf einen Datensatz, den es nicht gibt',
    invalid: 'lässt sich nicht speichern',
  },
  named: '{{field}} {{problem}}',
  inUse_one: '„{{title}}“ hat noch {{count, number}} Datensatz: {{names}}. Zuerst verschieben oder löschen.',
  inUse_other:
    '„{{title}}“ hat noch {{count, number}} Datensätze: {{names}}. Zuerst verschieben oder löschen.',
  inUseName: '„{{title}}“ ({{kind}})',
  inUseMore: '{{names}} und {{count, number}} mehr',
  moved: 'Seit dem Vergleich geändert: {{names}}.',
  movedMore: 'Seit dem Vergleich geändert: {{names}} und {{count, number}} weitere.',
  ofChange: 'Datensatz {{place, number}}: {{problem}}',
  conflict: {
    changedAsWhole: 'wurde seitdem geändert',
    changed_since: '{{field}} wurde seitdem geändert',
    deleted_since: 'wurde seitdem gelöscht',
    in_use: 'wird jetzt genutzt',
    end_missing: 'ein Ende gibt es nicht mehr',
    last_admin: 'ist der einzige Admin',
  },
} satisfies Translation<typeof en>;
