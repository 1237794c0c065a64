# Starts the command; read by ./dagshell and by the installed launcher.
# The working directory of a run is the notebook's folder, and a process cannot change its own: so go there first and
# tell the command where the person stands, for the paths on the command line.
start_dagshell() {
    java=$1
    dist=$2
    shift 2
    DAGSHELL_CALLER_FOLDER=$PWD
    export DAGSHELL_CALLER_FOLDER
    if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
        DAGSHELL_TERMINAL=1
        export DAGSHELL_TERMINAL
    else
        unset DAGSHELL_TERMINAL
    fi
    case ${1:-} in
    run)
        for argument in "$@"; do
            case $argument in
            -*) ;;
            *.ipynb | *.ipynb:*)
                folder=$(dirname "${argument%.ipynb*}.ipynb")
                if [ -d "$folder" ]; then cd "$folder"; fi
                break
                ;;
            esac
        done
        ;;
    demo) cd "$dist/examples" ;;
    esac
    # Those that stay have an archive and a heap of their own; the last word on a flag counts.
    archive=command
    case ${1:-} in server | agent | start) archive=server ;; esac
    set -- -jar "$dist"/lib/dagshell-installer-*.jar "$@"
    if [ "$archive" = server ]; then set -- "@$dist/server.flags" "$@"; fi
    archived=
    if [ -r "$dist/$archive.archived" ]; then read -r archived <"$dist/$archive.archived" || archived=; fi
    if [ "$archived" = "$java $dist" ]; then set -- "-XX:SharedArchiveFile=$dist/$archive.jsa" "$@"; fi
    exec "$java" "@$dist/command.flags" "$@"
}

# Makes the class-data archives that halve a start: classes as a small flow loads them, and as a server with an agent does,
# laid out for one Java and for the jars as they lie. Without one, or with another Java, the command works the same, later.
archive_dagshell() {
    java=$1
    dist=$2
    rm -f "$dist"/command.archived "$dist"/command.jsa "$dist"/server.archived "$dist"/server.jsa
    rehearsal=$(mktemp -d) || return 0
    (
        cd "$dist/rehearsal" &&
            DAGSHELL_HOME=$rehearsal/home DAGSHELL_CALLER_FOLDER=$PWD DAGSHELL_BLOCK_REHEARSAL=postgresql://nobody@127.0.0.1:1/nothing \
                "$java" "@$dist/command.flags" "-XX:ArchiveClassesAtExit=$dist/command.jsa" \
                -jar "$dist"/lib/dagshell-installer-*.jar run rehearsal.ipynb:all -p "folder=$rehearsal"
    ) >"$dist/command-archive.log" 2>&1 </dev/null || rm -f "$dist/command.jsa"
    if [ -e "$dist/command.jsa" ]; then printf '%s\n' "$java $dist" >"$dist/command.archived"; fi
    (rehearse_server) >"$dist/server-archive.log" 2>&1 </dev/null || true # a process that was told to end says so
    if [ -e "$dist/server.jsa" ]; then printf '%s\n' "$java $dist" >"$dist/server.archived"; fi
    rm -rf "$rehearsal"
}

# A server on a new database with an agent that asks it for work, until both are there. Nothing of it is for the database that
# the environment names: its agent would take runs.
rehearse_server() {
    unset DAGSHELL_DATABASE
    DAGSHELL_HOME=$rehearsal/server DAGSHELL_CALLER_FOLDER=$rehearsal "$java" "@$dist/command.flags" "@$dist/server.flags" \
        "-XX:ArchiveClassesAtExit=$dist/server.jsa" -jar "$dist"/lib/dagshell-installer-*.jar start --port 0 &
    server=$!
    waited=0
    while kill -0 "$server" && ! grep -q 'takes runs from' "$dist/server-archive.log" && [ "$waited" -lt 120 ]; do
        sleep 1
        waited=$((waited + 1))
    done
    kill "$server" && wait "$server"
}
