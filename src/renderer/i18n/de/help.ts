import type en from '../en/help.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Was die Wörter bedeuten, und wie das Übliche geht. */
export default {
  title: 'Hilfe',
  intro: 'Was die Wörter bedeuten und wie man die üblichen Dinge tut. Alles geht ohne Internet.',
  search: 'Begriff oder Aufgabe finden',
  nothing: 'Hier steht nichts zu „{{text}}“.',
  nothingAction: 'Alles zeigen',
  explain: 'Was ist „{{word}}“?',
  more: 'Alle Begriffe',
  group: {
    records: 'Was FRAMES aufbewahrt',
    links: 'Wie Verbindungen halten',
    people: 'Wie Menschen kommen und gehen',
    keeping: 'Wie die Daten aufbewahrt werden',
    tasks: 'So geht es',
  },
  term: {
    university: {
      word: 'Universität',
      text: 'Eine Einrichtung, die teilnimmt. Teams, Personen und Projekte gehören zu einer oder noch zu keiner.',
    },
    team: {
      word: 'Team',
      text: 'Eine Gruppe mit einer Art von Arbeit, etwa Flugsoftware. Es hat ein Fachgebiet, eine Größe und steht in einer Phase.',
    },
    faculty: {
      word: 'Lehrende',
      text: 'Menschen, die bleiben: Betreuende, leitende Forschende, Personal und Mentoren. Sie tragen das Wissen über die Jahre.',
    },
    student: {
      word: 'Studierende',
      text: 'Menschen, die mit dem Abschluss gehen. Die Restsemester sagen, wie bald ihr Wissen mit ihnen geht.',
    },
    project: {
      word: 'Projekt',
      text: 'Wofür die Teams arbeiten: eine Mission, ein Vertrag, ein Wettbewerb. Mehrere Universitäten können sich eines teilen.',
    },
    interface: {
      word: 'Verbindung (Schnittstelle)',
      text: 'Was zwei Datensätze teilen: Der eine gibt etwas an den anderen weiter. FRAMES betrachtet, wie gut jede Verbindung hält. In der Literatur heißt sie Schnittstelle.',
    },
    outcome: {
      word: 'Ergebnis',
      text: 'Wie eine Mission oder ein Programm ausging, und für welchen Jahrgang.',
    },
    bond: {
      word: 'Bindung',
      text: 'Wie eine Verbindung gehalten wird. Kodifiziert (stark oder mittel): Sie ist aufgeschrieben. Institutionell, schwach: Die Organisation hält sie. Fragil, befristet: Wenige Menschen halten sie, eine Zeit lang. Wie viel wirklich verloren geht, sagt der Energieverlust.',
    },
    loss: {
      word: 'Energieverlust',
      text: 'Wie viel von dem, was eine Seite weiß, auf dem Weg zur anderen verloren geht, in Prozent. Danach sind Linien im Netzwerk gezeichnet: bis 5 ist stark, bis 15 mittel, bis 59 schwach, ab 60 fragil, gleich welcher Bindung.',
    },
    cross: {
      word: 'Zwischen Universitäten',
      text: 'Die beiden Enden der Verbindung gehören zu verschiedenen Universitäten, sodass sich keine allein um sie kümmert.',
    },
    discipline: {
      word: 'Fachgebiet',
      text: 'Die Art der Arbeit eines Teams: Elektrik, Software, Mechanik, Missionsbetrieb und so weiter.',
    },
    lifecycle: {
      word: 'Phase',
      text: 'Wo ein Team steht: Ein neues lernt noch, ein etabliertes trägt die Arbeit, ein scheidendes hört bald auf.',
    },
    terms: {
      word: 'Restsemester',
      text: 'Wie viele Semester Studierende bis zum Abschluss haben. Vier oder mehr: neu. Zwei oder drei: etabliert. Eines oder keines: scheidend.',
    },
    experience: {
      word: 'Erfahrung',
      text: 'Seit wie vielen Monaten ein Team seine Arbeit im Schnitt macht.',
    },
    history: {
      word: 'Verlauf',
      text: 'Jede Änderung wird festgehalten: von wem, wann, und wie es vorher war. Nichts wird je daraus entfernt.',
    },
    undo: {
      word: 'Rückgängig',
      text: 'Nimmt die letzte eigene Änderung zurück, auch nach einem Neustart. Ein Import oder eine Änderung vieler Datensätze ist ein Schritt.',
    },
    play: {
      word: 'Spielwiese',
      text: 'Eine Kopie aller Datensätze, in der sich alles ausprobieren lässt. Live bleibt, wie es ist, was immer dort geschieht. Ein Rahmen in Bernstein um das Fenster sagt, dass man in einer ist.',
    },
    view: {
      word: 'Gespeicherte Ansicht',
      text: 'Eine Liste, das Netzwerk oder der Verlauf, so eingerichtet wie gewünscht, unter einem Namen. Alle im Arbeitsbereich sehen sie.',
    },
    workspace: {
      word: 'Arbeitsbereich',
      text: 'Ein Ordner, in dem alles liegt. Er braucht kein Internet, und man kann mehrere haben.',
    },
    profile: {
      word: 'Profil',
      text: 'Unter welchem Namen gehandelt wird. Seine Rolle sagt, was sich ändern lässt: „Nur Lesen“ nichts, „Bearbeitung“ die eigene Universität, „Forschung“ und „Admin“ alles.',
    },
  },
  task: {
    import: { word: 'Eine Tabelle oder Datei importieren', action: 'Importieren…' },
    wizard: { word: 'Eine Universität mit Teams und Personen eintragen', action: 'Beginnen' },
    create: { word: 'Einen Datensatz hinzufügen', action: 'Team anlegen' },
    who: { word: 'Sehen, wer einen Datensatz geändert hat', action: 'Verlauf öffnen' },
    undo: { word: 'Eine Änderung zurücknehmen', action: 'Letzte Schritte zeigen' },
    play: { word: 'Etwas ausprobieren, ohne Live anzurühren', action: 'Neue Spielwiese' },
    find: { word: 'Einen Datensatz oder Befehl finden', action: 'Suchen' },
    network: { word: 'Sehen, wie alles zusammenhängt', action: 'Netzwerk öffnen' },
    keys: { word: 'Die Tasten kennenlernen', action: 'Tasten zeigen' },
    tour: { word: 'Sich herumführen lassen', action: 'Rundgang beginnen' },
    export: { word: 'Alles als Datei exportieren', action: 'Exportieren…' },
  },
} satisfies Translation<typeof en>;
