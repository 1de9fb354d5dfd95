import network from './network.ts';
import issue from './issues.ts';
import rule from './rules.ts';
import type en from '../en/faults.ts';
import type { Translation } from '#shared/shell/translation.ts';
export default {
  unchanged: 'Nichts wurde geändert.',
  inputKept: 'Nichts wurde geändert, und Ihre Eingaben sind noch da.',
  NOT_FOUND: {
    title: 'Diesen Datensatz gibt es nicht mehr',
    action: 'Vielleicht wurde er gelöscht. Sehen Sie im Verlauf oder bei den gelöschten Datensätzen nach.',
  },
  noMoment: {
    title: 'Diesen Zeitpunkt gibt es nicht',
    action: 'Der Verlauf beginnt später. Wählen Sie eine spätere Zeit.',
  },
  noSandbox: {
    title: 'Diese Spielwiese gibt es nicht mehr',
    action: 'Vielleicht wurde sie verworfen. Sehen Sie im Papierkorb der Spielwiesen nach.',
  },
  noPerson: {
    title: 'Keine Person hat diesen vollen Namen oder diese ID',
    action: 'Prüfen Sie die Schreibweise, oder geben Sie die ID des Datensatzes ein.',
  },
  noModel: {
    title: 'Dieses Sprachmodell gibt es nicht mehr',
    action: 'Es wurde vielleicht in einem anderen Fenster entfernt.',
  },
  INVALID: {
    title: 'Einige Werte lassen sich nicht speichern',
    action: 'Korrigieren Sie die markierten Felder.',
  },
  FORBIDDEN: {
    title: 'Ihnen fehlt die Berechtigung, dies zu ändern',
    action: 'Fragen Sie einen Admin oder wechseln Sie, ohne Server, zu einem anderen Profil.',
  },
  DUPLICATE_ID: {
    title: 'Ein Datensatz mit dieser ID existiert bereits',
    action: 'Öffnen Sie den vorhandenen Datensatz oder wählen Sie eine andere ID.',
  },
  IN_USE: {
    title: 'Zu dieser Universität gehören noch Datensätze',
    action: 'Verschieben oder löschen Sie zuerst ihre Datensätze.',
  },
  ALREADY: {
    title: 'Bereits erledigt',
    action: 'Jemand anderes hat diese Änderung zuerst gemacht. Öffnen Sie den Datensatz, um nachzusehen.',
  },
  jobState: {
    title: 'Der Zustand des Auftrags lässt dies nicht mehr zu',
    action: 'Der jetzige Zustand steht unter Aufträge.',
  },
  busy: {
    workspace: {
      title: 'Der Arbeitsbereich wird gerade verwendet',
      action: 'Warten Sie einen Moment und versuchen Sie es erneut.',
    },
    sandbox: { title: 'Die Spielwiese ist anderswo geöffnet', action: 'Schließen Sie sie dort zuerst.' },
    versions: {
      title: 'Eine Sicherung oder goldene Version wird gerade erstellt oder geprüft',
      action: 'Versuchen Sie es danach erneut.',
    },
    records: {
      title: 'Andere ändern laufend Datensätze',
      action: 'Warten Sie einen Moment und versuchen Sie es erneut.',
    },
  },
  NOTHING_TO_UNDO: {
    title: 'Nichts rückgängig zu machen',
    action: 'Rückgängig gilt nur für eigene Änderungen. Der Verlauf zeigt alle.',
  },
  UNDO_CHANGED: {
    title: 'Nicht rückgängig zu machen: Seither gab es eine weitere Änderung',
    action: 'Machen Sie zuerst diese rückgängig (Menü „Bearbeiten“) oder öffnen Sie den Verlauf.',
  },
  UNDO_CONFLICT: {
    title: 'Der Datensatz wurde seither geändert',
    action: 'Behalten oder überschreiben Sie die späteren Änderungen.',
  },
  MOVED_ON: {
    title: 'Die Daten haben sich seit dem Vergleich geändert',
    action: 'Vergleichen Sie erneut.',
  },
  UNDECIDED: {
    title: 'Einige Konflikte sind nicht gelöst',
    action: 'Wählen Sie für jeden Konflikt den Wert der Spielwiese oder von Live.',
  },
  BAD_FILE: {
    title: 'Diese Datei lässt sich nicht lesen',
    action: 'Reparieren Sie die Datei oder wählen Sie eine andere.',
  },
  target: {
    title: 'Die Datei lässt sich nicht schreiben',
    action: 'Wählen Sie einen anderen Ordner oder Namen.',
  },
  ownFile: {
    title: 'Diese Datei gehört zum Arbeitsbereich',
    action: 'Wählen Sie eine andere Datei oder einen anderen Ordner.',
  },
  NOT_EMPTY: {
    title: 'Der Arbeitsbereich enthält schon Datensätze',
    action: 'Erlauben Sie Änderungen an Datensätzen mit derselben ID und importieren Sie erneut.',
  },
  UNKNOWN_ACTOR: {
    title: 'Dieses Profil gibt es nicht',
    action: 'Wählen Sie ein anderes Profil.',
  },
  GRANT_EXPIRED: {
    title: 'Wählen Sie die Datei erneut',
    action: 'FRAMES hat keinen Zugriff mehr darauf.',
  },
  BACKUP: {
    title: 'Die Sicherung ist nicht verwendbar',
    action: 'Wählen Sie eine andere Sicherung oder prüfen Sie diese.',
  },
  GOLDEN: {
    title: 'Die goldene Version ist nicht verwendbar',
    action: 'Wählen Sie eine andere Version oder prüfen Sie die goldenen Versionen.',
  },
  goldenVersion: {
    title: 'Die goldene Version {{version}} ist nicht verwendbar',
    action: 'Wählen Sie eine andere Version oder prüfen Sie die goldenen Versionen.',
  },
  SQL: {
    title: 'Die Anweisung wurde nicht ausgeführt',
    action: 'Ändern Sie sie und führen Sie sie erneut aus.',
  },
  REPOSITORY: {
    title: 'Das Repository wurde nicht gelesen',
    action: 'Frühere Karten sind unverändert.',
  },
  WORKSPACE: {
    title: 'Der Arbeitsbereich lässt sich nicht öffnen',
    safe: 'Seine Dateien sind unverändert.',
    action: 'Prüfen Sie die Einzelheiten und starten Sie FRAMES neu.',
  },
  recover: 'Schließen und retten…',
  writeFailed: {
    damaged: {
      title: 'Die Arbeitsbereichsdatei ist beschädigt',
      action: 'Schließen Sie sie. Stellen Sie eine Sicherung wieder her oder retten Sie Lesbares.',
    },
    sandbox_damaged: {
      title: 'Die Datei der Spielwiese ist beschädigt',
      safe: 'Live ist unverändert.',
      action: 'Kopieren Sie, was lesbar ist, und verwerfen Sie die Spielwiese.',
    },
    full: {
      title: 'Das Laufwerk ist voll',
      action: 'Schaffen Sie Platz und speichern Sie erneut.',
    },
    read_only: {
      title: 'Der Arbeitsbereich ist schreibgeschützt',
      action: 'Geben Sie FRAMES Schreibzugriff auf Ordner und Datei und speichern Sie erneut.',
    },
    no_backups_place: {
      title: 'Der Sicherungsordner ist nicht verfügbar',
      action: 'Schließen Sie das Laufwerk an oder wählen Sie unter „Zustand“ einen anderen Ordner.',
    },
  },
  SYNC: {
    title: 'Abgleich fehlgeschlagen',
    action: 'Sehen Sie sich die Einzelheiten auf der Seite „Abgleich“ an und versuchen Sie es erneut.',
  },
  sync: {
    unreachable: {
      title: 'Der Server ist nicht erreichbar',
      action: 'Prüfen Sie Adresse und Netzwerk und versuchen Sie es erneut.',
    },
    unconfirmed: {
      title: 'Der Server hat nicht geantwortet',
      safe: 'Der Server hat die Änderung vielleicht ausgeführt.',
      action: 'Synchronisieren und dann erneut versuchen.',
    },
    not_erased: {
      title: 'Die Person wurde nicht gelöscht',
      action: 'Der Server ist nicht erreichbar. Versuchen Sie es erneut, wenn er es ist.',
    },
    internal: {
      title: 'In FRAMES ist etwas schiefgegangen',
      action: 'Gleichen Sie erneut ab. Wenn der Fehler bleibt, melden Sie ihn mit dem Protokoll von FRAMES.',
    },
    not_encrypted: {
      title: 'Diese Adresse ist nicht verschlüsselt',
      action: 'Verwenden Sie die https-Adresse des Servers.',
    },
    credentials: {
      title: 'Falsche E-Mail oder falsches Passwort',
      action: 'Versuchen Sie es erneut oder bitten Sie einen Admin des Servers um ein neues Passwort.',
    },
    other_person: {
      title: 'Dieser Arbeitsbereich wird von einer anderen Person geteilt',
      action: 'Als diese Person anmelden oder zuerst den Server verlassen.',
    },
    signed_out: {
      title: 'Sie sind nicht angemeldet',
      safe: 'Ihre Änderungen werden nach der Anmeldung gesendet.',
      action: 'Melden Sie sich auf der Seite „Abgleich“ an.',
    },
    locked: {
      title: 'Die Anmeldung ist gesperrt',
      action:
        'Versuchen Sie es in {{minutes}} Min. erneut oder bitten Sie einen Admin des Servers um ein neues Passwort.',
    },
    limited: {
      title: 'Der Server ist ausgelastet',
      safe: 'Ihre Änderungen werden später gesendet.',
      action: 'Versuchen Sie es in einigen Minuten erneut.',
    },
    forbidden: {
      title: 'Der Server erlaubt das nicht',
      action: 'Bitten Sie einen Admin des Servers um die Berechtigung.',
    },
    not_yours: {
      title: 'Sie dürfen nicht den ganzen Arbeitsbereich teilen',
      action: 'Treten Sie mit einem neuen Arbeitsbereich bei oder teilen Sie nur Ihre Universität.',
    },
    unknown_university: {
      title: 'Der Server kennt diese Universität nicht',
      action: 'Prüfen Sie den Namen oder fragen Sie einen Admin des Servers.',
    },
    not_joined: {
      title: 'Dieser Arbeitsbereich wird über keinen Server geteilt',
      action: 'Treten Sie zuerst auf der Seite „Abgleich“ einem Server bei.',
    },
    joined_already: {
      title: 'Dieser Arbeitsbereich wird schon über einen Server geteilt',
      action: 'Verlassen Sie zuerst diesen Server und treten Sie dann einem anderen bei.',
    },
    shared: {
      title: 'Dieser Arbeitsbereich wird über einen Server geteilt',
      action: 'Server und andere Arbeitsbereiche behalten gelöschte Einträge. Nichts wurde bereinigt.',
    },
    not_live: {
      title: 'Nur Live wird mit einem Server abgeglichen',
      action: 'Kehren Sie zu Live zurück und versuchen Sie es erneut.',
    },
    no_server: {
      title: 'Kein FRAMES-Server unter dieser Adresse gefunden',
      action: 'Prüfen Sie die Adresse und versuchen Sie es erneut.',
    },
    older_client: {
      title: 'Dieses FRAMES ist älter als der Server',
      safe: 'Ihre Änderungen werden nach der Aktualisierung gesendet.',
      action: 'Aktualisieren Sie FRAMES auf diesem Computer.',
    },
    older_server: {
      title: 'Der Server hat eine ältere Version als dieses FRAMES',
      safe: 'Ihre Änderungen werden nach der Aktualisierung gesendet.',
      action: 'Bitten Sie einen Admin des Servers, ihn zu aktualisieren.',
    },
    other_history: {
      title: 'Der Verlauf des Servers hat sich geändert',
      safe: 'Ihre Datensätze und nicht gesendeten Änderungen sind sicher.',
      action: 'Vergleichen und reparieren Sie auf der Seite „Abgleich“.',
    },
    unsent: {
      title: 'Einige Änderungen wurden noch nicht gesendet',
      action: 'Gleichen Sie jetzt ab oder verlassen Sie den Server und behalten Sie sie nur hier.',
    },
    no_keyring: {
      title: 'Dieser Computer kann die Anmeldung nicht speichern',
      safe: 'Alle Datensätze sind sicher.',
      action: 'Melden Sie sich nach jedem Start an oder richten Sie einen Schlüsselbund ein.',
    },
    last_admin: {
      title: 'Der Server braucht einen Admin, der sich anmelden kann',
      action: 'Machen Sie zuerst jemand anderen zum Admin.',
    },
    no_user: {
      title: 'Diese Person ist nicht mehr auf dem Server',
      action: 'Aktualisieren Sie die Liste der Personen.',
    },
    file_away: {
      title: 'Die Datei liegt auf dem Server, der nicht erreichbar ist',
      action: 'Versuchen Sie es erneut, sobald Sie online sind.',
    },
    no_file: {
      title: 'Die Datei ist weder auf diesem Computer noch auf dem Server',
      action: 'Wer die Datei hat, muss zuerst synchronisieren.',
    },
    no_backup: {
      title: 'Diese Sicherung ist nicht mehr auf dem Server',
      action: 'Wählen Sie eine andere Sicherung.',
    },
    makes_no_backups: {
      title: 'Der Server kann keine Sicherungen erstellen',
      action: 'Setzen Sie FRAMES_BACKUP_DIR auf dem Server oder versuchen Sie es später erneut.',
    },
    server_error: {
      title: 'Auf dem Server ist etwas schiefgegangen',
      safe: 'Ihre Änderungen werden später gesendet.',
      action: 'Versuchen Sie es später erneut. Bleibt der Fehler, informieren Sie einen Server-Admin.',
    },
  },
  network,
  model: {
    off: {
      title: 'Es ist kein Sprachmodell in Gebrauch',
      action: 'Wählen Sie unter Sprachmodelle ein Modell und was gesendet werden darf.',
    },
    level: {
      title: 'Werte von Einträgen dürfen nicht an das Sprachmodell gesendet werden',
      action: 'Erlauben Sie Zeilen unter Sprachmodelle.',
    },
    unfit: {
      title: 'Die Antwort des Modells ist keine neue Formulierung dieser Texte',
      action: 'Versuchen Sie es erneut oder wählen Sie ein anderes Modell.',
    },
    unreachable: {
      title: 'Das Sprachmodell ist nicht erreichbar',
      action: 'Prüfen Sie, ob sein Server läuft, und seine Adresse.',
    },
    refused: {
      title: 'Der Server des Modells hat die Anfrage abgelehnt',
      action: 'Prüfen Sie Schlüssel und Adresse unter Sprachmodelle.',
    },
    rateLimited: {
      title: 'Der Server des Modells nimmt zurzeit keine Anfragen mehr an',
      action: 'Versuchen Sie es in einigen Minuten erneut.',
    },
    unknownModel: {
      title: 'Der Server hat dieses Modell nicht',
      action: 'Prüfen Sie Modell und Adresse unter Sprachmodelle.',
    },
    badAnswer: {
      title: 'Die Antwort des Modells ist nicht verwendbar',
      action: 'Prüfen Sie, ob die Adresse zu einem OpenAI-kompatiblen Server gehört.',
    },
    cutOff: {
      title: 'Die Antwort des Modells wurde an seiner Grenze abgeschnitten',
      action: 'Stellen Sie eine kürzere Frage oder wählen Sie ein anderes Modell.',
    },
    failed: {
      title: 'Auf dem Server des Modells ist etwas schiefgegangen',
      action: 'Versuchen Sie es später erneut oder wählen Sie ein anderes Modell.',
    },
    timeout: {
      title: 'Das Sprachmodell hat nicht rechtzeitig geantwortet',
      action: 'Versuchen Sie es erneut oder wählen Sie ein schnelleres Modell.',
    },
    open: {
      title: 'Das Sprachmodell ist mehrmals ausgefallen',
      action: 'Versuchen Sie es in {{seconds}} s erneut oder wählen Sie ein anderes Modell.',
    },
  },
  MODEL: {
    title: 'Das Sprachmodell hat nicht geantwortet',
    action: 'Prüfen Sie es unter Sprachmodelle und versuchen Sie es erneut.',
  },
  CANCELLED: {
    title: 'Abgebrochen',
    action: 'Sie können jederzeit neu beginnen.',
  },
  INTERNAL: {
    title: 'In FRAMES ist etwas schiefgegangen',
    safe: 'Ihre Datensätze sind unverändert.',
    action: 'Versuchen Sie es erneut. Wenn der Fehler bleibt, melden Sie die Trace-ID.',
  },
  DISCONNECTED: {
    title: 'Verbindung zu den Daten verloren',
    safe: 'Gespeicherte Änderungen sind sicher, und Ihre Eingaben sind noch da.',
    action: 'FRAMES verbindet sich automatisch neu. Versuchen Sie es dann erneut.',
  },
  unreached: {
    title: 'Nicht verbunden',
    safe: 'Ihre Eingaben sind noch da.',
    action: 'Siehe die Meldung im Vordergrund.',
  },
  SHELL: {
    title: 'In diesem Fenster ist etwas schiefgegangen',
    safe: 'Gespeicherte Änderungen sind sicher.',
    action: 'Prüfen Sie das Ergebnis und versuchen Sie es bei Bedarf erneut.',
  },
  rule,
  busyHolder: 'Belegt durch {{holder}}.',
  fileAt: 'Zeile {{line}}.',
  filePath: 'Bei {{path}}.',
  issue,
  named: '{{field}} {{problem}}',
  inUse_one: '„{{title}}“ hat noch {{count, number}} Datensatz: {{names}}. Zuerst verschieben oder löschen.',
  inUse_other: '„{{title}}“ hat noch {{count, number}} Datensätze: {{names}}. Erst verschieben oder löschen.',
  inUseName: '„{{title}}“ ({{kind}})',
  inUseMore: '{{names}} und {{count, number}} mehr',
  moved: 'Seit dem Vergleich geändert: {{names}}.',
  movedMore: 'Seit dem Vergleich geändert: {{names}} und {{count, number}} weitere.',
  ofChange: 'Datensatz {{place, number}}: {{problem}}',
  conflict: {
    changedAsWhole: 'wurde seitdem geändert',
    changed_since: '{{field}} wurde seitdem geändert',
    deleted_since: 'wurde seitdem gelöscht',
    erased: 'wurde unwiderruflich gelöscht',
    in_use: 'wird jetzt genutzt',
    end_missing: 'ein Ende gibt es nicht mehr',
    last_admin: 'ist der einzige Admin',
  },
} satisfies Translation<typeof en>;
