package io.muster.ipc.memory;

import java.io.File;

/** Looks processes up under {@code /proc}; costs some 30 microseconds, so ask the party table first. */
final class ProcWitness implements Witness {
    private final long ownNamespace;

    ProcWitness(Self self) {
        this.ownNamespace = self.pidNamespace();
    }

    @Override
    public Testimony of(long pid, long startTicks, long pidNamespace) {
        if (pidNamespace == 0 || pidNamespace != ownNamespace) {
            return Testimony.NOT_VISIBLE;
        }
        File process = new File("/proc/" + pid);
        ProcessStat stat = ProcessStat.readOrNull(process + "/stat");
        if (stat == null) {
            return process.exists() ? Testimony.UNKNOWN : Testimony.GONE;
        }
        if (stat.startTicks() != startTicks) {
            return Testimony.GONE;
        }
        return mayRun(process, stat) ? Testimony.RUNS : Testimony.GONE;
    }

    @Override
    public boolean isEnding(long pid, long startTicks, long pidNamespace) {
        if (pidNamespace == 0 || pidNamespace != ownNamespace) {
            return false;
        }
        File process = new File("/proc/" + pid);
        ProcessStat stat = ProcessStat.readOrNull(process + "/stat");
        if (stat == null || stat.startTicks() != startTicks || stat.mayRun()) {
            return false;
        }
        // Twice: one that was about to end may have started another, which the list did not have yet.
        File tasks = new File(process, "task");
        return areAllSeenToEnd(tasks) && areAllSeenToEnd(tasks);
    }

    private static boolean areAllSeenToEnd(File tasks) {
        String[] ids = tasks.list();
        return ids != null && ids.length != 0 && !anyMayRun(tasks, ids);
    }

    /** Whether nothing runs under that number in our own namespace. */
    static boolean isGone(long pid) {
        File process = new File("/proc/" + pid);
        ProcessStat stat = ProcessStat.readOrNull(process + "/stat");
        return stat == null ? !process.exists() : !mayRun(process, stat);
    }

    private static boolean mayRun(File process, ProcessStat stat) {
        return stat.mayRun() || anyThreadMayRun(new File(process, "task"));
    }

    /** A zombie is only a main thread that has ended: the others may run on. */
    private static boolean anyThreadMayRun(File tasks) {
        String[] ids = tasks.list();
        return ids != null && anyMayRun(tasks, ids);
    }

    private static boolean anyMayRun(File tasks, String[] ids) {
        for (String id : ids) {
            ProcessStat stat = ProcessStat.readOrNull(tasks + "/" + id + "/stat");
            if (stat != null && stat.mayRun()) {
                return true;
            }
        }
        return false;
    }
}
