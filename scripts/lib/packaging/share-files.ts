import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageJson } from '../package-json.ts';
import { root } from '../paths.ts';
import { runOrThrow } from '../run-or-throw.ts';
import { copyrightText } from './copyright.ts';

/** What every Linux package brings besides the program, below `/usr/share`. A tar.gz has the same in `share`, for `register.sh`. */
export const shareFiles = {
  man: 'man/man1/frames.1.gz',
  bash: 'bash-completion/completions/frames',
  zsh: 'zsh/vendor-completions/_frames',
  fish: 'fish/vendor_completions.d/frames.fish',
  mime: 'mime/packages/frames.xml',
  metainfo: 'metainfo/org.frames.desktop.metainfo.xml',
  copyright: 'doc/frames/copyright',
} as const;

export const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512].map((size) => `${size}x${size}`);

/** The icon of `.frames` files. */
export const fileIcon = (size: string): string => `icons/hicolor/${size}/mimetypes/application-x-frames.png`;
export const programIcon = (size: string): string => `icons/hicolor/${size}/apps/frames.png`;

/** The two sentences about the program in packages and app stores. */
export const synopsis = 'Maps the knowledge of university space programmes';
export const description =
  'Maps universities, teams, people, projects and the links between them, and shows whose departure would hurt most.';

const commandOutputs = {
  man: ['man'],
  bash: ['completion', 'bash'],
  zsh: ['completion', 'zsh'],
  fish: ['completion', 'fish'],
};

/** Writes these files and the icon of files to `folder`. `program` is the built command; `time` is in seconds since 1970. */
export async function writeShareFiles(folder: string, program: string, time: number): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const write = async (path: string, content: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  for (const [kind, args] of Object.entries(commandOutputs)) {
    const path = shareFiles[kind as keyof typeof commandOutputs];
    const printed = await runOrThrow(process.execPath, [program, ...args]);
    await write(path, path.endsWith('.gz') ? gzipSync(printed, { level: 9 }) : printed);
  }
  await write(shareFiles.mime, await readFile(linuxFile('mime.xml')));
  await write(shareFiles.metainfo, metainfo(await readFile(linuxFile('metainfo.xml'), 'utf8'), time));
  await write(shareFiles.copyright, await copyrightText());
  for (const size of iconSizes) {
    const icon = join(root, 'resources/icons', `${size.split('x')[0] ?? ''}.png`);
    await cp(icon, join(folder, fileIcon(size)));
    await cp(icon, join(folder, programIcon(size)));
  }
}

/** The source of a file that Linux packages contain. */
export const linuxFile = (name: string): string => join(root, 'resources/linux', name);

function metainfo(template: string, time: number): string {
  const values: Record<string, string> = {
    SUMMARY: synopsis,
    DESCRIPTION: description,
    AUTHOR: packageJson.author.name,
    HOMEPAGE: packageJson.homepage,
    VERSION: packageJson.version.replace('-', '~'),
    DATE: new Date(1000 * time).toISOString().slice(0, 10),
  };
  return template.replace(/@([A-Z]+)@/g, (_, name: string) => values[name] ?? '');
}
