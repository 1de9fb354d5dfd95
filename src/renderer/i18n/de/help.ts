import type en from '../en/help.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  search: 'Begriffe und Aufgaben suchen',
  nothing: 'Keine Ergebnisse für „{{text}}“.',
  nothingAction: 'Suche leeren',
  explain: 'Was ist „{{word}}“?',
  more: 'Alle Begriffe',
  support: {
    title: 'Für den Support kopieren',
    what: 'Dieser Text beschreibt FRAMES und die letzten Fehler. Er enthält keine Datensätze; Namen von Personen, Ordnern und Servern fehlen. Lesen Sie ihn, bevor Sie ihn senden.',
    label: 'Text für den Support',
    copy: 'Kopieren',
    copied: 'Für den Support kopiert',
  },
  group: {
    tasks: 'Anleitungen',
  },
  word: {
    interface: 'Verbindung (Schnittstelle)',
    play: 'Spielwiese',
    flow: 'Genutztes Wissen',
  },
  term: {
    university: 'Eine Einrichtung, die teilnimmt. Teams, Personen und Projekte können dazugehören.',
    team: 'Eine Gruppe mit einer Art von Arbeit, etwa Flugsoftware. Sie hat ein Fachgebiet, eine Größe und eine Lebensphase.',
    faculty:
      'Personen, die bleiben: Betreuende, Projektleitung, Mitarbeitende und Mentoren. Sie bewahren Wissen über die Jahre.',
    student:
      'Eine Person, die ihr Studium abschließen wird. Die Restsemester zeigen, wie bald ihr Wissen verloren geht.',
    project:
      'Eine Mission, ein Auftrag oder ein Wettbewerb, für den Teams arbeiten. Universitäten können sich eines teilen.',
    repository:
      'Ein Git-Repository eines Projekts. FRAMES liest, wer welche Datei geändert hat, aber nicht, was der Code tut.',
    task: 'Ein Schritt einer Abhilfe, mit Verantwortlichen, Termin und dem, woran man sieht, dass er erledigt ist.',
    organisation:
      'Eine Firma, Behörde oder ein Labor außerhalb der Universitäten. Sie ist Ende von Verbindungen und hat keine Mitglieder.',
    interface:
      'Eine Weitergabe von Wissen von einem Datensatz an einen anderen. In der Literatur heißt sie Schnittstelle.',
    outcome: 'Wie eine Mission oder ein Programm ausging, und für welchen Jahrgang.',
    contact:
      'Ein Treffen, eine Nachricht oder ein Review an einem Tag: wer und mit wem. Ein Beleg für Verbindungen.',
    document:
      'Etwas Aufgeschriebenes: eine Datei im Arbeitsbereich oder eine Webadresse, und die Datensätze, die es beschreibt.',
    comment:
      'Eine Bemerkung zu einem Datensatz, mit Verfasser und Zeit. Sie kann Personen erwähnen und erledigt werden.',
    repair: 'Ein Schritt gegen eine Schwachstelle, den jemand übernommen hat, mit Termin und Wirkung.',
    bond: 'Wie Wissen über eine Verbindung weitergegeben wird: in geprüften Dokumenten, in Notizen und Routinen, von Person zu Person oder zufällig. Davon hängen der übliche Verlust und der dokumentierte Anteil ab. Die Literatur nennt diese Bindungen kodifiziert (stark und mittel), institutionell und fragil.',
    loss: 'Der Anteil des Wissens einer Verbindung, der nicht ankommt, auch solange alle da sind. Wenn Menschen gehen, bleibt der dokumentierte Anteil. Im Netzwerk sind Verbindungen bis 5\u00a0% stark, bis 15\u00a0% mittel, bis 59\u00a0% schwach und ab 60\u00a0% fragil. Die Literatur nennt ihn Energieverlust.',
    flow: 'Was Personen über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Der Wissensfluss in „Was wäre, wenn“ ist der Teil über Verbindungen, als Anteil dessen, was ohne Verluste ankäme.',
    cross: 'Eine Verbindung zwischen verschiedenen Universitäten, für die keine allein zuständig ist.',
    discipline:
      'Die Art der Arbeit eines Teams: Elektrik, Software, Mechanik, Missionsbetrieb und so weiter.',
    lifecycle: 'Eine Phase: Neue lernen, Etablierte tragen die Arbeit, Scheidende gehen bald.',
    terms:
      'Semester bis zum Abschluss. 0 und 1: geht am Ende dieses Semesters. Vier oder mehr: neu. Zwei oder drei: etabliert. Eines oder keines: scheidend.',
    experience: 'Wie viele Monate ein Team seine Arbeit im Durchschnitt schon macht.',
    history: 'Jede Änderung mit Urheber, Zeit und früheren Werten. Einträge werden nie entfernt.',
    undo: 'Macht Ihre eigene letzte Änderung rückgängig, auch nach einem Neustart. Ein Import oder eine Sammeländerung zählt als ein Schritt.',
    play: 'Eine Spielwiese ist eine Kopie aller Datensätze zum Ausprobieren; Live bleibt unverändert, bis Sie übernehmen. Ein gelber Rahmen kennzeichnet sie.',
    view: 'Eine gespeicherte Einstellung einer Liste, des Netzwerks oder des Verlaufs. Alle im Arbeitsbereich sehen sie.',
    workspace: 'Ein Ordner mit allen Ihren Daten. Er funktioniert offline, und Sie können mehrere haben.',
    profile:
      'In wessen Namen Sie arbeiten. „Nur Lesen“ kann lesen, „Bearbeitung“ die eigene Universität ändern, „Forschung“ und „Admin“ alles.',
  },
  task: {
    import: 'Eine Tabelle oder Datei importieren',
    wizard: 'Eine Universität mit Teams und Personen eintragen',
    create: 'Einen Datensatz hinzufügen',
    who: 'Sehen, wer einen Datensatz geändert hat',
    undo: 'Eigene Änderungen ansehen und rückgängig machen',
    play: 'Änderungen in einer Spielwiese ausprobieren',
    find: 'Einen Datensatz oder Befehl finden',
    network: 'Das ganze Netzwerk sehen',
    keys: 'Die Tastenkürzel kennenlernen',
    tour: 'Den Rundgang machen',
    export: 'Alles in eine Datei exportieren',
  },
} satisfies Translation<typeof en>;
