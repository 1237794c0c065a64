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
    archived=
    if [ -r "$dist/command.archived" ]; then read -r archived <"$dist/command.archived" || archived=; fi
    if [ "$archived" = "$java $dist" ]; then
        exec "$java" "@$dist/command.flags" "-XX:SharedArchiveFile=$dist/command.jsa" \
            -jar "$dist"/lib/dagshell-installer-*.jar "$@"
    fi
    exec "$java" "@$dist/command.flags" -jar "$dist"/lib/dagshell-installer-*.jar "$@"
}

# Makes the class-data archive that halves the command's start: classes as a small flow loads them, laid out for one Java
# and for the jars as they lie. Without it, or with another Java, the command works the same, later.
archive_dagshell() {
    java=$1
    dist=$2
    rm -f "$dist/command.archived" "$dist/command.jsa"
    rehearsal=$(mktemp -d) || return 0
    (
        cd "$dist/rehearsal" &&
            DAGSHELL_HOME=$rehearsal/home DAGSHELL_CALLER_FOLDER=$PWD DAGSHELL_BLOCK_REHEARSAL=postgresql://nobody@127.0.0.1:1/nothing \
                "$java" "@$dist/command.flags" "-XX:ArchiveClassesAtExit=$dist/command.jsa" \
                -jar "$dist"/lib/dagshell-installer-*.jar run rehearsal.ipynb:all -p "folder=$rehearsal"
    ) >"$dist/command-archive.log" 2>&1 </dev/null || rm -f "$dist/command.jsa"
    rm -rf "$rehearsal"
    if [ -e "$dist/command.jsa" ]; then printf '%s\n' "$java $dist" >"$dist/command.archived"; fi
}
