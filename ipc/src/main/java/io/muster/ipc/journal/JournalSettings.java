package io.muster.ipc.journal;

import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * What is written down about a journal when it is made, and holds for all who open it.
 *
 * @param type name of the entries' class
 * @param retain how long entries stay at least; null: no rule of time
 * @param retainBytes above how many bytes files go, oldest first; 0: no rule of size
 * @param visibility of a delivery; null: until its consumer ends
 * @param maxAttempts of an entry before it is a dead letter; 0: no limit
 */
record JournalSettings(
        JournalKind kind,
        String type,
        Roll roll,
        Duration retain,
        long retainBytes,
        Duration visibility,
        int maxAttempts) {
    static final int FORMAT = 1;

    Properties toProperties() {
        Properties text = new Properties();
        text.setProperty("format", Integer.toString(FORMAT));
        text.setProperty("kind", kind.name());
        text.setProperty("type", type);
        text.setProperty("roll", roll.name());
        if (retain != null) {
            text.setProperty("retain", retain.toString());
        }
        text.setProperty("retainBytes", Long.toString(retainBytes));
        if (visibility != null) {
            text.setProperty("visibility", visibility.toString());
        }
        text.setProperty("maxAttempts", Integer.toString(maxAttempts));
        return text;
    }

    /** @throws RuntimeException of some kind if that is not what a journal writes */
    static JournalSettings of(Properties text) {
        int format = Integer.parseInt(text.getProperty("format", "0"));
        if (format != FORMAT) {
            throw new IllegalArgumentException("format " + format + "; this version of Muster knows " + FORMAT);
        }
        return new JournalSettings(
                JournalKind.valueOf(text.getProperty("kind", "none").toUpperCase(Locale.ROOT)),
                required(text, "type"),
                Roll.valueOf(required(text, "roll")),
                duration(text, "retain"),
                Long.parseLong(required(text, "retainBytes")),
                duration(text, "visibility"),
                Integer.parseInt(required(text, "maxAttempts")));
    }

    private static String required(Properties text, String key) {
        String value = text.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no line '" + key + "='");
        }
        return value;
    }

    private static Duration duration(Properties text, String key) {
        return text.getProperty(key) == null ? null : Duration.parse(text.getProperty(key));
    }
}
