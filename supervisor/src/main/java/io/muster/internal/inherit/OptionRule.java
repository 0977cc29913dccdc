package io.muster.internal.inherit;

import java.util.List;

/**
 * One row of {@link InheritanceTable}: a family of options and what becomes of them in a child.
 *
 * @param family its name, as in the documentation
 * @param patterns which options: {@code *} stands for any characters, {@code ±} for {@code +} or {@code -}
 * @param fate what happens, in a word
 * @param rewriter makes the child's option
 * @param why the reason, one sentence
 */
record OptionRule(String family, List<String> patterns, Fate fate, Rewriter rewriter, String why) {
    /** What happens to an option. */
    enum Fate {
        INHERITED("inherited"),
        /** Another JDK may not know it, and the launcher would refuse to start. */
        INHERITED_BY_SAME_JDK("inherited on the same JDK"),
        REWRITTEN("rewritten"),
        DROPPED("dropped");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Makes a child's option of the parent's. */
    interface Rewriter {
        /**
         * @param option the parent's
         * @param names how files of this child are named
         * @return the child's, or {@code null} if it gets none
         */
        String rewrite(String option, FileNames names);
    }

    static OptionRule inherited(String family, String why, String... patterns) {
        return new OptionRule(family, List.of(patterns), Fate.INHERITED, (option, names) -> option, why);
    }

    static OptionRule inheritedBySameJdk(String family, String why, String... patterns) {
        return new OptionRule(family, List.of(patterns), Fate.INHERITED_BY_SAME_JDK, (option, names) -> option, why);
    }

    static OptionRule dropped(String family, String why, String... patterns) {
        return new OptionRule(family, List.of(patterns), Fate.DROPPED, (option, names) -> null, why);
    }

    static OptionRule rewritten(String family, String why, Rewriter rewriter, String... patterns) {
        return new OptionRule(family, List.of(patterns), Fate.REWRITTEN, rewriter, why);
    }

    boolean matches(String option) {
        for (String pattern : patterns) {
            if (matches(pattern, 0, option, 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, int p, String option, int o) {
        for (; p < pattern.length(); p++, o++) {
            char c = pattern.charAt(p);
            if (c == '*') {
                return matchesSomewhere(pattern, p + 1, option, o);
            }
            if (o == option.length() || !matches(c, option.charAt(o))) {
                return false;
            }
        }
        return o == option.length();
    }

    private static boolean matches(char pattern, char c) {
        return pattern == c || pattern == '±' && (c == '+' || c == '-');
    }

    private static boolean matchesSomewhere(String pattern, int p, String option, int from) {
        for (int o = from; o <= option.length(); o++) {
            if (matches(pattern, p, option, o)) {
                return true;
            }
        }
        return false;
    }
}
