import { Platform } from 'electron-builder';

export interface Target {
  platform: Platform;
  /** Its name in electron-builder. We pack `dir` ourselves, because electron-builder's tar.gz takes minutes. */
  builder: string;
  extension: string;
  /** Tells it from another target with the same extension. */
  suffix?: string;
  /** A failure to build it fails `npm run dist` on the platform that it is for; others need tools that may be out of reach. */
  always?: true;
}

export const targets: Record<string, Target> = {
  deb: { platform: Platform.LINUX, builder: 'deb', extension: 'deb', always: true },
  rpm: { platform: Platform.LINUX, builder: 'rpm', extension: 'rpm', always: true },
  'tar.gz': { platform: Platform.LINUX, builder: 'dir', extension: 'tar.gz', always: true },
  AppImage: { platform: Platform.LINUX, builder: 'AppImage', extension: 'AppImage' },
  nsis: { platform: Platform.WINDOWS, builder: 'nsis', extension: 'exe' },
  portable: { platform: Platform.WINDOWS, builder: 'portable', extension: 'exe', suffix: '-portable' },
  dmg: { platform: Platform.MAC, builder: 'dmg', extension: 'dmg' },
  zip: { platform: Platform.MAC, builder: 'zip', extension: 'zip' },
};

export const isHere = ({ platform }: Target): boolean => platform.nodeName === process.platform;
