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
  word: {
    interface: 'Verbindung (Schnittstelle)',
    play: 'Spielwiese',
  },
  term: {
    university:
      'Eine Einrichtung, die teilnimmt. Teams, Personen und Projekte gehören zu einer oder noch zu keiner.',
    team: 'Eine Gruppe mit einer Art von Arbeit, etwa Flugsoftware. Es hat ein Fachgebiet, eine Größe und steht in einer Lebensphase.',
    faculty:
      'Menschen, die bleiben: Betreuende, leitende Forschende, Personal und Mentoren. Sie tragen das Wissen über die Jahre.',
    student:
      'Menschen, die mit dem Abschluss gehen. Die Restsemester sagen, wie bald ihr Wissen mit ihnen geht.',
    project:
      'Wofür die Teams arbeiten: eine Mission, ein Vertrag, ein Wettbewerb. Mehrere Universitäten können sich eines teilen.',
    interface:
      'Was zwei Datensätze teilen: Der eine gibt etwas an den anderen weiter. FRAMES betrachtet, wie gut jede Verbindung hält. In der Literatur heißt sie Schnittstelle.',
    outcome: 'Wie eine Mission oder ein Programm ausging, und für welchen Jahrgang.',
    bond: 'Wie eine Verbindung gehalten wird. Kodifiziert (stark oder mittel): Sie ist aufgeschrieben. Institutionell, schwach: Die Organisation hält sie. Fragil, befristet: Wenige Menschen halten sie, eine Zeit lang. Wie viel wirklich verloren geht, sagt der Energieverlust.',
    loss: 'Wie viel von dem, was eine Seite weiß, auf dem Weg zur anderen verloren geht, in Prozent. Danach sind Linien im Netzwerk gezeichnet: bis 5 ist stark, bis 15 mittel, bis 59 schwach, ab 60 fragil, gleich welcher Bindung.',
    cross:
      'Die beiden Enden der Verbindung gehören zu verschiedenen Universitäten, sodass sich keine allein um sie kümmert.',
    discipline:
      'Die Art der Arbeit eines Teams: Elektrik, Software, Mechanik, Missionsbetrieb und so weiter.',
    lifecycle:
      'Wo ein Team steht: Ein neues lernt noch, ein etabliertes trägt die Arbeit, ein scheidendes hört bald auf.',
    terms:
      'Wie viele Semester Studierende bis zum Abschluss haben. Vier oder mehr: neu. Zwei oder drei: etabliert. Eines oder keines: scheidend.',
    experience: 'Seit wie vielen Monaten ein Team seine Arbeit im Schnitt macht.',
    history:
      'Jede Änderung wird festgehalten: von wem, wann, und wie es vorher war. Nichts wird je daraus entfernt.',
    undo: 'Nimmt die letzte eigene Änderung zurück, auch nach einem Neustart. Ein Import oder eine Änderung vieler Datensätze ist ein Schritt.',
    play: 'Eine Kopie aller Datensätze, in der sich alles ausprobieren lässt. Live bleibt, wie es ist, was immer dort geschieht. Ein Rahmen in Bernstein um das Fenster sagt, dass man in einer ist.',
    view: 'Eine Liste, das Netzwerk oder der Verlauf, so eingerichtet wie gewünscht, unter einem Namen. Alle im Arbeitsbereich sehen sie.',
    workspace: 'Ein Ordner, in dem alles liegt. Er braucht kein Internet, und man kann mehrere haben.',
    profile:
      'Unter welchem Namen gehandelt wird. Seine Rolle sagt, was sich ändern lässt: „Nur Lesen“ nichts, „Bearbeitung“ die eigene Universität, „Forschung“ und „Admin“ alles.',
  },
  task: {
    import: 'Eine Tabelle oder Datei importieren',
    wizard: 'Eine Universität mit Teams und Personen eintragen',
    create: 'Einen Datensatz hinzufügen',
    who: 'Sehen, wer einen Datensatz geändert hat',
    undo: 'Eine Änderung zurücknehmen',
    play: 'Etwas ausprobieren, ohne Live anzurühren',
    find: 'Einen Datensatz oder Befehl finden',
    network: 'Sehen, wie alles zusammenhängt',
    keys: 'Die Tasten kennenlernen',
    tour: 'Sich herumführen lassen',
    export: 'Alles als Datei exportieren',
  },
} satisfies Translation<typeof en>;
