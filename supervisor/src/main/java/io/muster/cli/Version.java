package io.muster.cli;

/** Which Muster this is, and on what it runs. */
final class Version {
    private Version() {}

    static String line() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "muster " + (version == null ? "(from classes, not from a jar)" : version);
    }

    static String platform() {
        return "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + "), "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
    }
}
