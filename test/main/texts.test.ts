import { afterEach, describe, expect, it } from 'vitest';
import { firstMenu, menuTemplate } from '#main/menu-template.ts';
import { saveFilters } from '#main/save-filters.ts';
import { language, speak, texts } from '#main/texts.ts';
import { menuRoles } from '#shared/shell/menu.ts';

afterEach(() => speak('en'));

describe('the shell', () => {
  it('has the language of the seat, and the system’s by default', () => {
    speak('de', ['en-US']);
    expect(language()).toBe('de');
    expect(texts().importTitle).toBe('Datei importieren');
    speak('system', ['de-AT']);
    expect(language()).toBe('de');
    speak('system', ['fr']);
    expect(texts().importTitle).toBe('Import file');
  });

  it('has German names for items of the system', () => {
    speak('de');
    expect(menuRoles.filter((role) => texts().roles[role] === undefined)).toEqual([]);
    expect(menuTemplate(firstMenu(), () => {}, 'linux')).toMatchObject([
      { label: 'Datei', submenu: [{ role: 'quit', label: 'FRAMES beenden' }] },
    ]);
    expect(saveFilters('a.csv').map(({ name }) => name)).toEqual([
      'Tabelle als Text (CSV)',
      'Excel-Arbeitsmappe',
    ]);
  });
});
