package io.muster.internal.doctor;

/**
 * One thing that was looked at.
 *
 * @param level how bad it is
 * @param subject what was looked at, a word or two
 * @param text what was found, with figures
 * @param advice what to do; empty if nothing has to be done
 */
public record Finding(Level level, String subject, String text, String advice) {
    /** How bad a finding is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, but not as well as it could, or not for everything. */
        NOTE,
        /** Something will not work. */
        PROBLEM
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding note(String subject, String text, String advice) {
        return new Finding(Level.NOTE, subject, text, advice);
    }

    static Finding problem(String subject, String text, String advice) {
        return new Finding(Level.PROBLEM, subject, text, advice);
    }
}
