import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestRepository, writeFixture } from './fixture.ts';
import { scanAt } from './scan-at.ts';

/*
 * Settings of a repository, and of the computer, that make plain git run a program, forge authors or hide commits. For each, plain git is
 * seen to do it; a scan does not, and writes nothing outside of its own folder.
 */

let fixtures = '';
let folder = '';
let repository: TestRepository;
beforeAll(() => {
  fixtures = mkdtempSync(join(tmpdir(), 'frames-fixture-'));
  writeFixture(join(fixtures, 'repository'));
});
afterAll(() => rmSync(fixtures, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-canary-'));
  cpSync(join(fixtures, 'repository'), join(folder, 'repository'), {
    recursive: true,
    preserveTimestamps: true,
  });
  repository = new TestRepository(join(folder, 'repository'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (...names: string[]): string => join(repository.folder, ...names);
const canary = (): string => join(folder, 'fired');

function writeProgram(path: string): string {
  writeFileSync(path, `#!/bin/sh\ntouch '${canary()}'\nexit 1\n`);
  chmodSync(path, 0o755);
  return path;
}
const makeProgram = (): string => writeProgram(join(folder, 'program.sh'));

const configure = (settings: Readonly<Record<string, string>>): void => {
  for (const [key, value] of Object.entries(settings)) repository.git('config', key, value);
};

/** What plain git prints, whatever its exit code. */
function plainGit(...args: string[]): string {
  try {
    return repository.git(...args);
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

/** Makes a file look modified. */
const touch = (path: string): void => utimesSync(pathOf(path), 1, 1);

function removeContent(path: string): void {
  const id = repository.git('rev-parse', `HEAD:${path}`);
  rmSync(pathOf('.git/objects', id.slice(0, 2), id.slice(2)));
}

/** Every file with its size and time, without the folders of scans. */
const listFiles = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('scratch-'))
    .map((path) => `${path} ${statSync(join(folder, path)).size} ${statSync(join(folder, path)).mtimeMs}`)
    .toSorted();

async function scanUnchanged(): ReturnType<typeof scanAt> {
  const before = listFiles();
  const answer = await scanAt(repository.folder, {}, mkdtempSync(join(folder, 'scratch-')));
  expect(listFiles()).toEqual(before);
  return answer;
}

interface Canary {
  arrange: () => void;
  plain: readonly string[];
  /** Code files without content: two have the one that is removed. */
  missing?: number;
}

const promise = (url: string): void => {
  removeContent('ground/pass.py');
  configure({
    'core.repositoryformatversion': '1',
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.url': url,
  });
};

const programs: Readonly<Record<string, Canary>> = {
  'a remote that is a program': {
    arrange: () => {
      promise(`ext::${makeProgram()}`);
      configure({ 'protocol.ext.allow': 'always' });
    },
    plain: ['log', '-p'],
    missing: 2,
  },
  'an SSH command of a remote that promises contents': {
    arrange: () => {
      promise('ssh://nowhere.example/x');
      configure({ 'core.sshCommand': makeProgram() });
    },
    plain: ['log', '-p'],
    missing: 2,
  },
  'a program that shows files as text': {
    arrange: () => {
      configure({ 'diff.shown.textconv': makeProgram() });
      writeFileSync(pathOf('.git/info/attributes'), '*.c diff=shown\n');
    },
    plain: ['log', '-p'],
  },
  'a program that changes contents': {
    arrange: () => {
      configure({ 'filter.changed.process': makeProgram(), 'filter.changed.required': 'true' });
      writeFileSync(pathOf('.git/info/attributes'), '*.c filter=changed\n');
      touch('flight/adcs.c');
    },
    plain: ['diff'],
  },
  'a monitor of the file system': {
    arrange: () => configure({ 'core.fsmonitor': makeProgram() }),
    plain: ['status'],
  },
  'a hook': {
    arrange: () => {
      mkdirSync(pathOf('.git/hooks'), { recursive: true });
      writeProgram(pathOf('.git/hooks/post-index-change'));
      touch('flight/adcs.c');
    },
    plain: ['status'],
  },
  'hooks of another folder': {
    arrange: () => {
      mkdirSync(join(folder, 'hooks'));
      writeProgram(join(folder, 'hooks/post-index-change'));
      configure({ 'core.hooksPath': join(folder, 'hooks') });
      touch('flight/adcs.c');
    },
    plain: ['status'],
  },
  'settings in an included file': {
    arrange: () => {
      const included = join(folder, 'included');
      writeFileSync(included, `[core]\n\tfsmonitor = ${makeProgram()}\n`);
      configure({ 'include.path': included });
    },
    plain: ['status'],
  },
  'settings in the environment of FRAMES': {
    arrange: () => {
      vi.stubEnv('GIT_CONFIG_COUNT', '1');
      vi.stubEnv('GIT_CONFIG_KEY_0', 'core.fsmonitor');
      vi.stubEnv('GIT_CONFIG_VALUE_0', makeProgram());
      vi.stubEnv('GIT_EXTERNAL_DIFF', makeProgram());
    },
    plain: ['diff', 'HEAD~1'],
  },
  'a trace into a file': {
    arrange: () => vi.stubEnv('GIT_TRACE2_EVENT', canary()),
    plain: ['log'],
  },
  'settings of the user': {
    arrange: () => {
      writeFileSync(join(folder, '.gitconfig'), `[core]\n\tfsmonitor = ${makeProgram()}\n`);
      vi.stubEnv('HOME', folder);
      vi.stubEnv('GIT_CONFIG_GLOBAL', join(folder, '.gitconfig'));
    },
    plain: ['status'],
  },
};

describe('no program runs and no file is written by', () => {
  it.each(Object.entries(programs))('%s', async (_name, { arrange, plain, missing = 0 }) => {
    arrange();
    plainGit(...plain);
    expect(existsSync(canary())).toBe(true);
    rmSync(canary());
    const { map } = await scanUnchanged();
    expect(map).toMatchObject({ commits: 12, completeness: { missing } });
    expect(existsSync(canary())).toBe(false);
  });
});

const forgedMap =
  'Forged Name <forged@uni.example> <ann@uni.example>\nForged Name <forged@uni.example> <bo@uni.example>\n';

const forgeries: Readonly<Record<string, () => void>> = {
  'a mailmap that the settings name': () => {
    writeFileSync(join(folder, 'mailmap'), forgedMap);
    configure({ 'mailmap.file': join(folder, 'mailmap') });
  },
  'a mailmap in the folder, which was not committed': () => writeFileSync(pathOf('.mailmap'), forgedMap),
  'a replaced commit': () => {
    const forged = repository
      .git('cat-file', 'commit', 'HEAD')
      .replaceAll(/^(author|committer) .*>/gm, '$1 Forged Name <forged@uni.example>');
    writeFileSync(join(folder, 'commit'), `${forged}\n`);
    const id = repository.git('hash-object', '-t', 'commit', '-w', join(folder, 'commit'));
    repository.git('replace', 'HEAD', id);
  },
};

describe('nobody is forged by', () => {
  it.each(Object.entries(forgeries))('%s', async (_name, arrange) => {
    arrange();
    expect(plainGit('log', '--format=%aN')).toContain('Forged Name');
    const { names, map } = await scanUnchanged();
    expect(map.commits).toBe(12);
    expect(Object.values(names).toSorted()).toEqual(['Ann Arden', 'Bo', 'Cy', 'dependabot[bot]']);
  });
});

it('no commits are hidden by grafts', async () => {
  writeFileSync(pathOf('.git/info/grafts'), `${repository.git('rev-parse', 'HEAD')}\n`);
  expect(plainGit('rev-list', '--count', 'HEAD')).toBe('1');
  expect((await scanUnchanged()).map.commits).toBe(12);
});

describe('another repository of this computer is not read through', () => {
  const lead = (from: string, line: string): void => {
    mkdirSync(join(from, 'info'), { recursive: true });
    writeFileSync(join(from, 'info/alternates'), `${line}\n`);
  };
  const ways: Readonly<Record<string, (objects: string, secret: string) => void>> = {
    'its path': (objects, secret) => lead(objects, secret),
    'its quoted path': (objects, secret) => lead(objects, `"${secret}"`),
    'a relative path': (objects) => lead(objects, '../../../secret/.git/objects'),
    'a folder within, which leads on': (objects, secret) => {
      lead(join(objects, 'more'), secret);
      lead(objects, 'more');
    },
  };
  it.each(Object.entries(ways))('%s', async (_name, arrange) => {
    const secret = new TestRepository(join(folder, 'secret'));
    secret.write('secret.c', '1');
    secret.commit({ name: 'Secret', email: 'secret@uni.example' }, 'secret');
    arrange(pathOf('.git/objects'), join(secret.folder, '.git/objects'));
    writeFileSync(pathOf('.git/refs/heads/main'), `${secret.git('rev-parse', 'HEAD')}\n`);
    expect(plainGit('log', '--format=%aN')).toBe('Secret');
    await expect(scanUnchanged()).rejects.toMatchObject({ code: 'alternates' });
  });
});

describe('a repository that keeps its contents outside of its folder', () => {
  const moveOut = (...names: string[]): string => {
    const target = join(folder, 'outside');
    renameSync(pathOf(...names), target);
    return target;
  };
  const ways: Readonly<Record<string, () => void>> = {
    'a file that names the git directory': () =>
      writeFileSync(pathOf('.git'), `gitdir: ${moveOut('.git')}\n`),
    'a linked git directory': () => symlinkSync(moveOut('.git'), pathOf('.git')),
    'linked objects': () => symlinkSync(moveOut('.git', 'objects'), pathOf('.git', 'objects')),
    'a linked folder of packs': () => {
      repository.git('repack', '-adq');
      symlinkSync(moveOut('.git', 'objects', 'pack'), pathOf('.git', 'objects', 'pack'));
    },
    'a linked pack': () => {
      repository.git('repack', '-adq');
      const [pack = ''] = readdirSync(pathOf('.git/objects/pack')).filter((name) => name.endsWith('.pack'));
      symlinkSync(moveOut('.git/objects/pack', pack), pathOf('.git/objects/pack', pack));
    },
    'a common directory': () => {
      const target = join(folder, 'outside');
      cpSync(pathOf('.git'), target, { recursive: true });
      writeFileSync(pathOf('.git/commondir'), `${target}\n`);
    },
    'a forged work tree': () => {
      const target = moveOut('.git');
      mkdirSync(pathOf('forged'));
      writeFileSync(pathOf('forged/commondir'), target);
      writeFileSync(pathOf('forged/gitdir'), pathOf('.git'));
      writeFileSync(pathOf('.git'), 'gitdir: forged\n');
      writeFileSync(pathOf('forged/HEAD'), 'ref: refs/heads/main\n');
    },
  };
  it.each(Object.entries(ways))('by %s is refused', async (_name, arrange) => {
    arrange();
    expect(plainGit('rev-list', '--count', 'HEAD')).toBe('12');
    await expect(scanUnchanged()).rejects.toMatchObject({ code: 'outside' });
  });

  it('is read if its folder is a linked work tree', async () => {
    const workTree = join(folder, 'linked');
    repository.git('worktree', 'add', '-q', '--detach', workTree, 'HEAD~1');
    const { map } = await scanAt(workTree, {}, mkdtempSync(join(folder, 'scratch-')));
    expect(map.commits).toBe(11);
  });

  it('is refused if the list of borrowed objects is too long to read', async () => {
    writeFileSync(pathOf('.git/objects/info/alternates'), '\n'.repeat(65 * 1024 * 1024));
    await expect(scanUnchanged()).rejects.toMatchObject({ code: 'incomplete' });
  });
});

describe('a history with a gap', () => {
  const objectPath = (name: string): string => {
    const id = repository.git('rev-parse', name);
    return pathOf('.git/objects', id.slice(0, 2), id.slice(2));
  };
  const gaps: Readonly<Record<string, () => void>> = {
    'a missing commit': () => rmSync(objectPath('HEAD~5')),
    'a missing list of files': () => rmSync(objectPath('HEAD~5^{tree}')),
    'a missing folder': () => rmSync(objectPath('HEAD~5:flight')),
    'a mailmap without its content': () => rmSync(objectPath('HEAD:.mailmap')),
    'a damaged commit': () => {
      chmodSync(objectPath('HEAD~5'), 0o644);
      writeFileSync(objectPath('HEAD~5'), 'damaged');
    },
    'a packed history that is cut off': () => {
      repository.git('repack', '-adq');
      const packs = pathOf('.git/objects/pack');
      for (const name of readdirSync(packs).filter((each) => each.endsWith('.pack'))) {
        chmodSync(join(packs, name), 0o644);
        cpSync(join(packs, name), join(folder, 'pack'));
        writeFileSync(join(packs, name), readFileSync(join(folder, 'pack')).subarray(0, 1000));
      }
    },
  };
  it.each(Object.entries(gaps))('gives a reason and no number for %s', async (_name, damage) => {
    damage();
    await expect(scanUnchanged()).rejects.toMatchObject({ code: 'incomplete' });
  });

  it('gives a reason when its end was cut off', async () => {
    const cut = join(folder, 'cut');
    repository.git('clone', '-q', '--depth', '3', `file://${repository.folder}`, cut);
    await expect(scanAt(cut, {}, mkdtempSync(join(folder, 'scratch-')))).rejects.toMatchObject({
      code: 'shallow',
    });
    rmSync(join(cut, '.git/shallow'));
    await expect(scanAt(cut, {}, mkdtempSync(join(folder, 'scratch-')))).rejects.toMatchObject({
      code: 'incomplete',
    });
  });

  it('says that contents are missing, and shows no imports', async () => {
    const whole = await scanUnchanged();
    expect(whole.map).toMatchObject({ imports: { resolved: 0 }, completeness: { missing: 0 } });
    removeContent('flight/adcs.c');
    const { map } = await scanUnchanged();
    expect(map).toMatchObject({ imports: null, completeness: { missing: 2 } });
    expect(map.files.map(({ authors }) => authors)).toEqual(whole.map.files.map(({ authors }) => authors));
    expect(map.bus_factor).toEqual(whole.map.bus_factor);
  });
});
