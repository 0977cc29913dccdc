package io.muster.internal.inherit;

import io.muster.child.ClassServerAddress;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one child finds its classes: paths for its command line and, where a class loader of the parent cannot be written
 * as a path, the address of the parent's class server. Close it when the child has ended: until then the parent keeps
 * the class loader for it.
 */
public final class ChildClasses implements AutoCloseable {
    private final List<String> classPath;
    private final ModulePlan modules;
    private final ClassServerAddress server;
    private final Runnable onClose;

    ChildClasses(List<String> classPath, ModulePlan modules, ClassServerAddress server, Runnable onClose) {
        this.classPath = List.copyOf(classPath);
        this.modules = modules;
        this.server = server;
        this.onClose = onClose;
    }

    /**
     * The class path.
     *
     * @return absolute paths, in the order of search
     */
    public List<String> classPath() {
        return classPath;
    }

    /**
     * The module path; empty for a program that runs from the class path.
     *
     * @return absolute paths
     */
    public List<String> modulePath() {
        return modules.path();
    }

    /**
     * Where the child asks for classes that are on no path. The child then makes a {@link io.muster.child.ServedClassLoader}
     * for its target.
     *
     * @return empty if the paths say everything
     */
    public Optional<ClassServerAddress> server() {
        return Optional.ofNullable(server);
    }

    /**
     * The end of the child's {@code java} command line: paths, root modules and, in the last word, the main class. What
     * follows it is given to the main class.
     *
     * @param mainClass a class of {@code io.muster.child}
     * @return arguments, options first
     */
    public List<String> launchArguments(String mainClass) {
        List<String> arguments = new ArrayList<>();
        if (!modules.path().isEmpty()) {
            arguments.add("--module-path");
            arguments.add(String.join(File.pathSeparator, modules.path()));
        }
        if (!modules.roots().isEmpty()) {
            arguments.add("--add-modules");
            arguments.add(String.join(",", modules.roots()));
        }
        if (!classPath.isEmpty()) {
            arguments.add("-cp");
            arguments.add(String.join(File.pathSeparator, classPath));
        }
        if (modules.ownModule() != null) {
            arguments.add("--module=" + modules.ownModule() + "/" + mainClass);
        } else {
            arguments.add(mainClass);
        }
        return arguments;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
