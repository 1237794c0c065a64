"""Becomes the kernel: ``python -m dagshell_kernel CONNECTION_FILE``."""

import glob
import os
import re
import shutil
import subprocess
import sys

OLDEST = 17


def feature(home):
    """The feature release of the JDK at home; 0 if there is none with a compiler."""
    try:
        with open(os.path.join(home, "release"), encoding="utf-8") as release:
            text = release.read()
    except OSError:
        return 0
    version = re.search(r'^JAVA_VERSION="?(\d+)', text, re.MULTILINE)
    complete = os.path.exists(os.path.join(home, "bin", "javac" + (".exe" if os.name == "nt" else "")))
    return int(version.group(1)) if version and complete else 0


def homes():
    """Where JDKs usually are."""
    if os.environ.get("JAVA_HOME"):
        yield os.environ["JAVA_HOME"]
    java = shutil.which("java")
    if java:
        yield os.path.dirname(os.path.dirname(os.path.realpath(java)))
    user = os.path.expanduser("~")
    for pattern in (
        "/usr/lib/jvm/*", "/usr/java/*", "/opt/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home",
        user + "/.sdkman/candidates/java/*", user + "/.jdks/*",
    ):
        yield from sorted(glob.glob(pattern))


def command(connection_file):
    """Java, its flags and the kernel's arguments: JAVA_HOME if set, otherwise the newest JDK found."""
    found = list(dict.fromkeys(home for home in homes() if feature(home) >= OLDEST))
    if not found:
        sys.exit(f"The DagShell kernel needs a JDK, {OLDEST} or newer: install one, or set JAVA_HOME.")
    asked_for = os.environ.get("JAVA_HOME")
    home = asked_for if asked_for in found else max(found, key=feature)
    dist = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dist")
    [jar] = glob.glob(os.path.join(dist, "lib", "dagshell-installer-*.jar"))
    # flags of one notebook, which %jvm keeps beside it
    own = os.path.basename(os.environ.get("JPY_SESSION_NAME", "")) + ".jvm"
    return [
        os.path.join(home, "bin", "java"), "@" + os.path.join(dist, "kernel.flags"),
        *(["@./" + own] if own != ".jvm" and os.path.exists(own) else []),
        "-jar", jar, "kernel", connection_file,
    ]


def main():
    arguments = command(sys.argv[1])
    if os.name == "nt":
        sys.exit(subprocess.call(arguments))
    os.execv(arguments[0], arguments)


if __name__ == "__main__":
    main()
