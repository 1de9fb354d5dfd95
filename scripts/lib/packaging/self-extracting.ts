import { createReadStream, createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Unpacks the archive that follows it, and runs the program inside with APPIMAGE set, as the runtime of an AppImage does. */
const header = `#!/bin/sh
export APPIMAGE="$(readlink -f "$0")"
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
tail -c +SKIPPED "$0" | tar -xzf - --strip-components=1 -C "$folder" || exit 1
"$folder/frames" "$@"
exit $?
`;

/**
 * Writes a single executable file with a tar.gz of the program inside. It stands in for an AppImage where the runtime of those cannot be
 * downloaded, and updates itself in the same way.
 */
export async function writeSelfExtracting(archive: string, file: string): Promise<void> {
  // The first byte of the archive, counted from one. Its digits take as much room as the word that they replace.
  const first = String(Buffer.byteLength(header) + 1).padStart('SKIPPED'.length, '0');
  const output = createWriteStream(file);
  output.write(header.replace('SKIPPED', first));
  await pipeline(createReadStream(archive), output);
  await chmod(file, 0o755);
}
