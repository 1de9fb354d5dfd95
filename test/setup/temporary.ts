import { useMemoryFolder } from '#scripts/lib/memory-folder.ts';

export default useMemoryFolder;
