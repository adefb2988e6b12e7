package dev.dwata.agent.process;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small process beside this one that ends the children when this one is gone, however it ended.
///
/// It is told of each child on its standard input. Where that ends, so has this process: then it asks the
/// groups of the children to end, ends them a second later, and with them what has their marker and had left
/// its group. One that is ended itself is started again with the next child.
final class Guardian implements AutoCloseable {
    /// Known children are words `marker:group`; the group is 0 while there is none that is surely theirs.
    private static final String SCRIPT = """
            trap '' HUP INT QUIT TERM PIPE
            known=
            while read -r what marker group; do
              rest=
              for one in $known; do
                case $one in "$marker":*) ;; *) rest="$rest $one" ;; esac
              done
              known=$rest
              [ "$what" = watch ] && known="$known $marker:$group"
            done
            [ -n "$known" ] || exit 0
            groups() {
              for one in $known; do
                [ "${one##*:}" -gt 1 ] && kill -s "$1" -- "-${one##*:}" 2>/dev/null
              done
            }
            groups TERM
            sleep 1
            groups KILL
            set --
            for one in $known; do set -- "$@" -e "DWATA_CHILD=${one%%:*}"; done
            for round in 1 2 3 4 5 6 7 8 9 10; do
              left=
              for file in $(grep -lsF "$@" /proc/[0-9]*/environ); do
                pid=${file#/proc/}
                left="$left ${pid%/environ}"
              done
              [ -n "$left" ] || break
              kill -s KILL $left 2>/dev/null
            done
            """;

    private final Map<String, Long> watched = new LinkedHashMap<>();
    private @Nullable Process process;

    /// @param group 0 while there is none
    /// @throws IOException if nothing can watch over it
    synchronized void watch(String marker, long group) throws IOException {
        watched.put(marker, group);
        try {
            if (process != null && process.isAlive()) {
                tell(process, "watch " + marker + ' ' + group);
                return;
            }
        } catch (IOException e) {
            // It has just ended: the next one is told of all.
        }
        process = begin();
        for (Map.Entry<String, Long> each : watched.entrySet()) {
            tell(process, "watch " + each.getKey() + ' ' + each.getValue());
        }
    }

    /// The first process of a child has ended, so that its number may become somebody else's.
    synchronized void withoutGroup(String marker) {
        if (watched.replace(marker, 0L) != null) {
            tellIfThere("watch " + marker + " 0");
        }
    }

    synchronized void unwatch(String marker) {
        if (watched.remove(marker) != null) {
            tellIfThere("forget " + marker + " 0");
        }
    }

    /// Lets it end; it ends what it still knows of.
    @Override
    public synchronized void close() {
        if (process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                // Then it has ended already.
            }
            process = null;
        }
    }

    private void tellIfThere(String line) {
        try {
            if (process != null) {
                tell(process, line);
            }
        } catch (IOException e) {
            // It has ended; the next one is not told of this child at all.
        }
    }

    private static void tell(Process process, String line) throws IOException {
        OutputStream to = process.getOutputStream();
        to.write((line + '\n').getBytes(StandardCharsets.US_ASCII));
        to.flush();
    }

    private static Process begin() throws IOException {
        List<String> command = new ArrayList<>(SystemPrograms.ownSession());
        command.addAll(List.of(SystemPrograms.SHELL, "-c", SCRIPT, "dwata-guardian"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder.start();
    }
}
