import type { PushedOperation } from '#shared/contract/server/sync.ts';
import type { Database } from '#server/db/database.ts';
import type { Client } from '#test/support/workspace.ts';
import type { Dice } from '#test/sync/simulator/random.ts';
import type { Api } from '../../support/api.ts';
import { tablesWith } from '../../support/chain.ts';
import { filesOf } from '../../support/erasing.ts';
import { create, operation } from '../../support/push.ts';
import type { SharedWorkspace } from './workspace.ts';

const people = [
  { id: 'student_0', name: 'Xenia Quillfeather', secret: 'cryogenic harpsichords' },
  { id: 'student_1', name: 'Yorick Zapfenstreich', secret: 'left-handed magnetometers' },
  { id: 'student_2', name: 'Zora Ümlaut-Óg', secret: 'underwater starlight' },
];
type Person = (typeof people)[number];

/** At the server from the beginning: the people, and for each a team whose note names them. */
export const peopleOperation = (university_id: string): PushedOperation =>
  operation(
    people.flatMap(({ id, name, secret }, at) => [
      create('student', id, { name, university_id, expertise_area: secret }),
      create('team', `team_${at}`, { name: 'Valves', university_id, note: `Ask ${name}` }),
    ]),
  );

/** People of a world of workspaces and a server: they are written about, and erased for good. */
export class ErasedPeople {
  readonly #dice: Dice;
  readonly #erased = new Set<Person>();

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** Somebody writes about a person. Nobody does so after the erasure: the server no longer knows the name then. */
  async write({ entities }: Client): Promise<void> {
    const dice = this.#dice;
    const person = dice.pick(people);
    if (this.#erased.has(person)) return;
    const { id, name, secret } = person;
    const roll = dice.below(10);
    if (roll < 4) await entities.update({ type: 'student', id, data: { expertise_area: secret } });
    else if (roll < 5) await entities.remove({ type: 'student', id });
    else if (roll < 6) await entities.restore({ type: 'student', id });
    else {
      const note = `Ask ${dice.chance(0.5) ? name : name.toUpperCase()} about valves`;
      await entities.update({ type: 'team', id: `team_${dice.below(5)}`, data: { note } });
    }
  }

  /** An admin erases a person. */
  async erase(admin: Api): Promise<void> {
    const person = this.#dice.pick(people);
    this.#erased.add(person);
    await this.#eraseAtServer(admin, person);
  }

  /** Repeats each erasure: a restored server or workspace has brought values back. */
  async eraseAgain(admin: Api): Promise<void> {
    for (const person of this.#erased) await this.#eraseAtServer(admin, person);
  }

  async #eraseAtServer(admin: Api, { id, name }: Person): Promise<void> {
    const { status, body } = await admin.post(`people/${id}/erase`, { mentions: true, terms: [name] });
    if (status !== 200) throw new Error(`erasing ${id}: ${status} ${JSON.stringify(body)}`);
  }

  /** Places that still have a value of an erased person. */
  async problems(workspaces: readonly SharedWorkspace[], database: Database): Promise<string[]> {
    const texts = [...this.#erased].flatMap(({ name, secret }) => [name, name.toUpperCase(), secret]);
    const here = workspaces.flatMap((workspace, at) =>
      filesOf(workspace, texts).map((file) => `workspace ${at} has ${file}`),
    );
    return [...here, ...(await tablesWith(database, texts)).map((table) => `the server has ${table}`)];
  }
}
