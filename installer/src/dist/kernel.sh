# Starts the kernel: kernel.sh JAVA ARCHIVE_FLAG CONNECTION_FILE, from the kernel's folder, in the notebook's.
# On the JDK it was installed with; when that is gone on another one, without the archive that belongs to the first. The
# archive is what kernel.archive names, and ARCHIVE_FLAG where there is no such file.
# Flags for one notebook stand in a file beside it, NOTEBOOK.ipynb.jvm, which %jvm writes.
java=$1
archive=$2
connection=$3
dist=${0%/*}
updated=
if [ -r "$dist/kernel.archive" ]; then read -r archive <"$dist/kernel.archive" || :; fi

is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] &&
        [ "$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)" -ge 17 ] 2>/dev/null
}

if ! [ -x "$java" ]; then
    gone=$java
    java=
    archive=
    on_path=$(command -v java) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* "$HOME"/.sdkman/candidates/java/* \
        "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if is_jdk "$home"; then
            java=$home/bin/java
            break
        fi
    done
    if [ -z "$java" ]; then
        echo "dagshell: $gone is gone and no other JDK, 17 or newer, was found: install one, then run dagshell install." >&2
        exit 3
    fi
    echo "dagshell: $gone is gone; this kernel runs on $java and starts later. Run dagshell install to put that right." >&2
elif [ -n "$archive" ] && [ -r "$dist/kernel.release" ] &&
    ! cmp -s "$dist/kernel.release" "${java%/*}/../release"; then
    archive=
    updated=1
fi
if [ -n "$updated" ] && ! [ -w "$dist" ]; then
    echo "dagshell: $java was updated; this kernel starts later. Run dagshell install, as whoever installed it, to put that right." >&2
elif [ -n "$updated" ]; then
    echo "dagshell: $java was updated; this kernel starts later, and its archive is made anew meanwhile." >&2
    # The least of all on the machine, and in a session of its own: it goes on when this kernel is stopped.
    behind=
    if command -v setsid >/dev/null; then behind=setsid; fi
    $behind nice -n 19 "$java" "@$dist/command.flags" -jar "$dist"/lib/dagshell-installer-*.jar rearchive \
        </dev/null >"$dist/kernel-renewal.log" 2>&1 &
fi
if [ -n "$archive" ] && ! [ -r "${archive#*=}" ]; then archive=; fi

set -- -jar "$dist"/lib/dagshell-installer-*.jar kernel "$connection"
if [ -n "$JPY_SESSION_NAME" ] && [ -r "${JPY_SESSION_NAME##*/}.jvm" ]; then set -- "@./${JPY_SESSION_NAME##*/}.jvm" "$@"; fi
if [ -n "$archive" ]; then set -- "$archive" "$@"; fi
exec "$java" "@$dist/kernel.flags" "$@"
