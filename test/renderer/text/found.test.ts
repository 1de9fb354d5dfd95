import { afterEach, beforeEach, expect, it } from 'vitest';
import { speak } from '#renderer/i18n/setup.ts';
import { foundText } from '#renderer/text/found.ts';

beforeEach(() => speak('de'));
afterEach(() => speak('en'));

it('describes findings of a check in the language of the window', () => {
  const said = [
    [
      'SQLite cannot read all of the file (SQLITE_CORRUPT)',
      'SQLite kann nicht alles in der Datei lesen (SQLITE_CORRUPT)',
    ],
    ['frames.sqlite is damaged: SQLite cannot read it.', 'frames.sqlite ist beschädigt'],
    ['transaction 7 has 2 rows and should have 3', 'Eintrag 7 hat 2 Zeilen und müsste 3 haben'],
    [
      'row 12 does not match its digest: its contents were changed',
      'Zeile 12 passt nicht zu ihrer Prüfsumme: Ihr Inhalt wurde geändert',
    ],
    ['index somebodys is not ours', '„index somebodys“ im Aufbau der Datei ist nicht von FRAMES'],
    ['index teams_list_name is missing', '„index teams_list_name“ fehlt im Aufbau der Datei'],
    ['table teams is not as it should be', '„table teams“ im Aufbau der Datei ist nicht, wie es sein müsste'],
    ['team t1 is not what the log says it is', 'team t1 ist nicht, was der Verlauf sagt'],
    ['… and 3 more', '… und 3 weitere'],
    [
      'Tree 3 page 5: btreeInitPage() returns error code 11',
      'Tree 3 page 5: btreeInitPage() returns error code 11',
    ],
  ] as const;
  expect(said.map(([english]) => foundText(english))).toEqual(said.map(([, german]) => german));
});
