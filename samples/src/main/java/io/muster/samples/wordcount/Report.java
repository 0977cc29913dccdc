package io.muster.samples.wordcount;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a {@link Tally}, for people or for programs. */
final class Report {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    private final Tally tally;
    private final long diskBytes;
    private final long linksNotFollowed;
    private final double seconds;

    Report(Tally tally, long diskBytes, long linksNotFollowed, long nanos) {
        this.tally = tally;
        this.diskBytes = diskBytes;
        this.linksNotFollowed = linksNotFollowed;
        this.seconds = nanos / NANOS_PER_SECOND;
    }

    void printText(PrintStream out, int top) {
        List<WordTable.Count> words = tally.words().top(top);
        for (WordTable.Count each : words) {
            out.printf(Locale.ROOT, "%,14d  %s%n", each.count(), each.word());
        }
        out.printf(
                Locale.ROOT,
                "%n%,d files, %,.1f MB (%,.1f MB on disk), %,d words, %,d different; %.2f s, %,.1f MB/s%n",
                tally.files(),
                megabytes(tally.textBytes()),
                megabytes(diskBytes),
                tally.words().total(),
                tally.words().distinct(),
                seconds,
                megabytesPerSecond());
        for (Tally.WorkerShare share : tally.shares()) {
            out.printf(
                    Locale.ROOT,
                    "  worker %d: %,d batches, %,d files, %,.1f MB, %,d words, busy for %.2f s (%,.1f MB/s)%n",
                    share.pid,
                    share.batches,
                    share.files,
                    megabytes(share.textBytes),
                    share.words,
                    share.busyNanos / NANOS_PER_SECOND,
                    megabytes(share.textBytes) / Math.max(share.busyNanos / NANOS_PER_SECOND, 1e-9));
        }
        if (linksNotFollowed > 0) {
            out.printf(Locale.ROOT, "  %,d symbolic links were not followed (--follow-links)%n", linksNotFollowed);
        }
    }

    void printProblems(PrintStream err) {
        for (UnreadableFile each : tally.problems()) {
            err.println("wordcount: " + each.path() + ": " + each.reason());
        }
    }

    void printJson(PrintStream out, int top) {
        out.printf(
                Locale.ROOT,
                "{\"files\":%d,\"bytes\":%d,\"diskBytes\":%d,\"words\":%d,\"distinct\":%d,"
                        + "\"seconds\":%.3f,\"megabytesPerSecond\":%.1f,\"linksNotFollowed\":%d,%n",
                tally.files(),
                tally.textBytes(),
                diskBytes,
                tally.words().total(),
                tally.words().distinct(),
                seconds,
                megabytesPerSecond(),
                linksNotFollowed);
        out.println(tally.words().top(top).stream()
                .map(each -> "{\"word\":\"" + each.word() + "\",\"count\":" + each.count() + "}")
                .collect(Collectors.joining(",\n  ", "\"top\":[", "],")));
        out.println(
                tally.shares().stream().map(Report::json).collect(Collectors.joining(",\n  ", "\"workers\":[", "],")));
        out.println(tally.problems().stream()
                .map(each -> "{\"path\":" + quoted(each.path()) + ",\"reason\":" + quoted(each.reason()) + "}")
                .collect(Collectors.joining(",\n  ", "\"unreadable\":[", "]}")));
    }

    private static String json(Tally.WorkerShare share) {
        return String.format(
                Locale.ROOT,
                "{\"pid\":%d,\"batches\":%d,\"files\":%d,\"bytes\":%d,\"diskBytes\":%d,\"words\":%d,\"busySeconds\":%.3f}",
                share.pid,
                share.batches,
                share.files,
                share.textBytes,
                share.diskBytes,
                share.words,
                share.busyNanos / NANOS_PER_SECOND);
    }

    /** Words are letters, so only paths and reasons need it. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private double megabytesPerSecond() {
        return megabytes(tally.textBytes()) / Math.max(seconds, 1e-9);
    }

    private static double megabytes(long bytes) {
        return bytes / BYTES_PER_MEGABYTE;
    }
}
