#!/bin/sh
# Unpack Debian packages of another suite, with all that they need, into a folder beside the system.
#
#   editors/unpack-newer.sh SUITE FOLDER PACKAGE...
#
# The mirror is the one that this machine's apt is set up with. Nothing of the system changes: apt works on lists of its
# own in FOLDER, and takes nothing as installed, so that the packages come with their own C library. Run a program of
# theirs with `FOLDER/run usr/bin/PROGRAM ARGUMENTS`. A FOLDER that is complete is left alone.
set -eu
suite=$1 folder=$2
shift 2
[ ! -e "$folder/complete" ] || exit 0

mirror=$(apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(REPO_URI)' | sed -n 's/^Packages Debian //p' |
    grep '/debian/*$' | head -n 1)
[ -n "$mirror" ] || { echo "apt has no Debian mirror to take $suite from" >&2; exit 1; }
mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial"
folder=$(cd "$folder" && pwd)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] $mirror $suite main" >"$folder/apt/sources.list"
# bookworm-backports holds only what it has newer: the rest is the stable suite's.
case $suite in
*-backports) echo "deb [signed-by=$keyring] $mirror ${suite%-backports} main" >>"$folder/apt/sources.list" ;;
esac
: >"$folder/apt/status"

private_apt() {
    apt-get -qq -o Dir::Etc::SourceList="$folder/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State::Lists="$folder/apt/lists" -o Dir::State::status="$folder/apt/status" \
        -o Dir::Cache::archives="$folder/apt/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= \
        -o APT::Sandbox::User=root -o APT::Install-Recommends=false -o Debug::NoLocking=true "$@"
}
private_apt update
private_apt install --yes --download-only -t "$suite" "$@" >/dev/null
for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --no-same-owner --keep-directory-symlink
done
rm -rf "$folder/apt"

cat >"$folder/run" <<'RUN'
#!/bin/sh
# Start a program of this folder with the libraries of this folder; what it starts itself uses the system's.
here=$(cd "$(dirname "$0")" && pwd)
program=$here/$1
shift
machine=$(uname -m)-linux-gnu
loader=$(ls "$here"/lib64/ld-linux-*.so.* "$here"/usr/lib64/ld-linux-*.so.* "$here"/lib/ld-linux-*.so.* \
    "$here"/usr/lib/ld-linux-*.so.* "$here/usr/lib/$machine"/ld-linux-*.so.* 2>/dev/null | head -n 1)
exec "$loader" --library-path "$here/usr/lib/$machine:$here/lib/$machine:$here/usr/lib" "$program" "$@"
RUN
chmod +x "$folder/run"
: >"$folder/complete"
