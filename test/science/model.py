"""A second implementation of the model of what people rely on, from its written specification alone.

Reads organisations.json from the folder of this file and writes expected.json beside it.
"""

import json
import math
from fractions import Fraction
from math import comb, floor
from pathlib import Path

# LEFT is an inactive student, or a team whose listed members have all left.
OTHER, TEAM, PERSON, LEFT = 0, 1, 2, 3
NOBODY = 2**32 - 1

UNKNOWN_LOSS, WEAK_LOSS, IMPROVED_LOSS = 32.5, 35, 15  # In percent
HALF_WRITTEN = 0.5
DEFAULT_SIZE = 5
FULL_USE = 12
WHOLE_STAY, LONGEST_THERE = 6, 3  # Terms, for the weight of a member
UNLIKELY = Fraction(6, 100)
SMALLEST_COHORT = 4
SOON = 2
UNKNOWN_CHANCE = Fraction(1, 4)
SMALLEST_VALUE = 1e-12


def proportions(amounts):
    """Each amount as a share of the sum, or None if the sum is 0."""
    total = sum(amounts.values())
    return {key: amount / total for key, amount in amounts.items()} if total > 0 else None


def mean_of_shares(first, second):
    """The mean of two shares of the same members; the first if there is no second."""
    return {key: (first[key] + second[key]) / 2 for key in first} if second else first


def share(lost, relied_on):
    """What is lost as a share of what is relied on, at most 1, 0 if nothing is relied on."""
    return min(1, lost / relied_on) if relied_on > 0 else 0


def both_ways(row):
    """The two ends of a link or a contact, seen from each."""
    return (row["from"], row["to"]), (row["to"], row["from"])


def probability_of_at_least(least, size, chance):
    """The chance that a binomial number of `size` trials is `least` or more, exactly."""
    return sum(comb(size, k) * chance**k * (1 - chance) ** (size - k) for k in range(least, size + 1))


class Organisation:
    """One organisation, with everything that does not depend on a change."""

    def __init__(self, data):
        self.kinds = data["kinds"]
        self.importance = data["importance"]
        self.sizes = data["sizes"]
        self.links = data["links"]
        self.nodes = range(len(self.kinds))
        self.terms = {row["node"]: row["terms"] for row in data["members"]}
        self.stay = self.find_stay(data["members"])
        self.chance = self.find_chance(data["members"])
        self.teamless = {row["node"] for row in data["members"] if row["team"] == NOBODY}
        self.contacts = self.find_contacts(data["contacts"])
        self.members = self.find_members(data["members"])
        self.belonging = [{node, *self.members.get(node, ())} for node in self.nodes]
        self.team_shares = {team: self.find_team_shares(team) for team in self.members}
        self.holders = self.find_holders(data["areas"])
        self.link_ends = [[self.shares_of_end(link, *of) for of in both_ways(link)] for link in self.links]
        self.pairs = self.find_pairs()
        self.people = [self.people_who_stay(node, frozenset()) for node in self.nodes]
        self.uses = [self.find_use(link["from"], link["to"]) for link in self.links]
        self.carried = self.carried_without(frozenset())
        self.total = self.all_relied_on(self.reach(self.carried))

    def find_stay(self, rows):
        """The stay of the programme (students of no team count once; halves are rounded up)."""
        known = [row["terms"] for row in rows if row["terms"] is not None]
        if not known:
            return 4
        return min(24, max(2, floor(2 * Fraction(sum(known), len(known)) - 1 + Fraction(1, 2))))

    def find_chance(self, rows):
        """The chance that a student with unknown terms leaves soon: the share of the known ones (of two teams twice)."""
        known = [row["terms"] for row in rows if row["terms"] is not None]
        return sum(terms <= SOON for terms in known) / len(known) if known else UNKNOWN_CHANCE

    def find_contacts(self, rows):
        """The contacts of each node with each other one; a row counts for both."""
        contacts = {node: {} for node in self.nodes}
        for row in rows:
            for one, another in both_ways(row):
                contacts[one][another] = contacts[one].get(another, 0) + row["count"]
        return contacts

    def find_members(self, rows):
        """The listed active members of each team, with their weights."""
        members = {node: {} for node in self.nodes if self.kinds[node] == TEAM}
        for row in rows:
            if row["team"] in members and self.kinds[row["node"]] == PERSON:
                there = LONGEST_THERE if row["terms"] is None else WHOLE_STAY - row["terms"]
                members[row["team"]][row["node"]] = row["weight"] * (1 + min(LONGEST_THERE, max(0, there)) / 3)
        return members

    def contact_shares(self, members, others):
        """Shares of the members by their contacts with the others, or None without contacts."""
        met = {one: sum(n for other, n in self.contacts[one].items() if other in others) for one in members}
        return proportions(met)

    def find_team_shares(self, team):
        """What each member knows of the team: by weight, and by contacts with the team or its other members."""
        members = self.members[team]
        return members and mean_of_shares(proportions(members), self.contact_shares(members, self.belonging[team]))

    def find_holders(self, areas):
        """The active students of each area of expertise that somebody has."""
        active = [node for node in self.nodes if self.kinds[node] == PERSON]
        known = {area for node in active for area in areas[node]}
        return {area: {node for node in active if area in areas[node]} for area in known}

    def shares_of_end(self, link, end, opposite):
        """The shares of the members of one end; a record without members carries all itself."""
        members = self.members.get(end)
        if not members:
            return {end: 1.0}
        named = [member for member in members if member in link["bearers"]]
        recorded = proportions({one: float(one in named) for one in members} if named else members)
        return mean_of_shares(recorded, self.contact_shares(members, self.belonging[opposite]))

    def find_use(self, one, another):
        """Half without contacts between the ends or their members, grows evenly to 1 at twelve."""
        met = [
            sum(n for person in self.belonging[end] for other, n in self.contacts[person].items()
                if other in self.belonging[opposite])
            for end, opposite in ((one, another), (another, one))
        ]
        return 0.5 + 0.5 * min(1, min(met) / FULL_USE)

    def find_pairs(self):
        """The greatest importance of the links between each two linked records (both directions)."""
        pairs = {}
        for link in self.links:
            for key in both_ways(link):
                pairs[key] = max(pairs.get(key, 0), link["importance"])
        return pairs

    def has_left(self, node):
        """Whether somebody is no more in the organisation, before any change."""
        return node == NOBODY or self.kinds[node] == LEFT

    def find_present(self, index, leaving=frozenset()):
        """The product of the four factors; those who have left by now count in the last one only."""
        link = self.links[index]
        product = 1.0
        for shares in self.link_ends[index]:
            product *= sum(shares[one] for one in shares if one not in leaving and not self.has_left(one))
        inside = self.belonging[link["from"]] | self.belonging[link["to"]]
        active = [bearer for bearer in link["bearers"] if not self.has_left(bearer)]
        outside = [bearer for bearer in active if bearer not in inside]
        if outside:
            product *= sum(bearer not in leaving for bearer in outside) / len(outside)
        if link["bearers"]:
            product *= len(active) / len(link["bearers"])
        return product

    def carry(self, index, present, loss=None):
        """What a link carries, in both directions; with the loss of the link unless another is given."""
        link = self.links[index]
        if loss is None:
            loss = UNKNOWN_LOSS if link["loss"] is None else link["loss"]
        return self.uses[index] * (1 - loss / 100) * (link["documented"] + (1 - link["documented"]) * present)

    def carried_without(self, leaving):
        """What each link carries if these people are missing."""
        return [self.carry(index, self.find_present(index, leaving)) for index in range(len(self.links))]

    def reach(self, carried, by_importance=True):
        """What reaches each record, by importance or all counted 1; paths begin at and lead through teams and people, also those who have left."""
        best = {node: {} for node in self.nodes}
        for link, amount in zip(self.links, carried):
            one, another = link["from"], link["to"]
            if one != another:
                best[one][another] = best[another][one] = max(best[one].get(another, 0), amount)
        reached = []
        for record in self.nodes:
            paths = dict(best[record])
            for between, second in best[record].items():
                if self.kinds[between] != OTHER:
                    for source, first in best[between].items():
                        paths[source] = max(paths.get(source, 0), first * second)
            reached.append(sum(
                (math.sqrt(self.importance[one]) * self.pairs.get((one, record), 1) if by_importance else 1) * path
                for one, path in sorted(paths.items())
                if one != record and self.kinds[one] != OTHER
            ))
        return reached

    def people_who_stay(self, node, leaving):
        """The people of a record who rely on what reaches it and are not leaving."""
        if self.kinds[node] == LEFT or node in leaving:
            return 0
        if self.kinds[node] != TEAM:
            return 1
        if self.members[node]:
            return sum(member not in leaving for member in self.members[node])
        return DEFAULT_SIZE if self.sizes[node] is None else self.sizes[node]

    def all_relied_on(self, reached):
        """All that is relied on, where this reaches the records."""
        over_links = sum(self.people[n] for n in self.nodes if reached[n] > 0)
        in_teams = sum(len(of) for of in self.members.values() if len(of) > 1)
        return over_links + in_teams + len(self.holders)

    def lost_over_links(self, before, after, leaving=frozenset()):
        """The people who stay × √importance × what becomes less ÷ what all counted 1 reaches them, for what links carry."""
        reached, left, plain = self.reach(before), self.reach(after), self.reach(before, by_importance=False)
        return sum(
            self.people_who_stay(node, leaving) * math.sqrt(self.importance[node])
            * (reached[node] - left[node]) / plain[node]
            for node in self.nodes
            if plain[node] > 0
        )

    def carried_with(self, changes):
        """What each link carries if some carry something else."""
        return [changes.get(index, amount) for index, amount in enumerate(self.carried)]

    def departure(self, leaving):
        """The value of a departure of people and teams; a team leaves with all its members."""
        leaving = frozenset(one for node in leaving for one in self.belonging[node])
        in_teams = sum(
            self.importance[team] * self.people_who_stay(team, leaving)
            * sum(known for one, known in shares.items() if one in leaving)
            for team, shares in self.team_shares.items()
        )
        areas = sum(len(holders & leaving) / len(holders) for holders in self.holders.values())
        return share(self.lost_over_links(self.carried, self.carried_without(leaving), leaving) + in_teams + areas, self.total)

    def leavers(self):
        """Departures of every team and every person, one by one."""
        return [((node,), self.departure([node])) for node in self.nodes if self.kinds[node] in (TEAM, PERSON)]

    def leave_within(self, people, terms):
        """Those with at most this many terms left."""
        return frozenset(one for one in people if self.terms.get(one) is not None and self.terms[one] <= terms)

    def leaving_groups(self):
        """Those who leave soon (sure), and those who may, of each team and without one; the same people once."""
        alone = [[one] for one in self.nodes if one in self.teamless and self.kinds[one] == PERSON]
        groups = {}
        for members in [list(self.members[team]) for team in self.members] + alone:
            soon = tuple(sorted(self.leave_within(members, SOON)))
            unknown = tuple(sorted(one for one in members if self.terms.get(one) is None))
            for people, is_sure in ((soon, True), (unknown, False)):
                if people:
                    groups.setdefault(people, is_sure)
        return groups

    def is_halved(self, index, amount):
        """Whether people pass on at most half over a link, of which only `amount` is left."""
        written = self.carry(index, 0)
        return 2 * (amount - written) <= self.carried[index] - written

    def leaving(self):
        """What is lost with those who leave soon: with the people of each group, and over links that only all groups together halve."""
        groups = self.leaving_groups()
        items = [
            (people, self.departure(people) * (1 if is_sure else self.chance)) for people, is_sure in groups.items()
        ]
        sure = [people for people, is_sure in groups.items() if is_sure]
        left = self.carried_without(self.leave_within(self.terms, SOON))
        alone = [self.carried_without(frozenset(people)) for people in sure]
        together = [
            index
            for index, link in enumerate(self.links)
            if link["documented"] < HALF_WRITTEN
            and left[index] < self.carried[index]
            and self.is_halved(index, left[index])
            and not any(one[index] < self.carried[index] and self.is_halved(index, one[index]) for one in alone)
        ]
        return items + self.together(together, dict(enumerate(left)))

    def windows(self, team):
        """The windows in which a team stands out, the least likely first, as (probability, terms)."""
        known = [one for one in self.members[team] if self.terms[one] is not None]
        chances = [
            (probability_of_at_least(len(self.leave_within(known, w)), len(known), Fraction(w, self.stay)), w)
            for w in (1, 2) if w < self.stay
        ]
        return sorted(window for window in chances if window[0] <= UNLIKELY)

    def end_leaves(self, end, leaving):
        """Whether an end leaves within one term, for links without named bearers."""
        people = set(self.members.get(end) or [end])
        if len(people) < SMALLEST_COHORT:
            return people <= leaving
        return any(terms == 1 for _, terms in self.windows(end))

    def weakens(self, link, leaving):
        """Whether at least half of the named bearers leave, or an end if nobody is named."""
        if link["bearers"]:
            active = [bearer for bearer in link["bearers"] if not self.has_left(bearer)]
            return len(active) > 0 and 2 * sum(bearer in leaving for bearer in active) >= len(active)
        return any(self.end_leaves(link[end], leaving) for end in ("from", "to"))

    def degrading(self):
        """The links that weaken within one term; those who leave are missing on all parallel links."""
        leaving = self.leave_within(self.terms, 1)
        weakening = [index for index, link in enumerate(self.links) if self.weakens(link, leaving)]
        return self.together(weakening, dict(enumerate(self.carried_without(leaving))))

    def undocumented(self):
        """Links that pass something and of which less than half is written, if only that passes."""
        few = [
            index
            for index, link in enumerate(self.links)
            if link["documented"] < HALF_WRITTEN and self.carried[index] > 0
        ]
        return self.together(few, {index: self.carry(index, 0) for index in few})

    def together(self, chosen, changes):
        """Each chosen link with what is lost over links if all changes between its two records are made."""
        ends = [frozenset(both_ways(link)[0]) for link in self.links]
        values = {}
        for pair in {ends[index] for index in chosen}:
            after = self.carried_with({index: amount for index, amount in changes.items() if ends[index] == pair})
            values[pair] = share(self.lost_over_links(self.carried, after), self.total)
        return [(index, values[ends[index]]) for index in chosen]

    def weak(self):
        """Links that lose much, with what would be lost of the improved state without the improvement."""
        items = []
        for index, link in enumerate(self.links):
            if link["loss"] is not None and link["loss"] >= WEAK_LOSS:
                better = self.carried_with({index: self.carry(index, self.find_present(index), IMPROVED_LOSS)})
                lost = self.lost_over_links(better, self.carried)
                items.append((index, share(lost, self.all_relied_on(self.reach(better)))))
        return items

    def cohorts(self):
        """Teams that lose many at once: those leave who make the team stand out."""
        return [
            ((team,), self.departure(self.leave_within(self.members[team], windows[0][1])))
            for team in self.members
            if (windows := self.windows(team))
        ]

    def expertise(self):
        """Departures of the people who alone have an area, each once."""
        alone = sorted({one for holders in self.holders.values() if len(holders) == 1 for one in holders})
        return [((one,), self.departure([one])) for one in alone]

    def answers(self):
        """All questions, as they are written to the file."""
        questions = ("leaving", "leavers", "degrading", "weak", "undocumented", "cohorts", "expertise")
        return {"total": rounded(self.total)} | {name: listed(getattr(self, name)()) for name in questions}


def rounded(value):
    """A value with twelve significant digits."""
    return float(f"{value:.12g}")


def listed(items):
    """The items above the smallest value, by descending value, equal ones by subject."""
    kept = [(subject, rounded(value)) for subject, value in items if value > SMALLEST_VALUE]
    return [{"subject": subject, "value": value} for subject, value in sorted(kept, key=lambda i: (-i[1], i[0]))]


if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    organisations = json.loads((folder / "organisations.json").read_text())
    expected = [Organisation(data).answers() for data in organisations]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
