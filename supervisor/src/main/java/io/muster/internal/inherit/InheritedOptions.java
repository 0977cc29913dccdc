package io.muster.internal.inherit;

import java.util.List;
import java.util.Map;

/** What a child takes over of this JVM's options and environment. First version: nothing. Immutable, thread-safe. */
public final class InheritedOptions {
    private InheritedOptions() {}

    /**
     * The options of this JVM, read once.
     *
     * @return the same object each time
     */
    public static InheritedOptions ofThisJvm() {
        return new InheritedOptions();
    }

    /**
     * JVM arguments for one child, to stand before those of its own: heap, collector, debugger, class path and logging to
     * the console are not among them.
     *
     * @param childName decides whether {@code MUSTER_DEBUG} means this child
     * @param sameJdk false if the child runs on another JDK than this JVM: options only this one knows must not stop it
     * @return arguments for the {@code java} launcher
     */
    public List<String> jvmArguments(String childName, boolean sameJdk) {
        return List.of();
    }

    /**
     * Edits a child's environment, which begins as a copy of this process's: variables that would apply JVM options a
     * second time go. Call it before the user's own settings are put.
     *
     * @param environment changed in place
     */
    public void editEnvironment(Map<String, String> environment) {
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.remove("JDK_JAVA_OPTIONS");
        environment.remove("_JAVA_OPTIONS");
    }
}
