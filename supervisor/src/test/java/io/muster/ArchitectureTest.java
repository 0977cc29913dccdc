package io.muster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The "never" lines of ARCHITECTURE.md, one rule each. */
class ArchitectureTest {
    private static final String IPC = "io.muster.ipc..";
    private static final String CHILD = "io.muster.child..";
    private static final String REMOTE = "io.muster.remote..";
    private static final String DOOR = "io.muster";
    private static final String ROOMS = "io.muster.internal..";
    private static final String CLI = "io.muster.cli..";

    private static JavaClasses production;

    @BeforeAll
    static void importProduction() {
        production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
                .importPackages("io.muster");
    }

    @Test
    void ipcKnowsNothingOfChildrenAndSupervisors() {
        noClasses()
                .that()
                .resideInAPackage(IPC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHILD, REMOTE, DOOR, ROOMS, CLI)
                .check(production);
    }

    @Test
    void ipcNeverStartsAProcess() {
        noClasses()
                .that()
                .resideInAPackage(IPC)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .check(production);
    }

    @Test
    void ipcNeverPrints() {
        noClasses()
                .that()
                .resideInAPackage(IPC)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(production);
    }

    @Test
    void whatRunsInAChildNeverSeesASupervisorClass() {
        noClasses()
                .that()
                .resideInAnyPackage(CHILD, REMOTE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DOOR, ROOMS, CLI)
                .check(production);
    }

    @Test
    void theLibraryNeverNeedsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(production);
    }

    @Test
    void picocliIsReachedFromTheCommandLineAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(production);
    }

    @Test
    void nativeCallsAreMadeByTheWaitingRoomAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.muster.ipc.wait..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(production);
    }

    @Test
    void chronicleIsReachedFromTheJournalAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.muster.ipc.journal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft..")
                .check(production);
    }

    @Test
    void nobodyTouchesUnsafe() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Unsafe")
                .check(production);
    }

    @Test
    void logsGoToSystemLogger() {
        noClasses().should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING).check(production);
    }

    @Test
    void packagesHaveNoCycles() {
        // The door's factories know the rooms behind it, and the rooms speak in the door's types: those two count as
        // one.
        slices().matching("io.muster.(ipc.*|child.task|child|remote|cli)..")
                .should()
                .beFreeOfCycles()
                .check(production);
        slices().matching("io.muster.internal.(*)..").should().beFreeOfCycles().check(production);
    }

    @Test
    void onlyTheDoorsFactoriesKnowTheRoomsBehindIt() {
        noClasses()
                .that()
                .resideInAPackage(DOOR)
                .and(not(startsWithAnyOf("ProcessPool", "Child", "CurrentProcess", "ParentProcess")))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOMS))
                .check(production);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        classes()
                .that(not(simpleName("package-info")))
                .should(new HaveAPackageInfo())
                .check(production);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> startsWithAnyOf(String... prefixes) {
        return com.tngtech.archunit.base.DescribedPredicate.describe("are one of the door's factories", type -> {
            for (String prefix : prefixes) {
                if (type.getSimpleName().startsWith(prefix)) {
                    return true;
                }
            }
            return type.getEnclosingClass().isPresent();
        });
    }

    /** A package without one does not even have the class file, so it is looked for by name. */
    private static final class HaveAPackageInfo extends com.tngtech.archunit.lang.ArchCondition<JavaClass> {
        HaveAPackageInfo() {
            super("lie in a package whose package-info says what it is for");
        }

        @Override
        public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
            boolean has = sourceOf(type).exists();
            events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(
                    type, has, type.getPackageName() + (has ? " has" : " has no") + " package-info.java"));
        }

        private static java.io.File sourceOf(JavaClass type) {
            String path = type.getPackageName().replace('.', '/') + "/package-info.java";
            for (String module : new String[] {"ipc", "child-runtime", "supervisor"}) {
                var file = new java.io.File("../" + module + "/src/main/java/" + path);
                if (file.exists()) {
                    return file;
                }
            }
            return new java.io.File(path);
        }
    }
}
