import { expect, test } from 'vitest';
import { typeOfName } from '#core/import/name-types.ts';
import { typeOfWord } from '#core/import/word-types.ts';

test.each([
  ['Halden Cell AS', 'organisation'],
  ['Fotonix Ibérica S.L.', 'organisation'],
  ['Kestrel Optronics BV', 'organisation'],
  ['Jena-Optronik GmbH', 'organisation'],
  ['Nordic Space Agency', 'organisation'],
  ['Thermal Vacuum Lab Drielanden', 'organisation'],
  ['ESA', 'organisation'],
  ['Kvitsund University', 'university'],
  ['Politecnico di Milano', 'university'],
  ['Prof. Annelore Tvedt', 'faculty'],
  ['Dr. Ottoline Graves', 'faculty'],
  ['Ada Novak', 'student'],
  ['Anna Berg (→ leaves June)', 'student'],
  ['Avionics team', 'team'],
  ['Optics lab', null],
  ['Ground Segment', null],
  ['Power', null],
  ['EPS', null],
  ['Mission Analysis', null],
])('the name %s tells %s', (name, type) => expect(typeOfName(name)).toBe(type));

test.each([
  ['prof', 'faculty'],
  ['stud.', 'student'],
  ['proj', 'project'],
  ['uni', 'university'],
  ['subsys', 'team'],
  ['s', null],
  ['A', null],
  ['co', null],
  ['squadra', 'team'],
  ['ateneo', 'university'],
  ['ente', 'organisation'],
  ['studente, capo propulsione', 'student'],
  ['PhD candidate', 'student'],
  ['dottoranda', 'student'],
  ['dottorando/a', 'student'],
  ['ricercatore', 'faculty'],
  ['ricercatore/trice', 'faculty'],
  ['docente', 'faculty'],
  ['Associate professor (adviser)', 'faculty'],
  ['Universitair docent 2', 'faculty'],
  ['Universitair hoofddocent', 'faculty'],
  ['Professor II', 'faculty'],
  ['Student*in', 'student'],
  ['étudiant(e)', 'student'],
  ['Doktoranden', 'student'],
  ['chercheurs', 'faculty'],
  ['Doktorand bei einer Firma', 'student'],
  ['PhD student in physics', 'student'],
  ['faculty member', 'faculty'],
  ['member', 'person'],
  ['Team member', 'person'],
  ["Chef d'équipe", 'person'],
  ['Project manager', 'person'],
  ['osoba', 'person'],
  ['人', 'person'],
  ['student team', 'team'],
  ['équipe étudiante', 'team'],
  ['group of students', 'team'],
  ['lead university', 'university'],
  ['azienda partner', 'organisation'],
  ['аспирант', 'student'],
  ['научный сотрудник', 'faculty'],
  ['准教授', 'faculty'],
  ['Team 3', null],
  ['sensor', null],
  ['active', null],
])('the word %s names %s', (word, type) => expect(typeOfWord(word)).toBe(type));

test('a group named like a phrase is no type', () => {
  expect(typeOfWord('Harness group', 'people')).toBeNull();
  expect(typeOfWord('PhD students', 'people')).toBe('student');
  expect(typeOfWord('Professor Ebeling', 'people')).toBeNull();
  expect(typeOfWord('Prof. Ebeling', 'people')).toBeNull();
});
