#!/bin/sh
# Prints the home of the newest JDK of at least version 21, or one sentence on stderr and exit 3.
# DWATA_JAVA_HOME, when set, is the answer. Among equals the earlier place wins.

need=21
best=
best_version=0

# version HOME: sets $version to the feature release of the JDK there, 0 if there is none.
version() {
    version=0
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        JAVA_VERSION=*)
            version=${line#JAVA_VERSION=}
            version=${version#\"}
            version=${version%%[!0-9]*}
            ;;
        esac
    done <"$1/release"
    version=${version:-0}
}

consider() {
    version "$1"
    if [ "$version" -ge "$need" ] && [ "$version" -gt "$best_version" ]; then
        best=$1
        best_version=$version
    fi
}

if [ -n "${DWATA_JAVA_HOME:-}" ]; then
    consider "$DWATA_JAVA_HOME"
    if [ -z "$best" ]; then
        echo "dwata: DWATA_JAVA_HOME is $DWATA_JAVA_HOME, which is not a JDK $need or newer (a JRE is not enough)." >&2
        exit 3
    fi
    printf '%s\n' "$best"
    exit 0
fi

[ -n "${JAVA_HOME:-}" ] && consider "$JAVA_HOME"

javac=$(command -v javac 2>/dev/null)
while [ -L "$javac" ]; do
    target=$(readlink "$javac")
    case $target in
    /*) javac=$target ;;
    *) javac=${javac%/*}/$target ;;
    esac
done
case $javac in
*/bin/javac) consider "${javac%/bin/javac}" ;;
esac

for home in \
    /usr/lib/jvm/* \
    /usr/lib64/jvm/* \
    /usr/java/* \
    /opt/* \
    /opt/*/Contents/Home \
    /opt/java/* \
    /opt/jdk/* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* \
    "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.jdks/*/Contents/Home \
    "${MISE_DATA_DIR:-${HOME:-}/.local/share/mise}"/installs/java/* \
    "${HOME:-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    consider "$home"
done

if [ -z "$best" ]; then
    echo "dwata: no JDK $need or newer found; install one (Debian 13: apt install openjdk-25-jdk-headless, macOS: brew install openjdk, anywhere: https://adoptium.net) or set DWATA_JAVA_HOME." >&2
    exit 3
fi
printf '%s\n' "$best"
