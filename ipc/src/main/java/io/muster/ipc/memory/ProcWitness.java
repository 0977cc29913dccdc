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
        return stat.mayRun() || anyThreadMayRun(new File(process, "task")) ? Testimony.RUNS : Testimony.GONE;
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
