# What the scripts of a deployment say, from vi.txt or en.txt; read by each of them, with `here` the folder deploy/.
# shellcheck shell=sh disable=SC2154 # `here` is theirs
# As services/entrypoints/console.py: English where the environment says so first, Vietnamese otherwise.
language=vi
for told in "${KYCUONG_LANGUAGE:-}" "${LC_ALL:-}" "${LC_MESSAGES:-}" "${LANG:-}"; do
    case $told in vi*) break ;; en*) language=en && break ;; esac
done
words() { # KEY FACT…
    format=$(sed -n "s/^$1 = //p" "$here/words/$language.txt")
    shift
    # shellcheck disable=SC2059 # the catalogue's own formats
    printf "$format\n" "$@"
}
fail() { words "$@" >&2; exit 1; }
