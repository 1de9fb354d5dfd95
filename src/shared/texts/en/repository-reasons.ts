/** Why a repository gives no map, by the reasons of REPOSITORY. */
export default {
  no_repository: 'The folder is not a git repository. Choose the folder that contains “.git”.',
  no_commits: 'The repository has no commits yet, or its current branch is missing.',
  no_branch: 'The branch “{{what}}” is not in the repository.',
  no_folder:
    'The repository has no folder “{{what}}”. Correct “Folder inside” under Details, then scan again.',
  shallow:
    'The history was cut off when it was cloned. Run “git fetch --unshallow” in the folder, then scan again.',
  reftable: 'The repository keeps its branches as “reftable”, which FRAMES cannot read.',
  sha256: 'The repository uses SHA-256 ids, which FRAMES cannot read.',
  alternates:
    'The repository borrows contents from another folder. Run “git repack -a -d”, then delete “.git/objects/info/alternates”.',
  outside:
    'The repository keeps its contents outside of its folder. Choose the folder that contains them, then scan again.',
  git_missing: 'Git was not found on this computer. Install it, then scan again.',
  git_old: 'Git {{what}} is too old. Version 2.31 or newer is needed.',
  developer_tools: 'Git needs the developer tools of macOS. Run “xcode-select --install”, then scan again.',
  bad_address: 'The address of the repository must begin with https:// and name no user.',
  clone_failed: 'The repository could not be cloned. {{what}}',
  incomplete: 'Parts of the history are missing or damaged, so a map would be wrong. {{what}}',
  too_large: 'The repository is too large for a map. {{what}}',
  timeout: 'Reading took longer than half an hour and was stopped.',
  map_missing: '“{{what}}” has no map on this computer yet. Scan it first.',
  folder_taken:
    'The repository “{{what}}” has this folder already. Scan that one, or give each another “Folder inside”.',
  no_author: 'No author of the map has the key “{{what}}”.',
  no_source: '{{what}} has neither a folder on this computer nor an address that begins with https://.',
} as const;
