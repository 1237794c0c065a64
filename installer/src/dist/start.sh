# Starts the command; read by ./dagshell and by the installed launcher.
# The working directory of a run is the notebook's folder, and a process cannot change its own: so go there first and
# tell the command where the person stands, for the paths on the command line.
start_dagshell() {
    java=$1
    dist=$2
    shift 2
    DAGSHELL_CALLER_FOLDER=$PWD
    export DAGSHELL_CALLER_FOLDER
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
    exec "$java" "@$dist/command.flags" -jar "$dist"/lib/dagshell-installer-*.jar "$@"
}
