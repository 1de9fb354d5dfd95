import { afterEach, describe, expect, it } from 'vitest';
import { initialMenus, menuTemplate } from '#main/menu-template.ts';
import { saveFilters } from '#main/save-filters.ts';
import { currentLanguage, chooseLanguage, shellTexts } from '#main/texts.ts';
import { menuRoles } from '#shared/shell/menu.ts';

afterEach(() => chooseLanguage('en'));

describe('the shell', () => {
  it('has the language of the seat, and the system’s by default', () => {
    chooseLanguage('de', ['en-US']);
    expect(currentLanguage()).toBe('de');
    expect(shellTexts().importTitle).toBe('Datei importieren');
    chooseLanguage('system', ['de-AT']);
    expect(currentLanguage()).toBe('de');
    chooseLanguage('system', ['fr']);
    expect(shellTexts().importTitle).toBe('Import file');
  });

  it('has German names for items of the system', () => {
    chooseLanguage('de');
    expect(menuRoles.filter((role) => shellTexts().roles[role] === undefined)).toEqual([]);
    expect(menuTemplate(initialMenus(), () => {}, 'linux')).toMatchObject([
      { label: 'Datei', submenu: [{ role: 'quit', label: 'FRAMES beenden' }] },
    ]);
    expect(saveFilters('a.csv').map(({ name }) => name)).toEqual([
      'Tabelle als Text (CSV)',
      'Excel-Arbeitsmappe',
    ]);
  });
});
