package io.muster.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, durations and sizes on the command line. */
final class JournalTimes {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})([a-zA-Z]?)");
    private static final int KIBI = 10;

    private JournalTimes() {}

    /** A moment: as ISO 8601 has it, or so long ago. */
    static Instant instant(String option, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            try {
                return Instant.now().minus(duration(option, text));
            } catch (java.time.DateTimeException | ArithmeticException tooLong) {
                throw usage(option, text, "too long ago");
            }
        }
    }

    static Duration duration(String option, String text) {
        Matcher match = NUMBER.matcher(text);
        if (match.matches()) {
            long number = Long.parseLong(match.group(1));
            try {
                switch (match.group(2)) {
                    case "s":
                        return Duration.ofSeconds(number);
                    case "m":
                        return Duration.ofMinutes(number);
                    case "h":
                        return Duration.ofHours(number);
                    case "d":
                        return Duration.ofDays(number);
                    default:
                        break;
                }
            } catch (ArithmeticException e) {
                throw usage(option, text, "too long");
            }
        }
        throw usage(option, text, "give a number with s, m, h or d behind it, or for a moment 2026-03-01T10:00:00Z");
    }

    static long size(String option, String text) {
        Matcher match = NUMBER.matcher(text);
        int unit = match.matches() ? "kmgt".indexOf(match.group(2).toLowerCase(Locale.ROOT)) : -1;
        if (unit < 0) {
            throw usage(option, text, "give a number of bytes, with k, m, g or t behind it for larger ones");
        }
        long number = Long.parseLong(match.group(1));
        int shift = match.group(2).isEmpty() ? 0 : KIBI * (unit + 1);
        if (number == 0 || number > Long.MAX_VALUE >> shift) {
            throw usage(option, text, "must be more than 0, and less than 8 million t");
        }
        return number << shift;
    }

    private static CommandFailure usage(String option, String text, String rule) {
        return new CommandFailure(ExitCode.USAGE, option + " '" + text + "': " + rule);
    }
}
