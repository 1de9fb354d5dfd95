import { mkdirSync } from 'node:fs';
import { git } from '#scripts/lib/git.ts';
import { seededNumbers } from '#test/support/seeded.ts';

/** Of the authors of random histories; without an "@" it is a name. */
export const labels = [
  'ann@uni.example',
  'ann@home.example',
  'bo@uni.example',
  'bo@private.example',
  'cy@users.noreply.github.com',
  'dee@uni.example',
  'dependabot[bot]@users.noreply.github.com',
  'Lab',
] as const;

const signatures = [
  'Ann Arden <ann@uni.example>',
  'ann Ardén <ann@home.example>',
  'Bo <bo@uni.example>',
  'Bo <BO@uni.example>',
  'Bo <bo@private.example>',
  'cy <12+cy@users.noreply.github.com>',
  'Someone Else <cy@users.noreply.github.com>',
  'Dee <dee@uni.example>',
  'Lab <lab>',
  'dependabot[bot] <49+dependabot[bot]@users.noreply.github.com>',
] as const;

const folders = ['', 'flight/', 'flight/adcs/', 'ground/', 'lib/', 'vendor/'];
const names = ['a.c', 'b.h', 'c.py', '__init__.py', 'é.c', 'notes.md'];

/** Contents and modes by path: "100644 7". */
type Tree = Map<string, string>;

interface Tip {
  mark: number;
  tree: Tree;
}

const firstTime = Date.UTC(2024, 0) / 1000;
const day = 24 * 3600;
/** Times that a wrong clock states: in 1980 and 2106. */
const wrongTimes = [315_532_800, 4_294_967_296];
/** A time after all commits, in milliseconds since 1970. */
export const scanTime = Date.UTC(2026, 5);

/** Writes a random branching history from a seed, by one call of git. Fewer commits of a seed are the first ones of more. */
export function writeRandomHistory(folder: string, seed: number, commits: number): void {
  mkdirSync(folder, { recursive: true });
  git(['init', '-q', '-b', 'main', '.'], folder);
  git(['fast-import', '--quiet', '--force'], folder, new HistoryWriter(seed).write(commits));
}

class HistoryWriter {
  readonly #next: () => number;
  readonly #lines: string[] = [];
  readonly #tips: Tip[] = [];
  /** Content of deleted paths, which can come back. */
  readonly #deleted: Tree = new Map();
  #marks = 0;
  #contents = 0;

  constructor(seed: number) {
    this.#next = seededNumbers(seed);
  }

  /** The stream for `git fast-import`. */
  write(commits: number): string {
    for (let count = 0; count < commits; count++) this.#addCommit();
    const [first = this.#addRoot(), ...others] = this.#tips;
    let head = first;
    // The last branch is sometimes not merged.
    for (const other of this.#chance(0.3) ? others.slice(1) : others) head = this.#merge(head, other);
    if (this.#chance(0.5)) {
      const mailmap = new Map(head.tree).set('.mailmap', '100644 mailmap');
      head = this.#commit([head.mark], mailmap);
    }
    this.#lines.push('reset refs/heads/main', `from :${head.mark}`, '');
    return `${this.#lines.join('\n')}\n`;
  }

  #addCommit(): void {
    if (this.#tips.length === 0 || this.#chance(0.02)) return void this.#tips.push(this.#addRoot());
    const at = this.#below(this.#tips.length);
    const tip = this.#tips[at] as Tip;
    if (this.#tips.length > 1 && this.#chance(0.15)) {
      const [other] = this.#tips.splice((at + 1) % this.#tips.length, 1) as [Tip];
      this.#tips[this.#tips.indexOf(tip)] = this.#merge(tip, other);
      return;
    }
    const tree = new Map(tip.tree);
    for (let changes = 1 + this.#below(3); changes > 0; changes--) this.#change(tree);
    const made = this.#commit([tip.mark], tree);
    if (this.#tips.length < 4 && this.#chance(0.15)) this.#tips.push(made);
    else this.#tips[at] = made;
  }

  #addRoot(): Tip {
    const tree: Tree = new Map();
    this.#add(tree);
    if (this.#chance(0.3)) this.#addMany(tree);
    return this.#commit([], tree);
  }

  /** Takes each path from one of both, also its absence. */
  #merge(ours: Tip, theirs: Tip): Tip {
    const tree: Tree = new Map();
    for (const path of [...new Set([...ours.tree.keys(), ...theirs.tree.keys()])].toSorted()) {
      const content = this.#chance(0.8)
        ? (ours.tree.get(path) ?? theirs.tree.get(path))
        : theirs.tree.get(path);
      if (content !== undefined) tree.set(path, content);
    }
    return this.#commit([ours.mark, theirs.mark], tree);
  }

  #change(tree: Tree): void {
    const path = this.#pick([...tree.keys()]);
    const kind = this.#below(100);
    if (path === undefined || kind < 15) this.#add(tree);
    else if (kind < 50) tree.set(path, this.#newContent());
    else if (kind < 58) this.#remove(tree, path);
    else if (kind < 75) this.#move(tree, path, this.#freePath(tree));
    else if (kind < 82) this.#moveFolder(tree, path);
    else if (kind < 88) tree.set(this.#freePath(tree), tree.get(path) ?? '');
    else if (kind < 91) tree.set(path, (tree.get(path) ?? '').replace('100644', '100755'));
    else if (kind < 97) this.#addAgain(tree);
    else this.#addMany(tree);
  }

  #add(tree: Tree): void {
    tree.set(this.#freePath(tree), this.#newContent());
  }

  /** About as many code files as make an import. */
  #addMany(tree: Tree): void {
    const count = 28 + this.#below(5);
    for (let index = 0; index < count; index++) tree.set(`lib/v${index}.c`, this.#newContent());
    if (this.#chance(0.5))
      for (let index = 0; index < 3; index++) tree.set(`lib/v${index}.md`, this.#newContent());
  }

  #remove(tree: Tree, path: string): void {
    this.#deleted.set(path, tree.get(path) ?? '');
    tree.delete(path);
  }

  #addAgain(tree: Tree): void {
    const path = this.#pick([...this.#deleted.keys()]);
    if (path !== undefined && !tree.has(path))
      tree.set(path, this.#chance(0.5) ? (this.#deleted.get(path) ?? '') : this.#newContent());
  }

  #move(tree: Tree, from: string, to: string): void {
    const content = tree.get(from) ?? '';
    tree.delete(from);
    tree.set(to, this.#chance(0.2) ? this.#newContent() : content);
  }

  #moveFolder(tree: Tree, path: string): void {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const target = `moved${this.#below(3)}/${this.#chance(0.5) ? folder : ''}`;
    for (const [each, content] of tree)
      if (each.startsWith(folder) && !each.startsWith('moved')) {
        tree.delete(each);
        tree.set(`${target}${each.slice(folder.length)}`, content);
      }
  }

  #commit(parents: readonly number[], tree: Tree): Tip {
    this.#marks += 1;
    const committed = firstTime + this.#marks * 10 * day;
    const authored = this.#chance(0.05)
      ? (this.#pick(wrongTimes) ?? 0)
      : this.#chance(0.1)
        ? firstTime
        : committed - this.#below(20) * day;
    const coAuthors = this.#chance(0.15) ? [this.#signature(), this.#signature()] : [];
    const message = ['Change', '', ...coAuthors.map((text) => `Co-authored-by: ${text}`)].join('\n');
    this.#lines.push(
      'reset refs/heads/next',
      '',
      'commit refs/heads/next',
      `mark :${this.#marks}`,
      `author ${this.#signature()} ${authored} +0000`,
      `committer Committer <committer@uni.example> ${committed} +0000`,
      ...data(message),
      ...parents.map((mark, index) => `${index === 0 ? 'from' : 'merge'} :${mark}`),
      'deleteall',
      ...[...tree].flatMap(([path, content]) => fileLines(path, content)),
      '',
    );
    return { mark: this.#marks, tree };
  }

  #signature(): string {
    return this.#pick(signatures) ?? signatures[0];
  }

  #freePath(tree: Tree): string {
    const path = `${this.#pick(folders)}${this.#pick(names)}`;
    return tree.has(path) ? path.replace(/(?=\.\w+$)/, `${this.#below(4)}`) : path;
  }

  /** Some contents are equal. */
  #newContent(): string {
    this.#contents += 1;
    return `100644 ${this.#chance(0.2) ? this.#below(3) : `n${this.#contents}`}`;
  }

  #below(limit: number): number {
    return this.#next() % limit;
  }

  #chance(share: number): boolean {
    return this.#next() < share * 2 ** 32;
  }

  #pick<T>(values: readonly T[]): T | undefined {
    return values[this.#below(Math.max(1, values.length))];
  }
}

const data = (text: string): string[] => [`data ${Buffer.byteLength(text)}`, text];

function fileLines(path: string, content: string): string[] {
  const [mode = '', text = ''] = content.split(' ');
  const mailmap = 'Bo Berg <bo@uni.example> <bo@private.example>\n';
  return [`M ${mode} inline ${path}`, ...data(text === 'mailmap' ? mailmap : `${text}\n`)];
}
