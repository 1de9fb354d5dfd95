import type en from '../en/templates.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  document_link: [
    'Verbindung von „{{from}}“ zu „{{to}}“ dokumentieren',
    'Aufschreiben, was von „{{from}}“ zu „{{to}}“ gelangt: Inhalte, Formate, Termine und Kontakte. | Das Dokument nennt Inhalte, Formate, Termine und Kontakte.',
    'Das Dokument von „{{from}}“ zu „{{to}}“ einmal ohne Hilfe verwenden lassen: {{successor}}. | Jede aufgekommene Frage ist im Dokument beantwortet.',
    'Das Dokument an die Verbindung von „{{from}}“ zu „{{to}}“ anhängen und den dokumentierten Anteil setzen. | Die Verbindung hat ein Dokument und einen dokumentierten Anteil.',
  ],
  pair: [
    '„{{from}}“ und „{{to}}“ zusammenbringen',
    'Eine wöchentliche Stunde von „{{from}}“ und „{{to}}“ vereinbaren. | Die Stunde steht in beiden Kalendern.',
    'Ein gemeinsames Problem von „{{from}}“ und „{{to}}“ zusammen lösen. | Beide Seiten haben am Ergebnis gearbeitet.',
    'Die Kontakte und die Verbindung zwischen „{{from}}“ und „{{to}}“ eintragen. | Die Verbindung nennt Personen und eine Bindung.',
  ],
  add_bearer: [
    'Verbindung von „{{from}}“ zu „{{to}}“ auf eine weitere Person stützen',
    'Den Leuten bei „{{from}}“ und „{{to}}“ vorstellen: {{successor}}. | Die Kontakte an beiden Enden sind bekannt: {{successor}}.',
    'Die nächsten zwei Absprachen von „{{from}}“ zu „{{to}}“ übergeben an: {{successor}}. | Beide Absprachen gelangen ohne Hilfe: {{holder}}.',
    'Bei der Verbindung von „{{from}}“ zu „{{to}}“ unter „Getragen von“ eintragen: {{successor}}. | Die Verbindung tragen mindestens zwei Personen, die bleiben.',
  ],
  review_rota: [
    'Arbeit von „{{team}}“ reihum prüfen',
    'Aufschreiben, welche Arbeit von „{{team}}“ heute eine einzige Person prüft. | Die Liste ist an das Team angehängt.',
    'Einen Plan vereinbaren, in dem zwei Personen von „{{team}}“ jede Arbeit kennen. | Jede Arbeit hat zwei Namen im Plan.',
    'Den Plan von „{{team}}“ einen Monat einhalten und die Prüfungen als Kontakte eintragen. | Die Kontakte des Monats enthalten alle Prüfungen.',
  ],
  mentor: [
    'Ein erfahrenes Mitglied für „{{team}}“ gewinnen',
    'Vereinbaren, wer zu „{{team}}“ kommt und für wie viele Semester. | Eine Person hat zugesagt.',
    'Das neue Mitglied in die Verbindungen von „{{team}}“ einführen. | Das neue Mitglied kennt die Kontakte jeder Verbindung.',
    'Das neue Mitglied von „{{team}}“ mit den verbleibenden Semestern eintragen. | Das neue Mitglied steht im Team.',
  ],
  hand_over: [
    'Arbeit übergeben: {{holder}}',
    'Aufschreiben, was nur eine Person kann und weiß: {{holder}}. | Die Liste ist als Dokument angehängt: {{holder}}.',
    'Jeden Punkt der Liste einmal gemeinsam erledigen: {{successor}} und {{holder}}. | Jeder Punkt der Liste ist einmal erledigt: {{successor}}.',
    'Bei den Verbindungen von {{holder}} unter „Getragen von“ eintragen: {{successor}}. | Keine Verbindung hängt allein ab von: {{holder}}.',
  ],
  cross_train: [
    '„{{area}}“ einer zweiten Person beibringen',
    'Eine kleine Arbeit in „{{area}}“ auswählen für: {{successor}}. | Die Arbeit hat eine Beschreibung und einen Termin.',
    'Diese Arbeit in „{{area}}“ erledigen lassen: {{successor}}. Es hilft: {{holder}}. | Das Ergebnis wird ohne Hilfe erklärt: {{successor}}.',
    '„{{area}}“ als Fachgebiet eintragen: {{successor}}. | Zwei Personen, die bleiben, haben das Fachgebiet.',
  ],
  second_author: [
    'Zweite Autorin oder zweiten Autor für „{{area}}“ gewinnen',
    'Offene Issues in „{{area}}“ auswählen für: {{successor}}. | Die Issues betreffen mindestens ein Drittel der Dateien.',
    'Dateien von „{{area}}“ ändern lassen: {{successor}}. Es prüft: {{holder}}. | Die Änderungen sind übernommen: {{successor}}.',
    '„{{repository}}“ erneut einlesen und den Anteil der Dateien ohne bleibende Autoren vergleichen. | Der Anteil nach der Änderung ist in der Abhilfe gespeichert.',
  ],
  archive: [
    '„{{item}}“ archivieren',
    'Aufschreiben, welche Dateien, Tests und Anleitungen von „{{item}}“ andere noch brauchen. | Alle, die die Arbeit nutzen, haben die Liste gesehen.',
    'Diese Dateien von „{{item}}“ dauerhaft lesbar ablegen. | Der Ort ist als Dokument eingetragen.',
    'Ein Ergebnis von „{{item}}“ aus dem Archiv wiederholen lassen: {{successor}}. | Das Ergebnis gelang ohne Hilfe.',
  ],
  retire: [
    '„{{item}}“ aufgeben',
    'Alle fragen, die von „{{item}}“ abhängen, ob sie es noch brauchen. | Jede Antwort steht in einem Kommentar.',
    'Jede Nutzung von „{{item}}“ ersetzen oder beenden. | Nichts hängt mehr davon ab.',
    '„{{item}}“ in FRAMES löschen. | Der Datensatz ist gelöscht oder inaktiv.',
  ],
  holder: 'die Person, die es jetzt weiß',
  successor: 'ein Mitglied, das bleibt',
  issue: {
    why: 'Warum',
    end: 'Fertig, wenn',
    branch:
      'Beenden Sie die Commit-Nachricht mit dieser Zeile (mit einem Webhook des Servers genügt der Branch `{{branch}}`):',
  },
  goesOn: 'Der ganze Text steht im Dokument dieser Abhilfe.',
  facts: {
    terms: 'Verbleibende Semester von {{name}}: {{count}}.',
    contacts: 'Kontakte von {{holder}} und {{successor}}: {{count}}.',
    folder: 'Ordner von „{{area}}“: {{folder}}.',
    files: 'Zu ändernde Dateien: {{names}}.',
    bearers: 'Verbindung getragen von: {{names}}.',
    documented: 'Dokumentierter Anteil der Verbindung: {{count}} %.',
    members: 'Aktive Mitglieder von „{{team}}“: {{count}}.',
    value: 'Wert bei der Planung: {{count}} %.',
  },
} as const satisfies Translation<typeof en>;
