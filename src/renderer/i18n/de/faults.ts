import type en from '../en/faults.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Jeder erklärte Fehler in drei Teilen: was geschehen ist, was sicher ist, was jetzt zu tun ist. */
export default {
  /** What is safe, where nothing else is said of it. */
  unchanged: 'Nichts wurde geändert.',
  NOT_FOUND: {
    title: 'Diesen Datensatz gibt es nicht mehr',
    action:
      'Vielleicht wurde er anderswo gelöscht: Im Verlauf oder unter den gelöschten Datensätzen nachsehen.',
  },
  noMoment: {
    title: 'Diesen Moment gibt es nicht',
    action: 'Damals war noch nichts da, oder der Verlauf enthält ihn nicht: Einen späteren wählen.',
  },
  noSandbox: {
    title: 'Diese Spielwiese ist nicht mehr da',
    action: 'Vielleicht wurde sie verworfen: Im Papierkorb der Spielwiesen nachsehen.',
  },
  INVALID: {
    title: 'Einige Werte lassen sich so nicht speichern',
    safe: 'Es wurde nichts geändert, und die Eingaben sind noch da.',
    action: 'Die markierten Felder korrigieren.',
  },
  FORBIDDEN: {
    title: 'Das darf dieses Profil nicht ändern',
    action:
      'Jemanden mit dem nötigen Recht bitten oder, in einem Arbeitsbereich ohne Server, zu einem anderen Profil wechseln.',
  },
  DUPLICATE_ID: {
    title: 'Es gibt schon einen Datensatz mit dieser ID',
    action: 'Den vorhandenen Datensatz öffnen oder eine andere ID wählen.',
  },
  IN_USE: {
    title: 'Zu dieser Universität gehören noch Datensätze',
    action: 'Erst ansehen, was mit ihr gelöscht würde, dann entscheiden.',
  },
  ALREADY: {
    title: 'Das ist bereits geschehen',
    action: 'Den Datensatz noch einmal ansehen: Jemand anderes war schneller.',
  },
  BUSY: {
    title: 'Der Arbeitsbereich ist beschäftigt',
    safe: 'Es wurde nichts geändert, und die Eingaben sind noch da.',
    action: 'Einen Moment warten und erneut versuchen.',
  },
  NOTHING_TO_UNDO: {
    title: 'Es gibt nichts rückgängig zu machen',
    action: 'Hier werden nur eigene Änderungen rückgängig gemacht; der Verlauf zeigt die von allen.',
  },
  UNDO_CHANGED: {
    title: 'Nicht rückgängig gemacht: Es gibt eine neuere Änderung',
    action:
      'Das Menü „Bearbeiten“ zeigt die neueste. Zuerst diese rückgängig machen oder den Verlauf öffnen.',
  },
  UNDO_CONFLICT: {
    title: 'Jemand hat dies seitdem geändert',
    action: 'Entscheiden, ob die späteren Änderungen bleiben oder überschrieben werden.',
  },
  MOVED_ON: {
    title: 'Dies wurde inzwischen geändert',
    action: 'Noch einmal vergleichen, dann fortfahren.',
  },
  UNDECIDED: {
    title: 'Beide Seiten haben dasselbe geändert',
    action: 'Für jeden Widerspruch angeben, ob die Spielwiese oder Live gilt.',
  },
  BAD_FILE: {
    title: 'Diese Datei lässt sich nicht lesen',
    action: 'Die Datei in Ordnung bringen oder eine andere wählen.',
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
    action: 'Erlauben, dass Datensätze mit derselben ID geändert werden, und erneut importieren.',
  },
  UNKNOWN_ACTOR: {
    title: 'Dieses Profil gibt es nicht',
    action: 'Ein anderes Profil wählen.',
  },
  GRANT_EXPIRED: {
    title: 'Die Datei muss noch einmal gewählt werden',
    action: 'Die Datei erneut wählen.',
  },
  BACKUP: {
    title: 'Die Sicherung ist nicht brauchbar',
    action: 'Eine andere Sicherung wählen oder diese prüfen.',
  },
  GOLDEN: {
    title: 'Die goldene Kopie ist nicht brauchbar',
    version: 'Goldene Version {{version}} ist nicht brauchbar',
    action: 'Eine andere Version wählen oder die goldene Kopie prüfen.',
  },
  WORKSPACE: {
    title: 'Der Arbeitsbereich lässt sich nicht öffnen',
    safe: 'Seine Dateien wurden nicht angerührt.',
    action: 'Die Einzelheiten ansehen, dann FRAMES neu starten.',
  },
  recover: 'Schließen und retten…',
  unwritten: {
    damaged: {
      title: 'Die Datei des Arbeitsbereichs ist beschädigt',
      action: 'Schließen und retten: eine Sicherung wiederherstellen, oder retten, was lesbar ist.',
      notWritten: 'Bis sie gerettet ist, wird nichts in sie geschrieben.',
    },
    sandbox_damaged: {
      title: 'Die Datei einer Spielwiese ist beschädigt',
      safe: 'Es wurde nichts geändert. Live ist eine andere Datei.',
      action: 'Herausholen, was davon gebraucht wird und sich lesen lässt, dann die Spielwiese verwerfen.',
    },
    full: {
      title: 'Das Laufwerk ist voll',
      safe: 'Nichts wurde geändert, und das Getippte ist noch da.',
      action: 'Auf dem Laufwerk Platz schaffen, dann noch einmal speichern.',
    },
    read_only: {
      title: 'Der Arbeitsbereich lässt sich nur lesen',
      safe: 'Nichts wurde geändert, und das Getippte ist noch da.',
      action: 'FRAMES das Schreiben in Ordner und Datei erlauben, dann noch einmal speichern.',
    },
    no_backups_place: {
      title: 'Der Ort der Sicherungen ist nicht da',
      action: 'Das Laufwerk anschließen oder unter „Zustand“ einen anderen Ort wählen.',
    },
  },
  SYNC: {
    title: 'Der Abgleich ist nicht gelungen',
    action: 'Auf der Seite „Abgleich“ nachsehen, dann erneut versuchen.',
  },
  sync: {
    unreachable: {
      title: 'Der Server ist nicht erreichbar',
      action: 'Adresse und Netz prüfen, dann erneut versuchen.',
    },
    internal: {
      title: 'In FRAMES selbst ist etwas schiefgegangen',
      action: 'Erneut abgleichen. Bleibt es so, bitte melden: Das Protokoll von FRAMES sagt mehr.',
    },
    not_encrypted: {
      title: 'Diese Adresse ist nicht verschlüsselt',
      action: 'Die https-Adresse des Servers nehmen: Passwörter werden nicht offen gesendet.',
    },
    credentials: {
      title: 'E-Mail oder Passwort stimmt nicht',
      action: 'Beides erneut eingeben oder einen Admin des Servers um ein neues Passwort bitten.',
    },
    signed_out: {
      title: 'Niemand ist angemeldet',
      safe: 'Alle Änderungen bleiben hier und werden nach der nächsten Anmeldung gesendet.',
      action: 'Auf der Seite „Abgleich“ anmelden.',
    },
    locked: {
      title: 'Die Anmeldung ist eine Weile gesperrt',
      action:
        'In {{minutes}} Min. erneut versuchen oder einen Admin des Servers um ein neues Passwort bitten.',
    },
    limited: {
      title: 'Der Server bittet um Geduld',
      safe: 'Alle Änderungen bleiben hier und werden später gesendet.',
      action: 'In einigen Minuten erneut versuchen.',
    },
    forbidden: {
      title: 'Der Server erlaubt das nicht',
      action: 'Einen Admin des Servers um das nötige Recht bitten.',
    },
    not_yours: {
      title: 'Sie dürfen nicht alles in diesem Arbeitsbereich teilen',
      action: 'Mit einem neuen Arbeitsbereich beitreten oder nur die eigene Universität teilen.',
    },
    unknown_university: {
      title: 'Der Server kennt diese Universität nicht',
      action: 'Den Namen prüfen oder einen Admin des Servers fragen.',
    },
    not_joined: {
      title: 'Dieser Arbeitsbereich ist mit keinem Server verbunden',
      action: 'Zuerst auf der Seite „Abgleich“ einem Server beitreten.',
    },
    joined_already: {
      title: 'Dieser Arbeitsbereich ist schon mit einem Server verbunden',
      action: 'Zuerst diesen Server verlassen, dann einem anderen beitreten.',
    },
    not_live: {
      title: 'Nur Live wird mit einem Server geteilt',
      action: 'Spielwiese oder Vergangenheit verlassen, dann erneut versuchen.',
    },
    no_server: {
      title: 'Unter dieser Adresse ist kein FRAMES-Server',
      action: 'Die Adresse prüfen, dann erneut versuchen.',
    },
    older_server: {
      title: 'Der Server ist älter als dieses FRAMES',
      safe: 'Alle Änderungen bleiben hier und werden gesendet, sobald er neu genug ist.',
      action: 'Einen Admin des Servers bitten, ihn zu aktualisieren.',
    },
    other_history: {
      title: 'Der Server hat einen anderen Verlauf als zuvor',
      safe: 'Alle Datensätze und nicht gesendeten Änderungen sind, wie sie waren.',
      action: 'Auf der Seite „Abgleich“ vergleichen, dann reparieren.',
    },
    unsent: {
      title: 'Einige Änderungen sind noch nicht gesendet',
      action: 'Jetzt abgleichen oder verlassen und sie nur hier behalten.',
    },
    no_keyring: {
      title: 'Die Anmeldung lässt sich auf diesem Computer nicht aufbewahren',
      safe: 'Alle Datensätze sind sicher.',
      action: 'Beim nächsten Start erneut anmelden oder einen Schlüsselbund einrichten.',
    },
    last_admin: {
      title: 'Der Server braucht einen Admin, der sich anmelden kann',
      action: 'Zuerst jemand anderem die Rolle „Admin“ geben.',
    },
    no_user: {
      title: 'Diese Person gibt es auf dem Server nicht mehr',
      action: 'Die Liste der Personen noch einmal ansehen.',
    },
    no_backup: {
      title: 'Diese Sicherung gibt es auf dem Server nicht mehr',
      action: 'Eine andere Sicherung wählen.',
    },
    makes_no_backups: {
      title: 'Der Server macht gerade keine Sicherungen',
      action:
        'Auf dem Server FRAMES_BACKUP_DIR setzen. Ist es gesetzt, ist er beschäftigt: später erneut versuchen.',
    },
    server_error: {
      title: 'Auf dem Server ist etwas schiefgegangen',
      safe: 'Alle Änderungen bleiben hier und werden später gesendet.',
      action: 'Später erneut versuchen. Geschieht es wieder, einem Admin des Servers Bescheid geben.',
    },
  },
  CANCELLED: {
    title: 'Abgebrochen',
    action: 'Ein neuer Versuch ist jederzeit möglich.',
  },
  INTERNAL: {
    title: 'In FRAMES ist etwas schiefgegangen',
    safe: 'Alle Datensätze sind so, wie sie vor diesem Schritt waren.',
    action: 'Erneut versuchen. Geschieht es wieder, die Trace-ID melden.',
  },
  DISCONNECTED: {
    title: 'Die Verbindung zu den Daten war kurz unterbrochen',
    safe: 'Alles bisher Gespeicherte ist sicher, und die Eingaben sind noch da.',
    action: 'Sie kommt von selbst zurück; danach erneut versuchen.',
  },
  unreached: {
    title: 'Nicht verbunden',
    safe: 'Die Eingaben sind noch da.',
    action: 'Was sich tun lässt, steht im Fenster davor.',
  },
  SHELL: {
    title: 'In diesem Fenster ist etwas schiefgegangen',
    safe: 'Alles, was gespeichert war, ist sicher.',
    action: 'Nachsehen, ob es geschehen ist; sonst erneut versuchen.',
  },
  rule: {
    out_of_sight:
      'Sie sehen am Server eine Universität und schreiben keinen Datensatz anderer, den Sie nicht sähen.',
    viewers_read_only: 'Die Rolle „Nur Lesen“ liest alles und ändert keinen Datensatz.',
    people_on_server:
      'Dieser Arbeitsbereich wird mit einem Server geteilt: Personen ändert dort die Rolle „Admin“.',
    profiles_need_admin: 'Profile ändert die Rolle „Admin“.',
    own_university_only:
      'Die Rolle „Bearbeitung“ ändert, was zur eigenen Universität gehört; eine Verbindung, wenn eines ihrer Enden dazugehört.',
    shared_project_needs_researcher: 'Gemeinsame Projekte ändert die Rolle „Forschung“.',
    university_needs_researcher: 'Universitäten als solche legt die Rolle „Forschung“ an oder löscht sie.',
    unassigned_needs_researcher: 'Datensätze ohne Universität ändert die Rolle „Forschung“.',
    own_view_only:
      'Eine gespeicherte Ansicht ändern das Profil, das sie angelegt hat, und die Rollen „Forschung“ und „Admin“.',
    own_sandbox_only:
      'Umbenennen, beiseitelegen, verwerfen oder zurückholen kann eine Spielwiese nur, wer sie angelegt hat, oder die Rolle „Admin“.',
    backups_need_admin:
      'Sicherungen löscht die Rolle „Admin“, die auch festlegt, wo sie liegen und welche bleiben.',
    live_only: 'Das geht nur in Live, nicht in einer Spielwiese.',
    golden_needs_admin: 'Goldene Versionen veröffentlicht ein Admin, und nur ein Admin setzt darauf zurück.',
    vacuum_needs_admin: 'Die Datei verdichten kann nur die Rolle „Admin“.',
    own_forecast_only: 'Eine Prognose löscht, wer sie gespeichert hat, oder ein Admin.',
    own_checkpoint_only:
      'Umbenennen oder entfernen kann eine Zeitmarke nur, wer sie gesetzt hat, oder die Rolle „Admin“.',
    moment_needs_admin: 'Alle Datensätze auf einen Zeitpunkt zurücksetzen kann nur die Rolle „Admin“.',
    moment_read_only: 'So war es zu einem Zeitpunkt: Das wird nur gelesen.',
    damaged_read_only:
      'Die Datei des Arbeitsbereichs ist beschädigt: Bis sie gerettet ist, wird nichts in sie geschrieben.',
    restore_needs_admin: 'Eine Sicherung an die Stelle der Datensätze setzen kann nur die Rolle „Admin“.',
    workspace_needs_researcher: 'Den Arbeitsbereich benennen die Rollen „Forschung“ und „Admin“ um.',
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
    sameEnds: 'muss ein anderer Datensatz als das andere Ende sein',
    missingReference: 'nennt einen Datensatz, den es nicht gibt',
    invalid: 'lässt sich so nicht speichern',
  },
  named: '{{field}} {{problem}}',
  inUse_one:
    'Zu „{{title}}“ gehört noch {{count, number}} Datensatz: {{names}}. Geben Sie ihm erst eine andere Universität, oder löschen Sie ihn auch.',
  inUse_other:
    'Zu „{{title}}“ gehören noch {{count, number}} Datensätze: {{names}}. Geben Sie ihnen erst eine andere Universität, oder löschen Sie sie auch.',
  inUseName: '„{{title}}“ ({{kind}})',
  inUseMore: '{{names}} und {{count, number}} mehr',
  moved: 'Inzwischen geändert: {{names}}. Was jetzt überschrieben würde, ist neuer.',
  movedMore:
    'Inzwischen geändert: {{names}} und {{count, number}} mehr. Was jetzt überschrieben würde, ist neuer.',
  ofChange: 'Datensatz {{place, number}}: {{problem}}',
  conflict: {
    changedAsWhole: 'wurde seitdem geändert',
    changed_since: '{{field}} wurde seitdem geändert',
    deleted_since: 'wurde seitdem gelöscht',
    in_use: 'wird seitdem verwendet',
    end_missing: 'ein Ende gibt es nicht mehr',
    last_admin: 'wird gebraucht: Kein anderes Profil hat die Rolle „Admin“',
  },
} satisfies Translation<typeof en>;
