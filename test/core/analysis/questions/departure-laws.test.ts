import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { runSync } from '#core/kernel/progress.ts';
import { nodeKind } from '#core/analysis/organisation.ts';
import { Damage } from '#core/analysis/questions/damage.ts';
import { madeOrganisations, organisationOf } from '../organisations.ts';
import type { Made, MadeLink } from '../organisations.ts';

const rounding = 1e-9;

function measured(of: Made): Damage {
  const damage = new Damage(organisationOf(of));
  runSync(damage.measure());
  return damage;
}

const valueOf = (of: Made, node: number): number => {
  const damage = measured(of);
  return damage.lostShare(damage.bearing.departureOf([node]));
};

/** The organisation with one of its links changed. */
const withLink = (of: Made, at: number, change: (link: MadeLink) => Partial<MadeLink>): Made => ({
  ...of,
  links: of.links.map((link, index) => (index === at ? { ...link, ...change(link) } : link)),
});

/** An organisation and one of its links. */
const linked = fc
  .tuple(madeOrganisations, fc.nat(15))
  .map(([of, at]) => ({ of, at: at % Math.max(1, of.links.length) }));

const peopleIn = ({ kinds }: Made): number[] =>
  [...kinds.keys()].filter((node) => kinds[node] === nodeKind.person);

test('if everybody of one end leaves, only the written share passes, whoever is named and met whom', () => {
  fc.assert(
    fc.property(linked, fc.boolean(), ({ of, at }, isFrom) => {
      fc.pre(of.links.length > 0);
      const { from, to, loss = 5, documented = 0 } = of.links[at] as MadeLink;
      const end = isFrom ? from : to;
      const { bearing } = measured(of);
      const passRate =
        bearing.changeWithout([end]).find(([link]) => link === at)?.[1] ?? bearing.passRates[at];
      expect(passRate).toBeCloseTo((1 - loss / 100) * documented, 9);
    }),
  );
});

test('naming a bearer changes nothing about the departure of the teams at the ends', () => {
  fc.assert(
    fc.property(linked, fc.nat(6), ({ of, at }, place) => {
      const people = peopleIn(of);
      fc.pre(of.links.length > 0 && people.length > 0);
      const { from, to } = of.links[at] as MadeLink;
      const person = people[place % people.length] as number;
      const named = withLink(of, at, ({ bearers = [] }) => ({ bearers: [...new Set([...bearers, person])] }));
      for (const end of [from, to].filter((node) => of.kinds[node] === nodeKind.team))
        expect(valueOf(named, end)).toBeGreaterThanOrEqual(valueOf(of, end) - rounding);
    }),
  );
});

test('a bearer never costs less for being named', () => {
  fc.assert(
    fc.property(linked, fc.nat(6), ({ of, at }, place) => {
      const people = peopleIn(of);
      fc.pre(of.links.length > 0 && people.length > 0);
      const person = people[place % people.length] as number;
      const isNamed = (of.links[at]?.bearers ?? []).length > 0;
      fc.pre(!isNamed);
      expect(
        valueOf(
          withLink(of, at, () => ({ bearers: [person] })),
          person,
        ),
      ).toBeGreaterThanOrEqual(valueOf(of, person) - rounding);
    }),
  );
});

test('a document never raises what a departure costs', () => {
  fc.assert(
    fc.property(linked, fc.nat(12), ({ of, at }, node) => {
      fc.pre(of.links.length > 0);
      const documented = withLink(of, at, () => ({ documented: 1 }));
      const leaver = node % of.kinds.length;
      fc.pre(of.kinds[leaver] === nodeKind.team || of.kinds[leaver] === nodeKind.person);
      expect(valueOf(documented, leaver)).toBeLessThanOrEqual(valueOf(of, leaver) + rounding);
    }),
  );
});

/** Importance from low to critical. */
const importances = fc.constantFrom(0.5, 1, 2, 4);

/** Organisations in which records and links differ in importance. */
const withImportances = fc
  .tuple(linked, fc.array(importances, { minLength: 13, maxLength: 13 }), fc.array(importances))
  .map(([{ of, at }, ofNodes, ofLinks]) => ({
    at,
    of: {
      ...of,
      importance: of.kinds.map((_, node) => ofNodes[node % ofNodes.length] as number),
      links: of.links.map((link, index) => ({ ...link, importance: ofLinks[index] ?? 1 })),
    },
  }));

test('a link of more importance never lowers what a departure costs', () => {
  fc.assert(
    fc.property(withImportances, fc.nat(12), ({ of, at }, node) => {
      fc.pre(of.links.length > 0);
      const leaver = node % of.kinds.length;
      const raised = withLink(of, at, ({ importance = 1 }) => ({ importance: importance * 2 }));
      expect(valueOf(raised, leaver)).toBeGreaterThanOrEqual(valueOf(of, leaver) - rounding);
    }),
  );
});

test('a record of more importance never lowers what a departure costs, its own included', () => {
  fc.assert(
    fc.property(withImportances, fc.nat(12), fc.nat(12), ({ of }, raisedNode, node) => {
      const [raised, leaver] = [raisedNode % of.kinds.length, node % of.kinds.length];
      const importance = of.importance.map((weight, index) => (index === raised ? weight * 2 : weight));
      expect(valueOf({ ...of, importance }, leaver)).toBeGreaterThanOrEqual(valueOf(of, leaver) - rounding);
    }),
  );
});
