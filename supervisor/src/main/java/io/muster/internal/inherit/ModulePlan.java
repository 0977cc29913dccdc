package io.muster.internal.inherit;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The modules a child needs, for a program that runs from the module path: the same path, and as roots the parent's main
 * module, the target's and our own. Modules of the JDK are there anyhow.
 *
 * @param path absolute
 * @param roots names
 * @param ownModule the module of {@code io.muster.child}, or {@code null} if it is on the class path
 */
record ModulePlan(List<String> path, List<String> roots, String ownModule) {
    private static final String SIGNALS = "jdk.unsupported";

    static final ModulePlan NONE = new ModulePlan(List.of(), List.of(), null);

    static ModulePlan ofThisJvm(Class<?> target) {
        String path = System.getProperty("jdk.module.path");
        if (path == null || path.isEmpty()) {
            return NONE;
        }
        Set<String> roots = new LinkedHashSet<>();
        String main = System.getProperty("jdk.module.main");
        if (main != null) {
            ModuleLayer.boot().findModule(main).ifPresent(module -> addRoot(module, roots));
        }
        if (target != null) {
            addRoot(target.getModule(), roots);
        }
        addRoot(ModulePlan.class.getModule(), roots);
        Module child = io.muster.child.ServedClassLoader.class.getModule();
        addRoot(child, roots);
        // A module path makes only those modules of the JDK roots that somebody requires; we handle signals.
        ModuleFinder.ofSystem().find(SIGNALS).ifPresent(found -> roots.add(SIGNALS));
        return new ModulePlan(ClassFiles.split(path), new ArrayList<>(roots), child.isNamed() ? child.getName() : null);
    }

    private static void addRoot(Module module, Set<String> roots) {
        boolean ofBootLayer = module.isNamed() && module.getLayer() == ModuleLayer.boot();
        if (ofBootLayer && !isOfJdk(module)) {
            roots.add(module.getName());
        }
    }

    private static boolean isOfJdk(Module module) {
        return module.getLayer()
                .configuration()
                .findModule(module.getName())
                .flatMap(resolved -> resolved.reference().location())
                .map(location -> location.getScheme().equals("jrt"))
                .orElse(true);
    }
}
