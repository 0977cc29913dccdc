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
        if (ids == null) {
            return false;
        }
        for (String id : ids) {
            ProcessStat stat = ProcessStat.readOrNull(tasks + "/" + id + "/stat");
            if (stat != null && stat.mayRun()) {
                return true;
            }
        }
        return false;
    }
}
