package io.muster.internal.inherit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * What a child takes over of this JVM's options and environment. {@link InheritanceTable} has the rules. Immutable,
 * thread-safe.
 */
public final class InheritedOptions {
    /** Properties of this project: what was set at run time holds for children too. */
    private static final String OWN_PREFIX = "muster.";

    /** The name of this child, if it is one: its children have others. */
    private static final String OWN_NAME = "muster.child";

    /** Marks of this JVM, not settings: which places it has joined. */
    private static final String MARKS_PREFIX = "muster.joined:";

    private final List<String> options;
    private final Path base;

    private InheritedOptions(List<String> options, Path base) {
        this.options = List.copyOf(options);
        this.base = base;
    }

    /**
     * The options of this JVM, read once.
     *
     * @return the same object each time
     */
    public static InheritedOptions ofThisJvm() {
        return ThisJvm.OPTIONS;
    }

    static InheritedOptions of(List<String> options, Path base) {
        return new InheritedOptions(options, base);
    }

    /**
     * JVM arguments for one child, to stand before those of its own: heap, collector, debugger, class path
     * and logging to the console are not among them.
     *
     * @param childName files of tools that do not know the pid are called by it
     * @param sameJdk false if the child runs on another JDK than this JVM: options only this one knows are left out then
     * @return arguments for the {@code java} launcher, in the order in which they were given to this JVM
     */
    public List<String> jvmArguments(String childName, boolean sameJdk) {
        Objects.requireNonNull(childName, "childName");
        FileNames names = new FileNames(base, childName);
        List<String> arguments = new ArrayList<>();
        for (String option : options) {
            OptionRule rule = InheritanceTable.ruleFor(option);
            boolean fits = sameJdk || rule.fate() != OptionRule.Fate.INHERITED_BY_SAME_JDK;
            String rewritten = fits ? rule.rewriter().rewrite(option, names) : null;
            if (rewritten != null) {
                arguments.add(rewritten);
            }
        }
        addOwnProperties(arguments);
        return arguments;
    }

    /**
     * Edits a child's environment, which begins as a copy of this process's: the variables that hold JVM options go, as
     * their options are among {@link #jvmArguments} and would be applied twice, each time with a line on stderr. Call it
     * before the user's own settings are put.
     *
     * @param environment changed in place
     */
    public void editEnvironment(Map<String, String> environment) {
        environment.remove(OwnOptions.TOOL_OPTIONS);
        environment.remove(OwnOptions.LAUNCHER_OPTIONS);
        environment.remove(OwnOptions.LATE_OPTIONS);
    }

    private static void addOwnProperties(List<String> arguments) {
        Properties properties = System.getProperties();
        for (String name : properties.stringPropertyNames()) {
            if (isSetting(name)) {
                arguments.removeIf(argument -> argument.startsWith("-D" + name + "="));
                arguments.add("-D" + name + "=" + properties.getProperty(name));
            }
        }
    }

    private static boolean isSetting(String name) {
        return name.startsWith(OWN_PREFIX) && !name.equals(OWN_NAME) && !name.startsWith(MARKS_PREFIX);
    }

    /** Read at the first child. */
    private static final class ThisJvm {
        static final InheritedOptions OPTIONS =
                new InheritedOptions(OwnOptions.read(), Path.of("").toAbsolutePath());
    }
}
