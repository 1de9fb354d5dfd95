import { expect, test } from 'vitest';
import { typeOfAbbreviation, typeOfName } from '#core/import/name-types.ts';

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
])('the word %s shortens %s', (word, type) => expect(typeOfAbbreviation(word)).toBe(type));
