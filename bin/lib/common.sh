# Shared by the scripts of bin and .ci: where the project is, which JDK is used, how Maven is called. To be sourced by bash.

readonly OLDEST_JDK=17
readonly NATIVE_ACCESS_JDK=24   # from here on a JVM warns of native access that was not allowed by name
readonly EXIT_USAGE=2           # these two as in `muster --help`
readonly EXIT_CANNOT_START=3

# Says what is wrong, then what can be done, a line each; ends the script.
fail() {
  printf '%s: %s\n' "$PROGRAM" "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit "$EXIT_CANNOT_START"
}

# Sets jdk_version (all of it) and jdk_major for the JDK in the directory $1; fails if there is no telling.
read_jdk_version() {
  local line
  jdk_version=
  jdk_major=
  if [ -r "$1/release" ]; then
    while IFS= read -r line; do
      case $line in
        JAVA_RUNTIME_VERSION=* | JAVA_VERSION=*) [ -n "$jdk_version" ] || jdk_version=${line#*=} ;;
      esac
    done <"$1/release"
    jdk_version=${jdk_version//\"/}
  fi
  jdk_major=${jdk_version%%[!0-9]*}
  [ -n "$jdk_major" ]
}

# Sets jdk, jdk_version and jdk_major: the JDK of JAVA_HOME, else the one of the PATH.
find_jdk() {
  local java line advice="Set JAVA_HOME to a JDK $OLDEST_JDK or newer."
  if [ -n "${JAVA_HOME:-}" ]; then
    [ -x "$JAVA_HOME/bin/java" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java" "$advice Or unset it: then the java of the PATH is used."
    jdk=${JAVA_HOME%/}
    java=$jdk/bin/java
  else
    java=$(command -v java) || fail "no java found" "Install a JDK $OLDEST_JDK or newer and put its bin directory on the PATH, or set JAVA_HOME."
    java=$(readlink -f -- "$java")
    jdk=${java%/bin/java}
  fi
  if ! read_jdk_version "$jdk"; then
    # A shim of a version manager, or a JDK without its release file: ask the JVM itself.
    while IFS= read -r line; do
      case $line in
        *' java.home = '*) jdk=${line#* = } ;;
        *' java.version = '*) jdk_version=${line#* = } ;;
      esac
    done < <("$java" -XshowSettings:properties -version 2>&1)
    jdk_major=${jdk_version%%[!0-9]*}
  fi
  [ -n "$jdk_major" ] || fail "cannot tell the version of the Java in $jdk" "$advice"
  # Java 8 calls itself 1.8.
  [ "$jdk_major" -ge "$OLDEST_JDK" ] || fail "the Java in $jdk is version $jdk_version; Muster needs $OLDEST_JDK or newer" "$advice"
}

require_build_tools() {
  [ -x "$jdk/bin/javac" ] || fail "the Java in $jdk is a runtime without a compiler" "Install the JDK package of it, or set JAVA_HOME to a JDK $OLDEST_JDK or newer."
  command -v mvn >/dev/null || fail "no mvn found" "Muster is built with Maven 3.8 or newer: install it (for example: apt install maven) and try again."
}

# Maven on the chosen JDK, in the project's directory.
run_maven() {
  local quiet=''
  # Maven's own libraries draw warnings from newer JDKs.
  [ "$jdk_major" -lt "$NATIVE_ACCESS_JDK" ] || quiet='--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
  (cd -- "$top" && JAVA_HOME=$jdk MAVEN_OPTS="$quiet ${MAVEN_OPTS:-}" mvn -B -ntp "$@")
}
