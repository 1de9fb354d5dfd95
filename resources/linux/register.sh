#!/bin/sh
# Registers FRAMES for one user, without root: menu entry, .frames files, frames:// links, icons, manual page, completion and command.
# `--remove` takes all of it out again.
set -eu

here=$(CDPATH='' cd "$(dirname "$0")" && pwd -P)
data=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$data/applications/frames.desktop
command=$HOME/.local/bin/frames

fail() {
  echo "register.sh: $1" >&2
  exit 1
}

# Menus, file types and icons are looked up in caches. A desktop without these programs has no cache.
refresh() {
  if command -v update-desktop-database >/dev/null; then update-desktop-database "$data/applications" || true; fi
  if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime" || true; fi
  if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q -t "$data/icons/hicolor" 2>/dev/null || true; fi
}

shared() {
  (cd "$here/share" && find . -type f)
}

is_ours() {
  [ -L "$command" ] && case $(readlink "$command") in */bin/frames) true ;; *) false ;; esac
}

if [ "${1:-}" = --remove ]; then
  shared | while IFS= read -r file; do rm -f "$data/$file"; done
  rm -f "$entry"
  if is_ours; then rm -f "$command"; fi
  refresh
  echo "FRAMES is no longer registered. Your workspaces and settings remain, by default in ~/.config/FRAMES."
  exit 0
fi
[ $# = 0 ] || fail "usage: ./register.sh [--remove]"

# These characters would need quotes of their own in a desktop entry.
case $here in *[\"\`\$\\%]*) fail "Move this folder to a path without \" \` \$ \\ and %, then try again." ;; esac
if [ -e "$command" ] || [ -L "$command" ]; then
  is_ours || fail "$command belongs to another program. Move it away, then try again."
fi

shared | while IFS= read -r file; do
  mkdir -p "$(dirname "$data/$file")"
  cp "$here/share/$file" "$data/$file"
done
mkdir -p "$data/applications" "$(dirname "$command")"
ln -sf "$here/bin/frames" "$command"
cat >"$entry" <<END
[Desktop Entry]
Name=FRAMES
Exec="$here/bin/frames" %U
TryExec=$here/bin/frames
Terminal=false
Type=Application
Icon=frames
StartupWMClass=frames
Comment=Maps the knowledge of university space programmes
MimeType=application/x-frames;x-scheme-handler/frames;
Categories=Science;
END
refresh
echo "FRAMES is in your menu. The command is $command."
case :$PATH: in *":$HOME/.local/bin:"*) ;; *) echo "Add ~/.local/bin to PATH to run it as: frames" ;; esac
